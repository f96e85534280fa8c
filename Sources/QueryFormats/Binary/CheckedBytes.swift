// Bytes of a binary format, of which nothing is read before it is known to be there; arrow and parquet read their metadata through it.
import QueryFrames

/// A part of an input, with what errors say of it.
struct CheckedBytes {
    /// The name of the input.
    let path: String
    /// The name of the format.
    let format: String
    /// What the bytes are: `footer`, `column "a", row group 2`.
    let part: String
    let bytes: UnsafeRawBufferPointer

    var count: Int { bytes.count }

    /// An error: the part is not what the format says.
    var damaged: FormatError { .malformed(path: path, format: format, part: part) }

    /// The same bytes, or others of the same input, by another name.
    func named(_ part: String, _ bytes: UnsafeRawBufferPointer? = nil) -> CheckedBytes {
        CheckedBytes(path: path, format: format, part: part, bytes: bytes ?? self.bytes)
    }

    /// The little-endian number at `offset`.
    @inline(__always)
    func load<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: T.Type) throws(FormatError) -> T {
        guard offset >= 0, offset <= bytes.count &- MemoryLayout<T>.size else { throw damaged }
        return T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
    }

    /// `count` bytes from `offset` on.
    func slice(_ offset: Int, _ count: Int) throws(FormatError) -> UnsafeRawBufferPointer {
        guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else { throw damaged }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    /// The same of offsets as files hold them, 64 bits wide.
    func slice(_ offset: Int64, _ count: Int64) throws(FormatError) -> UnsafeRawBufferPointer {
        guard let offset = Int(exactly: offset), let count = Int(exactly: count) else { throw damaged }
        return try slice(offset, count)
    }

    /// `count` bytes from `offset` on as text, which has to be UTF-8.
    func text(_ offset: Int, _ count: Int) throws(FormatError) -> String {
        let bytes = try slice(offset, count)
        guard UTF8Validation.isValid(bytes) else { throw damaged }
        return String(decoding: bytes, as: UTF8.self)
    }
}
