// Imported numbers, dates and times: those that lie as columns want them stay, others become the wider type that holds them all.

extension ArrowImport {
    /// Integers as Int64 (or Int128, where they are unsigned ones of 64 bits), floats as Double.
    func numbers() throws(ArrowError) -> Buffer {
        switch type.format {
        case .integer(1, true): try converted(from: Int8.self) { Int64($0) }
        case .integer(1, false): try converted(from: UInt8.self) { Int64($0) }
        case .integer(2, true): try converted(from: Int16.self) { Int64($0) }
        case .integer(2, false): try converted(from: UInt16.self) { Int64($0) }
        case .integer(4, true): try converted(from: Int32.self) { Int64($0) }
        case .integer(4, false): try converted(from: UInt32.self) { Int64($0) }
        case .integer(_, false): try converted(from: UInt64.self) { Int128($0) }
        case .float16: try converted(from: UInt16.self) { HalfFloat.double($0) }
        case .float32: try converted(from: Float.self) { Double($0) }
        default: try values(1, start, count, as: Int64.self)
        }
    }

    /// Decimals as Int128 that count units of the column's scale, which is at least 0.
    func decimals(scale: Int, width: Int) throws(ArrowError) -> Buffer {
        let factor = Int128(Decimal128.powers[max(-scale, 0)])
        func scaled(_ value: Int128) -> Int128? {
            let (product, overflow) = value.multipliedReportingOverflow(by: factor)
            return overflow || product.magnitude >= Decimal128.limit ? nil : product
        }
        switch width {
        case 4: return try converted(from: Int32.self) { scaled(Int128($0)) }
        case 8: return try converted(from: Int64.self) { scaled(Int128($0)) }
        case 32:
            return try converted(from: (UInt128, Int128).self) { (low, high) in
                // What is above 128 bits may be nothing but the sign.
                let value = Int128(truncatingIfNeeded: low)
                return high == (value < 0 ? -1 : 0) ? scaled(value) : nil
            }
        default:
            let limit = Decimal128.limit
            return factor == 1 ? try checked(Int128.self) { $0.magnitude < limit } : try converted(from: Int128.self, scaled)
        }
    }

    /// Days as Int32, times and durations as Int64 microseconds.
    func times() throws(ArrowError) -> Buffer {
        let days = CivilDate.range
        let perDay: Int64 = 86_400_000_000
        let moments = Int64(days.lowerBound) * perDay...(Int64(days.upperBound) + 1) * perDay - 1
        switch type.format {
        case .days: return try checked(Int32.self) { days.contains($0) }
        case .dayMilliseconds:
            return try converted(from: Int64.self) { milliseconds -> Int32? in
                let (day, rest) = milliseconds.quotientAndRemainder(dividingBy: perDay / 1_000)
                return rest == 0 && day >= Int64(days.lowerBound) && day <= Int64(days.upperBound) ? Int32(day) : nil
            }
        case .timestamp(.microseconds, _): return try checked(Int64.self) { moments.contains($0) }
        case .timestamp(let unit, _):
            return try converted(from: Int64.self) { value -> Int64? in
                guard let moment = ArrowImport.microseconds(value, unit), moments.contains(moment) else { return nil }
                return moment
            }
        case .duration(let unit) where unit != .microseconds:
            return try converted(from: Int64.self) { ArrowImport.microseconds($0, unit) }
        case .time(let unit, 4):
            return try converted(from: Int32.self) { ArrowImport.microseconds(Int64($0), unit) }
        case .time(let unit, _) where unit != .microseconds:
            return try converted(from: Int64.self) { ArrowImport.microseconds($0, unit) }
        default: return try values(1, start, count, as: Int64.self)
        }
    }

    @inline(__always)
    private static func microseconds(_ value: Int64, _ unit: ArrowTimeUnit) -> Int64? {
        let (quotient, rest) = value.quotientAndRemainder(dividingBy: unit.divisor)
        let (product, overflow) = quotient.multipliedReportingOverflow(by: unit.factor)
        return rest != 0 || overflow ? nil : product
    }

    /// What each value becomes; a value that becomes nothing is an error, unless its row is null.
    @inline(__always)
    private func converted<From: BitwiseCopyable, To: BitwiseCopyable>(
        from: From.Type, _ convert: (From) -> To?
    ) throws(ArrowError) -> Buffer {
        let size = MemoryLayout<From>.stride
        let source = try buffer(1, (start + count) * size).pointer + start * size
        let out = MutableBuffer(capacity: count * MemoryLayout<To>.stride, zeroed: true)
        let to = out.values(as: To.self)
        for row in 0..<count {
            if let value = convert(source.loadUnaligned(fromByteOffset: row &* size, as: From.self)) {
                to[row] = value
            } else if isValid(row) {
                throw .value(field: type.path, row: row + 1, format: type.formatText)
            }
        }
        return out.freeze(byteCount: count * MemoryLayout<To>.stride)
    }

    /// The values as they lie, once it is sure that all of them fit. Where only null rows hold what does not, a copy without it.
    @inline(__always)
    private func checked<T: BitwiseCopyable>(_ type: T.Type, _ fits: (T) -> Bool) throws(ArrowError) -> Buffer {
        let lying = try values(1, start, count, as: T.self)
        let at = lying.values(as: T.self)
        var row = 0
        while row < count, fits(at[row]) { row &+= 1 }
        return row == count ? lying : try converted(from: T.self) { fits($0) ? $0 : nil }
    }
}
