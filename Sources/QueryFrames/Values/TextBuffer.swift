// Bytes of text that is being written: values become text here, without a String for each of them.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Growable memory of UTF-8 bytes.
public final class TextBuffer {
    /// Where the bytes are.
    @usableFromInline
    struct State {
        @usableFromInline var pointer: UnsafeMutablePointer<UInt8>
        @usableFromInline var count: Int
        @usableFromInline var capacity: Int
    }

    // Behind a pointer, for each access to a variable of a class is checked at run time, which costs more than to write a byte.
    @usableFromInline let state: UnsafeMutablePointer<State>

    /// The first byte; changes when the buffer grows.
    @inlinable public var pointer: UnsafeMutablePointer<UInt8> { state.pointee.pointer }
    /// How many bytes were written.
    @inlinable public var count: Int { state.pointee.count }
    /// How many bytes fit before the buffer has to grow.
    @inlinable public var capacity: Int { state.pointee.capacity }

    /// An empty buffer with room for `capacity` bytes.
    public init(capacity: Int = 256) {
        let capacity = max(capacity, 64)
        state = .allocate(capacity: 1)
        state.initialize(to: State(pointer: TextBuffer.allocate(capacity), count: 0, capacity: capacity))
    }

    deinit {
        free(state.pointee.pointer)
        state.deallocate()
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
        guard let memory = malloc(capacity) else { outOfMemory(bytes: capacity, for: "text") }
        return memory.assumingMemoryBound(to: UInt8.self)
    }

    /// Room for `needed` more bytes: where they begin. `advance(by:)` counts them once they are written.
    @inlinable @inline(__always)
    public func reserve(_ needed: Int) -> UnsafeMutablePointer<UInt8> {
        if state.pointee.capacity &- state.pointee.count < needed { grow(needed) }
        return state.pointee.pointer + state.pointee.count
    }

    /// Counts `written` bytes that were put where `reserve` said.
    @inlinable @inline(__always)
    public func advance(by written: Int) { state.pointee.count &+= written }

    @usableFromInline @inline(never)
    func grow(_ needed: Int) {
        let grown = max(count + needed, capacity * 2)
        // Much memory is moved by its pages, without a copy.
        guard let memory = realloc(pointer, grown) else { outOfMemory(bytes: grown, for: "text") }
        state.pointee.pointer = memory.assumingMemoryBound(to: UInt8.self)
        state.pointee.capacity = grown
    }

    /// Appends one byte.
    @inlinable @inline(__always)
    public func append(_ byte: UInt8) {
        reserve(1).pointee = byte
        state.pointee.count &+= 1
    }

    /// Appends bytes as they are.
    @inlinable
    public func append(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        UnsafeMutableRawPointer(reserve(bytes.count)).copyMemory(from: start, byteCount: bytes.count)
        state.pointee.count &+= bytes.count
    }

    /// Appends a text of the program.
    public func append(_ text: StaticString) {
        if text.hasPointerRepresentation {
            append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        } else {
            append(String(text.unicodeScalar))
        }
    }

    /// Appends a string. Disfavoured, so that a literal is a text of the program, which costs no String.
    @_disfavoredOverload
    public func append(_ text: String) {
        var text = text
        text.withUTF8 { append(long: UnsafeRawBufferPointer($0)) }
    }

    /// Appends bytes as they are, a stretch at a time, until the work at hand is cancelled.
    public func append(long bytes: UnsafeRawBufferPointer) {
        if bytes.count <= Cancellation.stretch { return append(bytes) }
        _ = reserve(bytes.count)
        for start in stride(from: 0, to: bytes.count, by: Cancellation.stretch) {
            if Cancellation.stopsHere { return }
            append(UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + Cancellation.stretch, bytes.count)]))
        }
    }

    /// The bytes written so far, valid during the call.
    public func withBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try body(UnsafeRawBufferPointer(start: pointer, count: count))
    }

    /// The bytes written so far as a string.
    public var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }

    /// Forgets the bytes, and gives back the memory unless told to keep it.
    public func removeAll(keepingCapacity: Bool = true) {
        state.pointee.count = 0
        guard !keepingCapacity else { return }
        free(pointer)
        state.pointee.capacity = 64
        state.pointee.pointer = TextBuffer.allocate(64)
    }

    /// Forgets the bytes past the first `length`.
    public func truncate(to length: Int) { state.pointee.count = min(count, max(length, 0)) }
}
