// Builders: where the values of a new column are appended, one builder for each physical layout.

/// What appends rows of one type and becomes a column.
public protocol ColumnBuilder: AnyObject {
    /// The type of the column under construction.
    var type: DataType { get }
    /// Rows appended so far.
    var count: Int { get }
    /// Appends a null.
    func appendNull()
    /// The column of the rows appended; the builder must not be used afterwards.
    func finish() -> Column
}

/// The validity bitmap of a builder; nothing is allocated before the first null.
public struct ValidityBuilder {
    @usableFromInline var buffer: MutableBuffer?
    @usableFromInline var nulls = 0

    @inlinable public init() {}

    /// Notes that row `row` (the next one) has a value.
    @inlinable @inline(__always)
    public mutating func appendValid(_ row: Int) {
        if let buffer { grow(buffer, row, valid: true) }
    }

    /// Notes that row `row` (the next one) is null.
    public mutating func appendNull(_ row: Int) {
        nulls += 1
        if let buffer { return grow(buffer, row, valid: false) }
        let first = MutableBuffer(capacity: max(64, Bitmap.byteCount(row + 1) * 2), zeroed: true)
        let bits = first.values(as: UInt8.self)
        for index in 0..<(row >> 3) { bits[index] = 0xff }
        if row & 7 != 0 { bits[row >> 3] = (1 << UInt8(row & 7)) - 1 }
        buffer = first
    }

    @usableFromInline
    func grow(_ buffer: MutableBuffer, _ row: Int, valid: Bool) {
        if row >> 3 >= buffer.capacity { buffer.reserve((row >> 3) + 1, used: row >> 3) }
        let bits = buffer.values(as: UInt8.self)
        if row & 7 == 0 { bits[row >> 3] = 0 }
        if valid { Bitmap.set(bits, row) }
    }

    /// The bitmap of `count` rows, nil where none is null.
    public func finish(_ count: Int) -> (validity: Buffer?, nulls: Int) {
        guard let buffer, nulls > 0 else { return (nil, 0) }
        return (buffer.freeze(byteCount: Bitmap.byteCount(count)), nulls)
    }
}

/// Builds columns of one fixed-width type from values of `T`: Int64 for `int64`, `timestamp` and `duration`,
/// Double for `float64`, Int32 for `date`, Int128 for `decimal`.
public final class FixedBuilder<T: BitwiseCopyable & Sendable>: ColumnBuilder {
    public let type: DataType
    public private(set) var count = 0
    @usableFromInline var values: UnsafeMutablePointer<T>
    @usableFromInline var room: Int
    @usableFromInline let buffer: MutableBuffer
    @usableFromInline var validity = ValidityBuilder()
    @usableFromInline var rows: Int { get { count } set { count = newValue } }

    /// An empty builder with room for `capacity` rows.
    public init(_ type: DataType, capacity: Int = 1024) {
        precondition(type.fixedWidth == MemoryLayout<T>.size)
        self.type = type
        buffer = MutableBuffer(capacity: capacity * MemoryLayout<T>.stride)
        values = buffer.values(as: T.self)
        room = buffer.capacity / MemoryLayout<T>.stride
    }

    @usableFromInline
    func grow() {
        buffer.reserve((count + 1) * MemoryLayout<T>.stride, used: count * MemoryLayout<T>.stride)
        values = buffer.values(as: T.self)
        room = buffer.capacity / MemoryLayout<T>.stride
    }

    /// Appends a value.
    @inlinable
    public func append(_ value: T) {
        if rows == room { grow() }
        values[rows] = value
        validity.appendValid(rows)
        rows &+= 1
    }

    public func appendNull() {
        if count == room { grow() }
        memset0(values + count)
        validity.appendNull(count)
        count += 1
    }

    private func memset0(_ at: UnsafeMutablePointer<T>) {
        UnsafeMutableRawPointer(at).initializeMemory(as: UInt8.self, repeating: 0, count: MemoryLayout<T>.stride)
    }

