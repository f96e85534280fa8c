// A column: values of one type in Arrow's layout, immutable, shared by reference. Frames are made of these.

/// Values of one type, with a validity bitmap where some are null.
///
/// Null slots hold a defined but meaningless value (zero, or an empty string). Row indexes are not checked in
/// release builds by the accessors marked unchecked; kernels take the pointers once and loop over them.
public final class Column: Sendable {
    /// Where the values are.
    public enum Storage: Sendable {
        /// The `null` type: no buffers.
        case none
        /// `bool`: one bit a row.
        case bits(Buffer)
        /// `int64`, `float64`, `decimal`, `date`, `timestamp`, `duration`: one value of `DataType.fixedWidth` bytes a row.
        case fixed(Buffer)
        /// `string`, `json`, `binary`: `count + 1` Int32 offsets into the bytes. The first offset need not be 0.
        case variable(offsets: Buffer, bytes: Buffer)
        /// The same where there are few distinct values: one Int32 index a row into `values`, which has no nulls.
        case dictionary(indices: Buffer, values: Column)
        /// `list`: `count + 1` Int32 offsets into the elements, which may be null. The first offset need not be 0.
        case list(offsets: Buffer, elements: Column)
    }

    /// The type of the values.
    public let type: DataType
    /// How many rows there are.
    public let count: Int
    /// How many of them are null.
    public let nullCount: Int
    /// A bit a row, set where the row has a value; nil where all have.
    public let validity: Buffer?
    /// The values.
    public let storage: Storage

    /// A column over existing buffers; counts the nulls unless told.
    public init(type: DataType, count: Int, validity: Buffer?, nullCount: Int? = nil, storage: Storage) {
        self.type = type
        self.count = count
        if case .none = storage {
            self.validity = nil
            self.nullCount = count
        } else if let validity {
            let nulls = nullCount ?? (count - Bitmap.countSet(validity.values(as: UInt8.self), count: count))
            self.nullCount = nulls
            self.validity = nulls == 0 ? nil : validity
        } else {
            self.validity = nil
            self.nullCount = 0
        }
        self.storage = storage
    }

    /// `count` nulls of the `null` type.
    public static func nulls(_ count: Int) -> Column { Column(type: .null, count: count, validity: nil, storage: .none) }

    /// Whether row `index` is null.
    @inlinable
    public func isNull(_ index: Int) -> Bool {
        if case .none = storage { return true }
        guard let validity else { return false }
        return !Bitmap.get(validity.values(as: UInt8.self), index)
    }

    /// The values of a fixed-width column as `T` (Int64, Double, Int32 or Int128, by `type`).
    @inlinable
    public func fixed<T>(as type: T.Type) -> UnsafePointer<T> {
        guard case .fixed(let buffer) = storage else { preconditionFailure("not a fixed-width column: \(self.type)") }
        return buffer.values(as: type)
    }

    /// The bits of a bool column.
    @inlinable
    public var bits: UnsafePointer<UInt8> {
        guard case .bits(let buffer) = storage else { preconditionFailure("not a bool column: \(type)") }
        return buffer.values(as: UInt8.self)
    }

    /// The bits of the validity bitmap, or nil where no row is null.
    @inlinable
    public var validBits: UnsafePointer<UInt8>? { validity?.values(as: UInt8.self) }

    /// The bytes of row `index` of a column of strings, JSON or bytes, valid as long as the column lives; empty where the row is null.
    @inlinable
    public func utf8(_ index: Int) -> UnsafeRawBufferPointer {
        switch storage {
        case .variable(let offsets, let bytes):
            let at = offsets.values(as: Int32.self)
            let start = Int(at[index]), end = Int(at[index + 1])
            return UnsafeRawBufferPointer(start: bytes.pointer + start, count: end - start)
        case .dictionary(let indices, let values):
            return isNull(index) ? UnsafeRawBufferPointer(start: nil, count: 0) : values.utf8(Int(indices.values(as: Int32.self)[index]))
        default:
            preconditionFailure("not a column of bytes: \(type)")
        }
    }

    /// The rows of a list column's elements that make up row `index`, and the elements.
    public func elements(_ index: Int) -> (rows: Range<Int>, of: Column) {
        guard case .list(let offsets, let elements) = storage else { preconditionFailure("not a list column: \(type)") }
        let at = offsets.values(as: Int32.self)
        return (Int(at[index])..<Int(at[index + 1]), elements)
    }

    /// Row `index` as one value.
    public func scalar(_ index: Int) -> Scalar {
        precondition(index >= 0 && index < count, "row \(index) of \(count)")
        if isNull(index) { return .null }
        switch type {
        case .null: return .null
        case .bool: return .bool(Bitmap.get(bits, index))
        case .int64: return .int(fixed(as: Int64.self)[index])
        case .float64: return .float(fixed(as: Double.self)[index])
        case .string: return .string(String(decoding: utf8(index), as: UTF8.self))
        case .date: return .date(fixed(as: Int32.self)[index])
        case .timestamp(let utc): return .timestamp(fixed(as: Int64.self)[index], utc: utc)
        case .duration: return .duration(fixed(as: Int64.self)[index])
        case .decimal(let scale): return .decimal(Decimal128(unscaled: fixed(as: Int128.self)[index], scale: scale))
        case .binary: return .binary(Array(utf8(index)))
        case .json: return .json(String(decoding: utf8(index), as: UTF8.self))
        case .list:
            let (rows, elements) = elements(index)
            return .list(rows.map { elements.scalar($0) })
        }
    }

    /// Rows `offset ..< offset + count`, sharing the memory (bitmaps are copied where they do not start on a byte).
    public func slice(_ offset: Int, _ count: Int) -> Column {
        precondition(offset >= 0 && count >= 0 && offset + count <= self.count)
        if offset == 0 && count == self.count { return self }
        let validity = self.validity.map { Bitmap.slice($0, offset: offset, count: count) }
        let sliced: Storage
        switch storage {
        case .none: sliced = .none
        case .bits(let buffer): sliced = .bits(Bitmap.slice(buffer, offset: offset, count: count))
        case .fixed(let buffer): sliced = .fixed(buffer.dropFirst(bytes: offset * type.fixedWidth!))
        case .variable(let offsets, let bytes): sliced = .variable(offsets: offsets.dropFirst(bytes: offset * 4), bytes: bytes)
        case .dictionary(let indices, let values): sliced = .dictionary(indices: indices.dropFirst(bytes: offset * 4), values: values)
        case .list(let offsets, let elements): sliced = .list(offsets: offsets.dropFirst(bytes: offset * 4), elements: elements)
        }
        return Column(type: type, count: count, validity: validity, storage: sliced)
    }
}
