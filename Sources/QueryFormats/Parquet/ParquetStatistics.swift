// What the footer tells of a column chunk so that readers can pass it by: its least and greatest value, and how many are null.
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The statistics of one column chunk.
struct ParquetStatistics {
    private var nulls = 0
    private var bounds: Bounds = .none
    /// False where bounds may be wider than the values are.
    private var isExact = true
    /// Texts longer than this are no bounds, which would make the footer as large as the data.
    private static let textLimit = 64

    private enum Bounds {
        case none
        case bools(Bool, Bool)
        case days(Int32, Int32)
        case ints(Int64, Int64)
        case floats(Double, Double)
        case decimals(Int128, Int128)
        case texts([UInt8], [UInt8])
        /// A value was met that is no bound.
        case unknown
    }

    /// Takes the rows of a batch; lists are taken as their elements, of which only nulls are counted.
    mutating func take(_ column: Column) {
        nulls += column.nullCount
        guard column.nullCount < column.count else { return }
        switch column.type {
        case .null, .list: break
        case .bool:
            let bits = column.bits
            ParquetValues.forEach(column, nil) { row in
                let value = Bitmap.get(bits, row)
                if case .bools(let least, let most) = bounds { bounds = .bools(least && value, most || value) } else { bounds = .bools(value, value) }
            }
        case .date:
            let (least, most) = Self.bounds(column, column.fixed(as: Int32.self))
            if case .days(let low, let high) = bounds { bounds = .days(min(low, least), max(high, most)) } else { bounds = .days(least, most) }
        case .int64, .timestamp, .duration:
            let (least, most) = Self.bounds(column, column.fixed(as: Int64.self))
            if case .ints(let low, let high) = bounds { bounds = .ints(min(low, least), max(high, most)) } else { bounds = .ints(least, most) }
        case .decimal:
            let (least, most) = Self.bounds(column, column.fixed(as: Int128.self))
            if case .decimals(let low, let high) = bounds { bounds = .decimals(min(low, least), max(high, most)) } else { bounds = .decimals(least, most) }
        case .float64: takeFloats(column)
        case .string, .json, .binary: takeTexts(column)
        }
    }

    /// Counts the nulls of a list's elements.
    mutating func take(nulls count: Int) { nulls += count }

    @inline(__always)
    private static func bounds<T: FixedWidthInteger>(_ column: Column, _ values: UnsafePointer<T>) -> (T, T) {
        var least = T.max, most = T.min
        ParquetValues.forEach(column, nil) { row in
            let value = values[row]
            least = value < least ? value : least
            most = value > most ? value : most
        }
        return (least, most)
    }

    /// NaN is no bound, and is passed over as the format says.
    private mutating func takeFloats(_ column: Column) {
        let values = column.fixed(as: Double.self)
        var least = Double.infinity, most = -Double.infinity
        ParquetValues.forEach(column, nil) { row in
            let value = values[row]
            if value < least { least = value }
            if value > most { most = value }
        }
        // Nothing but NaN, or nothing but infinities of one kind.
        guard least <= most else { return }
        if case .floats(let low, let high) = bounds { bounds = .floats(min(low, least), max(high, most)) } else { bounds = .floats(least, most) }
    }

    private mutating func takeTexts(_ column: Column) {
        if case .unknown = bounds { return }
        var least: UnsafeRawBufferPointer?, most: UnsafeRawBufferPointer?
        if case .dictionary(_, let values) = column.storage, values.count < column.count {
            // Which texts of a dictionary are among the rows is not looked at: bounds that are too wide are bounds too.
            isExact = false
            for row in 0..<values.count { Self.widen(&least, &most, values.utf8(row)) }
        } else if let texts = TextPlaces(column) {
            ParquetValues.forEach(column, nil) { row in Self.widen(&least, &most, texts[row]) }
        }
        guard let least, let most else { return }
        guard least.count <= Self.textLimit, most.count <= Self.textLimit else { return bounds = .unknown }
        guard case .texts(let low, let high) = bounds else { return bounds = .texts(Array(least), Array(most)) }
        bounds = .texts(
            least.lexicographicallyPrecedes(low) ? Array(least) : low, high.lexicographicallyPrecedes(most) ? Array(most) : high)
    }

    @inline(__always)
    private static func widen(_ least: inout UnsafeRawBufferPointer?, _ most: inout UnsafeRawBufferPointer?, _ text: UnsafeRawBufferPointer) {
        guard let low = least, let high = most else {
            (least, most) = (text, text)
            return
        }
        if order(text, low) < 0 { least = text }
        if order(text, high) > 0 { most = text }
    }

    @inline(__always)
    private static func order(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        let common = min(left.count, right.count)
        if common > 0, let from = left.baseAddress, let to = right.baseAddress {
            let order = memcmp(from, to, common)
            if order != 0 { return Int(order) }
        }
        return left.count - right.count
    }

    /// The struct `Statistics`.
    var thrift: ThriftValue {
        var fields: [(id: Int, value: ThriftValue)] = [(3, .long(Int64(nulls)))]
        func bytes<T: FixedWidthInteger>(_ value: T) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
        func add(_ least: [UInt8], _ most: [UInt8]) { fields += [(5, .bytes(most)), (6, .bytes(least))] }
        switch bounds {
        case .none, .unknown: break
        case .bools(let least, let most): add([least ? 1 : 0], [most ? 1 : 0])
        case .days(let least, let most): add(bytes(least), bytes(most))
        case .ints(let least, let most): add(bytes(least), bytes(most))
        // Zero has two signs, of which either may be among the values.
        case .floats(let least, let most):
            add(bytes((least == 0 ? -0.0 : least).bitPattern), bytes((most == 0 ? 0.0 : most).bitPattern))
        case .decimals(let least, let most):
            func bigEndian(_ value: Int128) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
            add(bigEndian(least), bigEndian(most))
        case .texts(let least, let most):
            add(least, most)
            if !isExact { fields += [(7, .bool(false)), (8, .bool(false))] }
        }
        return .record(fields)
    }
}
