// Windows that add up: `cumsum`, `moving_avg`. Rows whose argument is null add nothing.

/// `cumsum(x)` of ints and durations.
struct RunningIntegerSum: WindowOperation {
    let type: DataType

    func result(_ input: WindowInput) throws(EvaluationError) -> WindowResult {
        let order = input.groups.order, count = input.groups.count
        let source = WindowValues(input.arguments[0], count: count, as: Int64.self)
        let out = MutableBuffer(capacity: count * 8)
        let values = out.values(as: Int64.self)
        var nulls = LeadingNulls(count: count, areThereAny: source.valid != nil)
        try input.groups.forEach { (group) throws(EvaluationError) in
            var sum: Int64 = 0
            var isNull = true
            for index in group {
                let row = Int(order[index])
                if !source.isNull(row) {
                    let (next, overflow) = sum.addingReportingOverflow(source.values[row])
                    if overflow { throw failure(sum, source.values[row], row) }
                    sum = next
                    isNull = false
                }
                values[row] = sum
                if !isNull { nulls.end(row) }
            }
        }
        withExtendedLifetime(source) {}
        return .values(Column(type: type, count: count, validity: nulls.validity, storage: .fixed(out.freeze(byteCount: count * 8))))
    }

    private func failure(_ sum: Int64, _ value: Int64, _ row: Int) -> EvaluationError {
        let (left, right): (Scalar, Scalar) = type == .duration ? (.duration(sum), .duration(value)) : (.int(sum), .int(value))
        return .overflow(operator: BinaryOperator.add.rawValue, left: left, right: right, row: row + 1, mark: 0)
    }
}

/// `cumsum(x)` of floats.
struct RunningFloatSum: WindowOperation {
    var type: DataType { .float64 }

    func result(_ input: WindowInput) throws(EvaluationError) -> WindowResult {
        let order = input.groups.order, count = input.groups.count
        let source = WindowValues(input.arguments[0], count: count, as: Double.self)
        let out = MutableBuffer(capacity: count * 8)
        let values = out.values(as: Double.self)
        var nulls = LeadingNulls(count: count, areThereAny: source.valid != nil)
        try input.groups.forEach { (group) throws(EvaluationError) in
            var sum = 0.0
            var isNull = true
            for index in group {
                let row = Int(order[index])
                if !source.isNull(row) {
                    sum += source.values[row]
                    isNull = false
                }
                values[row] = sum
                if !isNull { nulls.end(row) }
            }
        }
        withExtendedLifetime(source) {}
        return .values(Column(type: type, count: count, validity: nulls.validity, storage: .fixed(out.freeze(byteCount: count * 8))))
    }
}

/// `cumsum(x)` of decimals.
struct RunningDecimalSum: WindowOperation {
    let scale: Int

    var type: DataType { .decimal(scale: scale) }

    func result(_ input: WindowInput) throws(EvaluationError) -> WindowResult {
        let order = input.groups.order, count = input.groups.count
        let source = WindowValues(input.arguments[0], count: count, as: Int128.self)
        let out = MutableBuffer(capacity: count * 16)
        let values = out.values(as: Int128.self)
        var nulls = LeadingNulls(count: count, areThereAny: source.valid != nil)
        try input.groups.forEach { (group) throws(EvaluationError) in
            var sum = Decimal128(unscaled: 0, scale: scale)
            var isNull = true
            for index in group {
                let row = Int(order[index])
                if !source.isNull(row) {
                    let value = Decimal128(unscaled: source.values[row], scale: scale)
                    guard let next = sum.result(.add, value) else {
                        throw .overflow(
                            operator: BinaryOperator.add.rawValue, left: .decimal(sum), right: .decimal(value), row: row + 1, mark: 0)
                    }
                    sum = next
                    isNull = false
                }
                values[row] = sum.unscaled
                if !isNull { nulls.end(row) }
            }
        }
        withExtendedLifetime(source) {}
        return .values(Column(type: type, count: count, validity: nulls.validity, storage: .fixed(out.freeze(byteCount: count * 16))))
    }
}

