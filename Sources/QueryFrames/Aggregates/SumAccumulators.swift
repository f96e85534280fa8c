// `sum` and `avg`. Ints are added exactly, however large the sum gets on its way.

/// The sum of floats.
struct FloatSum: GroupState {
    var sum = 0.0
    var count: Int64 = 0

    @inline(__always)
    mutating func add(_ value: Double) {
        sum += value
        count &+= 1
    }

    /// Of many values eight sums are taken side by side, for one alone waits for each addition. The split depends on the number of
    /// values and on nothing else, so the sum is always the same.
    @inline(__always)
    mutating func addAll(_ source: FixedSource<Double>, _ count: Int) {
        let values = source.values
        var done = 0
        if count >= FloatSum.many {
            var sums = SIMD8<Double>()
            while done &+ 8 <= count {
                sums += UnsafeRawPointer(values + done).loadUnaligned(as: SIMD8<Double>.self)
                done &+= 8
            }
            sum += sums.sum()
        }
        while done < count {
            sum += values[done]
            done &+= 1
        }
        self.count &+= Int64(count)
    }

    /// Values from which on they are added side by side.
    private static let many = 1_024

    @inline(__always)
    var result: Double? { count == 0 ? nil : sum }

    static var nothing: Double { 0 }
}

/// The mean of floats.
struct FloatMean: GroupState {
    var total = FloatSum()

    @inline(__always)
    mutating func add(_ value: Double) { total.add(value) }

    @inline(__always)
    mutating func addAll(_ source: FixedSource<Double>, _ count: Int) { total.addAll(source, count) }

    @inline(__always)
    var result: Double? { total.count == 0 ? nil : total.sum / Double(total.count) }

    static var nothing: Double { 0 }
}

/// The sum of the ints of each group, in 128 bits of which the high half is only kept where one was ever needed.
private final class ExactSums {
    struct Low: BitwiseCopyable {
        var sum: Int64 = 0
        var count: Int64 = 0
    }

    let lows = GroupStates(Low())
    /// By group, how often 2^64 has to be added to the low half.
    private var carries: [UInt32: Int64] = [:]

    func add(_ columns: [Column], _ groups: BatchGroups) {
        let to = lows.grown(to: groups.count)
        if columns[0].nullCount == groups.rows { return }
        let values = columns[0].fixed(as: Int64.self), numbers = groups.numbers
        if groups.isTotal, columns[0].nullCount == 0 { return addTotal(values, groups.rows, to: to) }
        columns[0].forEachValid { row in
            let state = to + Int(numbers[row])
            let (sum, overflow) = state.pointee.sum.addingReportingOverflow(values[row])
            state.pointee.sum = sum
            state.pointee.count &+= 1
            // A sum that wrapped to a negative number was too great.
            if overflow { carry(numbers[row], sum < 0 ? 1 : -1) }
        }
    }

    /// Adds the halves of all values apart, which cannot overflow: a batch has far fewer than 2^31 rows.
    private func addTotal(_ values: UnsafePointer<Int64>, _ count: Int, to state: UnsafeMutablePointer<Low>) {
        var low: Int64 = 0, high: Int64 = 0
        for row in 0..<count {
            low &+= values[row] & 0xffff_ffff
            high &+= values[row] &>> 32
        }
        let total = Int128(high) << 32 + Int128(low) + Int128(state.pointee.sum)
        let sum = Int64(truncatingIfNeeded: total)
        state.pointee.sum = sum
        state.pointee.count &+= Int64(count)
        let amount = Int64(truncatingIfNeeded: (total - Int128(sum)) >> 64)
        if amount != 0 { carry(0, amount) }
    }

    @inline(never)
    private func carry(_ group: UInt32, _ amount: Int64) { carries[group, default: 0] += amount }

    /// The first group whose sum does not fit 64 bits.
    var tooLarge: Int? { carries.filter { $0.value != 0 }.keys.min().map { Int($0) } }

    /// The high half as a float.
    func high(_ group: Int) -> Double {
        carries.isEmpty ? 0 : Double(carries[UInt32(truncatingIfNeeded: group)] ?? 0) * 0x1p64
    }
}

extension Accumulator {
    /// The exact sum of ints or durations; an error where it does not fit.
    static func exactSum(_ type: DataType) -> Accumulator {
        let sums = ExactSums()
        return Accumulator(
            add: { sums.add($0, $1) },
            finish: { (groups) throws(EvaluationError) in
                let from = sums.lows.grown(to: groups)
                if let group = sums.tooLarge {
                    throw .overflow(operator: Aggregates.nameOfSum, left: .int(from[group].sum), right: .null, row: nil, mark: 0)
                }
                return Int64.column(type, groups: groups, { from[$0].count == 0 ? nil : from[$0].sum }, empty: 0)
            })
    }

    /// The mean of ints as a float.
    static func meanOfInts() -> Accumulator {
        let sums = ExactSums()
        return Accumulator(
            add: { sums.add($0, $1) },
            finish: { (groups) throws(EvaluationError) in
                let from = sums.lows.grown(to: groups)
                return Double.column(
                    .float64, groups: groups,
                    { from[$0].count == 0 ? nil : (sums.high($0) + Double(from[$0].sum)) / Double(from[$0].count) }, empty: 0)
            })
    }

    /// The mean of durations, to the microsecond.
    static func meanOfDurations() -> Accumulator {
        let mean = meanOfInts()
        return Accumulator(
            add: mean.add,
            finish: { (groups) throws(EvaluationError) in
                let means = try mean.finish(groups)
                let from = means.fixed(as: Double.self)
                // A mean lies between values that fit, so it fits, but for what rounding adds at the very end of the range.
                let storage = Int64.storage(groups) { Int64(exactly: from[$0].rounded()) ?? .max }
                return withExtendedLifetime(means) {
                    Column(type: .duration, count: groups, validity: means.validity, storage: storage)
                }
            })
    }
}
