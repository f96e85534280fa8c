// Bytes of text that is being written: values become text here, without a String for each of them.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Growable memory of UTF-8 bytes.
public final class TextBuffer {
    /// The first byte; changes when the buffer grows.
    public private(set) var pointer: UnsafeMutablePointer<UInt8>
    /// How many bytes were written.
    public private(set) var count = 0
    /// How many bytes fit before the buffer has to grow.
    public private(set) var capacity: Int

    /// An empty buffer with room for `capacity` bytes.
    public init(capacity: Int = 256) {
        self.capacity = max(capacity, 64)
        pointer = TextBuffer.allocate(self.capacity)
    }

    deinit { free(pointer) }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
        guard let memory = malloc(capacity) else { fatalError("out of memory: \(capacity) bytes for text") }
        return memory.assumingMemoryBound(to: UInt8.self)
    }

    /// Room for `needed` more bytes: where they begin. `advance(by:)` counts them once they are written.
    @inline(__always)
    public func reserve(_ needed: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity - count < needed { grow(needed) }
        return pointer + count
    }

    /// Counts `written` bytes that were put where `reserve` said.
    @inline(__always)
    public func advance(by written: Int) { count &+= written }

    @inline(never)
    private func grow(_ needed: Int) {
        let grown = max(count + needed, capacity * 2)
        let memory = TextBuffer.allocate(grown)
        memcpy(memory, pointer, count)
        free(pointer)
        pointer = memory
        capacity = grown
    }

    /// Appends one byte.
    public func append(_ byte: UInt8) {
        reserve(1).pointee = byte
        count &+= 1
    }

    /// Appends bytes as they are.
    public func append(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        memcpy(reserve(bytes.count), start, bytes.count)
        count &+= bytes.count
    }

    /// Appends a text of the program.
    public func append(_ text: StaticString) {
        if text.hasPointerRepresentation {
            append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        } else {
            append(String(text.unicodeScalar))
        }
    }

    /// Appends a string.
    public func append(_ text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// The bytes written so far, valid during the call.
    public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try body(UnsafeRawBufferPointer(start: pointer, count: count))
    }

    /// The bytes written so far as a string.
    public var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }

    /// Forgets the bytes, and gives back the memory unless told to keep it.
    public func removeAll(keepingCapacity: Bool = true) {
        count = 0
        guard !keepingCapacity else { return }
        free(pointer)
        capacity = 64
        pointer = TextBuffer.allocate(capacity)
    }

    /// Forgets the bytes past the first `length`.
    public func truncate(to length: Int) { count = min(count, max(length, 0)) }
}