/// The rows before the first value of their group, which have no result.
private struct LeadingNulls {
    private let memory: MutableBuffer?
    private let count: Int

    init(count: Int, areThereAny: Bool) {
        self.count = count
        memory = areThereAny ? MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true) : nil
    }

    /// Notes that `row` has a result.
    @inline(__always)
    mutating func end(_ row: Int) {
        if let memory { Bitmap.set(memory.values(as: UInt8.self), row) }
    }

    var validity: Buffer? { memory?.freeze(byteCount: Bitmap.byteCount(count)) }
}

/// `moving_avg(x, n)`.
///
/// A group is cut into blocks of `n` rows. Any `n` rows in a row are the end of one block and the beginning of the next, whose sums
/// are there already: so nothing is ever subtracted, and an infinity or a NaN is gone when it has left the window.
struct MovingAverage: WindowOperation {
    /// The type of the values.
    let values: DataType
    let size: Int

    var type: DataType { .float64 }

    func result(_ input: WindowInput) throws(EvaluationError) -> WindowResult {
        if values == .int64 {
            let source = WindowValues(input.arguments[0], count: input.groups.count, as: Int64.self)
            return withExtendedLifetime(source) { average(input.groups, isNull: source.isNull) { Double(source.values[$0]) } }
        }
        if case .decimal(let scale) = values {
            let source = WindowValues(input.arguments[0], count: input.groups.count, as: Int128.self)
            return withExtendedLifetime(source) {
                average(input.groups, isNull: source.isNull) { Decimal128(cell: source.values[$0], scale: scale).float }
            }
        }
        let source = WindowValues(input.arguments[0], count: input.groups.count, as: Double.self)
        return withExtendedLifetime(source) { average(input.groups, isNull: source.isNull) { source.values[$0] } }
    }

    @inline(__always)
    private func average(_ groups: WindowGroups, isNull: (Int) -> Bool, _ value: (Int) -> Double) -> WindowResult {
        let order = groups.order, count = groups.count
        let out = MutableBuffer(capacity: count * 8), heads = MutableBuffer(capacity: count * 8), tails = MutableBuffer(capacity: count * 8)
        let counted = MutableBuffer(capacity: (count + 1) * 4), bitmap = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true)
        let values = out.values(as: Double.self), head = heads.values(as: Double.self), tail = tails.values(as: Double.self)
        let seen = counted.values(as: UInt32.self), bits = bitmap.values(as: UInt8.self)
        seen[0] = 0
        for group in 0..<(groups.starts.count - 1) {
            let start = groups.starts[group], end = groups.starts[group + 1]
            // Sums from the beginning of the block to a row, and how many values there were before it.
            for index in start..<end {
                let row = Int(order[index])
                let isMissing = isNull(row)
                let x = isMissing ? 0 : value(row)
                head[index] = (index &- start) % size == 0 ? x : head[index &- 1] + x
                tail[index] = x
                seen[index &+ 1] = seen[index] &+ (isMissing ? 0 : 1)
            }
            // Sums from a row to the end of its block.
            var index = end &- 2
            while index >= start {
                if (index &- start) % size != size &- 1 { tail[index] += tail[index &+ 1] }
                index &-= 1
            }
            for index in start..<end {
                let first = index &- start < size ? start : index &- size &+ 1
                let number = seen[index &+ 1] &- seen[first]
                if number == 0 { continue }
                let isOneBlock = (first &- start) % size == 0
                let row = Int(order[index])
                values[row] = (isOneBlock ? head[index] : tail[first] + head[index]) / Double(number)
                Bitmap.set(bits, row)
            }
        }
        withExtendedLifetime((heads, tails, counted)) {}
        // What stands where there is no average has to be defined, whatever it is.
        for row in 0..<count where !Bitmap.get(bits, row) { values[row] = 0 }
        return .values(Column(
            type: type, count: count, validity: bitmap.freeze(byteCount: Bitmap.byteCount(count)), storage: .fixed(out.freeze(byteCount: count * 8))))
    }
}
