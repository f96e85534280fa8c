// The bytes of a column's rows by pointers alone: to go over them counts no references. The column has to outlive it.
import QueryFrames

/// Where the strings, JSON or bytes of a column are.
struct TextPlaces {
    private let offsets: UnsafePointer<Int32>
    private let bytes: UnsafeRawPointer
    /// Where the column is a dictionary: which of its values a row has.
    private let indices: UnsafePointer<Int32>?

    /// Nil where the column holds no bytes.
    init?(_ column: Column) {
        switch column.storage {
        case .variable(let offsets, let bytes):
            (self.offsets, self.bytes, indices) = (offsets.values(as: Int32.self), bytes.pointer, nil)
        case .dictionary(let indices, let values):
            guard case .variable(let offsets, let bytes) = values.storage else { return nil }
            (self.offsets, self.bytes, self.indices) = (offsets.values(as: Int32.self), bytes.pointer, indices.values(as: Int32.self))
        default: return nil
        }
    }

    /// The bytes of `row`, which is not null.
    @inline(__always)
    subscript(row: Int) -> UnsafeRawBufferPointer {
        let place = indices.map { Int($0[row]) } ?? row
        let start = Int(offsets[place])
        return UnsafeRawBufferPointer(start: bytes + start, count: Int(offsets[place &+ 1]) &- start)
    }
}
