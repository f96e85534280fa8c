// The bytes of an input, whole in memory, from where every reader takes them.
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// All bytes of a file, of a descriptor, or of an array.
///
/// Files are read, not mapped: one that shrinks while it is mapped kills the process. 64 zero bytes follow the last
/// one, so that scanners may load whole words.
public final class ByteSource: @unchecked Sendable {
    /// The name by which errors call the input.
    public let path: String
    /// The first byte.
    public let pointer: UnsafeRawPointer
    /// How many bytes there are.
    public let count: Int

    static let padding = 64

    /// What was charged for the bytes, and is given back with them.
    private let budget = MemoryBudget.current

    /// Reads the file at `path`, expanded where its ending says that it is compressed; `-` is standard input.
    public convenience init(path: String) throws(FormatError) {
        if path == "-" {
            try self.init(descriptor: 0, name: path)
            return
        }
        if path.utf8.contains(0) { throw .io(path: path, operation: "open", code: ENOENT) }
        var descriptor: Int32
        repeat { descriptor = open(path, O_RDONLY | O_CLOEXEC) } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else { throw .io(path: path, operation: "open", code: errno) }
        defer { close(descriptor) }
        try self.init(descriptor: descriptor, name: path, Compression(path: path))
    }

    /// Reads a descriptor to its end; it stays open.
    public init(descriptor: Int32, name: String, _ compression: Compression? = nil) throws(FormatError) {
        path = name
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .io(path: name, operation: "fstat", code: errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw .io(path: name, operation: "read", code: EISDIR) }
        let regular = status.st_mode & S_IFMT == S_IFREG
        let size = regular ? max(0, Int(status.st_size)) : 0
        var capacity = max(size + 1, 65_536)
        try ByteSource.check(capacity, name)
        guard var memory = malloc(capacity + ByteSource.padding) else { throw .io(path: name, operation: "read", code: ENOMEM) }
        var used = 0
        while true {
            if used == capacity {
                capacity *= 2
                do throws(FormatError) {
                    try ByteSource.check(capacity, name)
                } catch {
                    free(memory)
                    throw error
                }
                guard let grown = realloc(memory, capacity + ByteSource.padding) else {
                    free(memory)
                    throw .io(path: name, operation: "read", code: ENOMEM)
                }
                memory = grown
            }
            let got = read(descriptor, memory + used, min(capacity - used, 1 << 30))
            if got == 0 { break }
            if got < 0 {
                let code = errno
                if code == EINTR { continue }
                if code == EAGAIN, ByteSource.waits(for: descriptor, POLLIN) { continue }
                free(memory)
                throw .io(path: name, operation: "read", code: code)
            }
            used += got
        }
        if used < size, fstat(descriptor, &status) == 0, Int(status.st_size) < size {
            free(memory)
            throw .changedWhileRead(path: name)
        }
        if let compression {
            defer { free(memory) }
            let expanded = try compression.expand(UnsafeRawBufferPointer(start: memory, count: used), path: name)
            (pointer, count) = (UnsafeRawPointer(expanded.memory), expanded.count)
            budget?.charge(count)
            return
        }
        memset(memory + used, 0, ByteSource.padding)
        pointer = UnsafeRawPointer(memory)
        count = used
        budget?.charge(count)
    }

    /// Stops where the bytes are more than the memory that there may be.
    private static func check(_ capacity: Int, _ name: String) throws(FormatError) {
        guard let budget = MemoryBudget.current, !budget.allows(capacity) else { return }
        throw .memory(path: name, row: nil, limit: budget.limit)
    }

    /// A copy of `bytes`.
    public init(bytes: some Collection<UInt8>, name: String) {
        path = name
        count = bytes.count
        guard let memory = malloc(bytes.count + ByteSource.padding) else { outOfMemory(bytes: count, for: "a copy of bytes") }
        UnsafeMutableRawBufferPointer(start: memory, count: bytes.count).copyBytes(from: bytes)
        memset(memory + bytes.count, 0, ByteSource.padding)
        pointer = UnsafeRawPointer(memory)
        budget?.charge(count)
    }

    deinit {
        free(UnsafeMutableRawPointer(mutating: pointer))
        budget?.charge(-count)
    }

    /// Waits until a descriptor that does not block can go on.
    static func waits(for descriptor: Int32, _ event: Int32) -> Bool {
        var state = pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: event), revents: 0)
        return poll(&state, 1, -1) >= 0 || errno == EINTR
    }

    /// The bytes, which are there as long as the source is: who has no other use for it takes `array` or `text`.
    public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: pointer, count: count) }

    /// A copy of the bytes.
    public var array: [UInt8] { withExtendedLifetime(self) { Array(bytes) } }

    /// The bytes as text; nil where they are not UTF-8.
    public var text: String? { withExtendedLifetime(self) { String(validating: bytes, as: UTF8.self) } }
}
