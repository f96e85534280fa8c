// Where writers put their bytes.
import QueryFrames

/// Takes bytes in order.
public protocol ByteSink: AnyObject {
    /// Takes the bytes, or throws what the system said; the bytes are not kept.
    func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError)
}

extension ByteSink {
    /// Takes all bytes of an array.
    func write(_ bytes: [UInt8]) throws(FormatError) {
        let result = bytes.withUnsafeBytes { bytes -> Result<Void, FormatError> in
            do throws(FormatError) { return .success(try write(bytes)) } catch { return .failure(error) }
        }
        try result.get()
    }

    /// Takes what the buffer holds, and empties it, once it is worth a call; `all` takes any rest.
    func take(_ buffer: TextBuffer, all: Bool = false) throws(FormatError) {
        guard buffer.count > (all ? 0 : 65_536) else { return }
        try write(UnsafeRawBufferPointer(start: buffer.pointer, count: buffer.count))
        buffer.removeAll()
    }
}

/// Keeps the bytes in memory.
public final class MemorySink: ByteSink {
    private let buffer = TextBuffer()

    public init() {}

    public func write(_ bytes: UnsafeRawBufferPointer) { buffer.append(bytes) }

    /// What was written so far.
    public var bytes: [UInt8] { buffer.withBytes { Array($0) } }

    /// What was written so far, as text.
    public var text: String { buffer.text }
}
