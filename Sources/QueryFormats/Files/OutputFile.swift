// A file that appears whole or not at all: written under another name beside its target, and renamed at the end.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Dispatch
import QueryFrames

/// Writes a file. Until `commit`, the target is as it was; without `commit` it stays so and nothing is left behind.
///
/// A symbolic link is followed, and stays a link. The target's mode and, where the system allows it, its owner are kept.
/// What is no regular file (a pipe, a device, `/dev/stdout`) is written straight.
public final class OutputFile: ByteSink {
    /// The name that the caller gave.
    public let path: String
    private let target: OutputTarget
    private let temporary: TemporaryName?
    private var descriptor: Int32
    private let sink: DescriptorSink

    /// Opens the target, or the temporary file in its folder; fails where `commit` could not succeed, as far as that can be known.
    /// Who has the `name` can remove the temporary file from any thread; to the writer that then looks as if nobody read any more.
    public init(path: String, name: TemporaryName = TemporaryName()) throws(FormatError) {
        self.path = path
        target = try OutputTarget(path)
        switch target.kind {
        case .special:
            repeat { descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY) } while descriptor < 0 && errno == EINTR
            temporary = nil
        case .descriptor(let number):
            descriptor = fcntl(number, F_DUPFD_CLOEXEC, 0)
            temporary = nil
        case .new, .existing:
            descriptor = try name.make(beside: target)
            temporary = name
        }
        guard descriptor >= 0 else { throw .io(path: path, operation: "open", code: errno) }
        sink = DescriptorSink(descriptor: descriptor, name: path)
    }

    deinit { discard() }

    public func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
        guard descriptor >= 0 else { throw .io(path: path, operation: "write", code: EBADF) }
        try sink.write(bytes)
    }

    /// The open file, for another process that writes it; what is still in a buffer here would come after that.
    public var openDescriptor: Int32 { descriptor }

    /// Whether what is written can be seen by others before `commit`.
    public var isWrittenStraight: Bool { temporary == nil }

    /// Puts the file in its place, on the disk; after an error, the target is as it was.
    public func commit() throws(FormatError) {
        guard descriptor >= 0 else { throw .io(path: path, operation: "write", code: EBADF) }
        do throws(FormatError) {
            try sink.flush()
            if let temporary {
                try target.settle(descriptor)
                try temporary.becomeTarget()
            }
        } catch {
            discard()
            throw error
        }
        let closed = close(descriptor)
        let code = errno
        descriptor = -1
        guard closed == 0 || code == EINTR else { throw .io(path: path, operation: "close", code: code) }
        try target.syncFolder()
    }

    /// Forgets what was written; does nothing after `commit`.
    public func discard() {
        temporary?.remove()
        OutputFile.closeLater(descriptor)
        descriptor = -1
    }

    /// Closes a file on another thread: giving back the blocks of a large one that has no name any more takes long, and nobody waits for it.
    static func closeLater(_ descriptor: Int32) {
        if descriptor >= 0 { DispatchQueue.global().async { close(descriptor) } }
    }
}
