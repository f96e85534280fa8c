// Bytes to a descriptor that the host owns, such as standard output.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import QueryFrames

/// Writes to a descriptor through a buffer of 64 KiB; nothing is written after an error.
public final class DescriptorSink: ByteSink {
    private let descriptor: Int32
    private let name: String
    private let buffer = TextBuffer(capacity: 1 << 16)
    private var failure: FormatError?

    /// Writes to `descriptor`, which stays open; `name` is what errors call it.
    public init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
    }

    public func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
        if buffer.count + bytes.count > 1 << 16 { try flush() }
        if bytes.count >= 1 << 16 { return try send(bytes) }
        buffer.append(bytes)
    }

    /// Writes what is still in the buffer.
    public func flush() throws(FormatError) {
        let pending = UnsafeRawBufferPointer(start: buffer.pointer, count: buffer.count)
        defer { buffer.removeAll() }
        try send(pending)
    }

    private func send(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
        if let failure { throw failure }
        do throws(FormatError) {
            try DescriptorSink.writeAll(bytes, to: descriptor, name: name)
        } catch {
            failure = error
            throw error
        }
    }

    /// Writes all bytes, however few the system takes at once.
    static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, name: String) throws(FormatError) {
        guard let start = bytes.baseAddress else { return }
        var done = 0
        while done < bytes.count {
            #if canImport(Glibc)
            let taken = Glibc.write(descriptor, start + done, min(bytes.count - done, 1 << 30))
            #else
            let taken = Darwin.write(descriptor, start + done, min(bytes.count - done, 1 << 30))
            #endif
            if taken >= 0 {
                done += taken
                continue
            }
            let code = errno
            if code == EINTR { continue }
            if code == EAGAIN, ByteSource.waits(for: descriptor, Int32(POLLOUT)) { continue }
            if code == EPIPE { throw .closedPipe(path: name) }
            throw .io(path: name, operation: "write", code: code)
        }
    }
}