    public func finish() -> Column {
        let (valid, nulls) = validity.finish(count)
        let frozen = buffer.freeze(byteCount: count * MemoryLayout<T>.stride)
        return Column(type: type, count: count, validity: valid, nullCount: nulls, storage: .fixed(frozen))
    }
}

/// Builds bool columns.
public final class BoolBuilder: ColumnBuilder {
    public let type = DataType.bool
    public private(set) var count = 0
    private let buffer: MutableBuffer
    private var validity = ValidityBuilder()

    /// An empty builder with room for `capacity` rows.
    public init(capacity: Int = 1024) { buffer = MutableBuffer(capacity: Bitmap.byteCount(capacity)) }

    private func room() {
        if count & 7 == 0 {
            buffer.reserve((count >> 3) + 1, used: count >> 3)
            buffer.values(as: UInt8.self)[count >> 3] = 0
        }
    }

    /// Appends a value.
    public func append(_ value: Bool) {
        room()
        if value { Bitmap.set(buffer.values(as: UInt8.self), count) }
        validity.appendValid(count)
        count += 1
    }

    public func appendNull() {
        room()
        validity.appendNull(count)
        count += 1
    }

    public func finish() -> Column {
        let (valid, nulls) = validity.finish(count)
        let frozen = buffer.freeze(byteCount: Bitmap.byteCount(count))
        return Column(type: .bool, count: count, validity: valid, nullCount: nulls, storage: .bits(frozen))
    }
}

/// Builds columns of strings, JSON or bytes; the caller has checked that strings are UTF-8, and JSON is JSON.
public final class StringBuilder: ColumnBuilder {
    public let type: DataType
    public private(set) var count = 0
    /// Bytes of all strings so far; a batch must be finished before they pass `byteLimit`.
    public private(set) var byteCount = 0
    /// What 32-bit offsets can address.
    public static let byteLimit = Int(Int32.max)
    private let offsets: MutableBuffer
    private let bytes: MutableBuffer
    private var validity = ValidityBuilder()

    /// An empty builder with room for `capacity` rows of `averageBytes` each.
    public init(_ type: DataType = .string, capacity: Int = 1024, averageBytes: Int = 16) {
        precondition(type.layout == .variable)
        self.type = type
        offsets = MutableBuffer(capacity: (capacity + 1) * 4)
        bytes = MutableBuffer(capacity: capacity * averageBytes)
        offsets.values(as: Int32.self)[0] = 0
    }

    /// Appends the bytes as one string.
    public func append(_ utf8: UnsafeRawBufferPointer) {
        append(utf8.baseAddress, utf8.count)
    }

    /// Appends `length` bytes from `start` as one string.
    public func append(_ start: UnsafeRawPointer?, _ length: Int) {
        precondition(byteCount + length <= StringBuilder.byteLimit, "a batch of strings is over 2 GiB")
        if byteCount + length > bytes.capacity { bytes.reserve(byteCount + length, used: byteCount) }
        if length > 0 { (bytes.pointer + byteCount).copyMemory(from: start!, byteCount: length) }
        byteCount += length
        close()
        validity.appendValid(count)
        count += 1
    }

    /// Appends a string.
    public func append(_ value: String) {
        var value = value
        value.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    public func appendNull() {
        close()
        validity.appendNull(count)
        count += 1
    }

    private func close() {
        let needed = (count + 2) * 4
        if needed > offsets.capacity { offsets.reserve(needed, used: (count + 1) * 4) }
        offsets.values(as: Int32.self)[count + 1] = Int32(truncatingIfNeeded: byteCount)
    }

    public func finish() -> Column {
        let (valid, nulls) = validity.finish(count)
        let storage = Column.Storage.variable(
            offsets: offsets.freeze(byteCount: (count + 1) * 4), bytes: bytes.freeze(byteCount: byteCount))
        return Column(type: type, count: count, validity: valid, nullCount: nulls, storage: storage)
    }
}

/// Builds columns of the `null` type, which only count.
public final class NullBuilder: ColumnBuilder {
    public let type = DataType.null
    public private(set) var count = 0

    public init() {}
    public func appendNull() { count += 1 }
    public func finish() -> Column { .nulls(count) }
}
