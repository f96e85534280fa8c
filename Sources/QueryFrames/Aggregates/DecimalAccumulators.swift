// `sum` and `avg` of decimals, and of ints whose sum is a decimal. All are added exactly, however large the sum gets on its way.

/// The sum of a group in 192 bits.
private struct DecimalSum: BitwiseCopyable {
    private var low: UInt128 = 0
    private var high: Int64 = 0
    private(set) var count: Int64 = 0

    @inline(__always)
    mutating func add(_ value: Int128) {
        let (sum, carry) = low.addingReportingOverflow(UInt128(truncatingIfNeeded: value))
        low = sum
        high &+= (carry ? 1 : 0) &+ (value < 0 ? -1 : 0)
        count &+= 1
    }

    /// The sum; nil where it has more than 38 digits.
    func total(scale: Int) -> Decimal128? {
        let value = Int128(truncatingIfNeeded: low)
        return high == (value < 0 ? -1 : 0) ? Decimal128(fitting: value, scale: scale) : nil
    }
}

extension Accumulator {
    /// The exact sum of decimals; an error where it has more than 38 digits.
    static func sumOfDecimals(scale: Int) -> Accumulator {
        decimals(of: Int128.self, { $0 }, name: Aggregates.nameOfSum, type: .decimal(scale: scale)) { (sum) in sum.total(scale: scale)?.unscaled }
    }

    /// The exact sum of ints as a decimal.
    static func wideSumOfInts() -> Accumulator {
        decimals(of: Int64.self, { Int128($0) }, name: Aggregates.nameOfSum, type: .decimal(scale: 0)) { (sum) in sum.total(scale: 0)?.unscaled }
    }

    /// The mean of decimals: their sum by their number.
    static func meanOfDecimals(scale: Int) -> Accumulator {
        decimals(of: Int128.self, { $0 }, name: "avg", type: .decimal(scale: Decimal128.scale(of: .divide, scale, 0))) { (sum) in
            sum.total(scale: scale)?.result(.divide, Decimal128(sum.count))?.unscaled
        }
    }

    @inline(__always)
    private static func decimals<Value: BitwiseCopyable>(
        of value: Value.Type, _ widened: @escaping (Value) -> Int128, name: String, type: DataType,
        _ result: @escaping (DecimalSum) -> Int128?
    ) -> Accumulator {
        let states = GroupStates(DecimalSum())
        return Accumulator(
            add: { columns, groups in
                let to = states.grown(to: groups.count)
                if columns[0].nullCount == groups.rows { return }
                let values = columns[0].fixed(as: Value.self), numbers = groups.numbers
                columns[0].forEachValid { to[Int(numbers[$0])].add(widened(values[$0])) }
            },
            finish: { (groups) throws(EvaluationError) in
                let from = states.grown(to: groups)
                for group in 0..<groups where from[group].count > 0 && result(from[group]) == nil {
                    throw .overflow(operator: name, left: .null, right: .null, row: nil, mark: 0)
                }
                return Int128.column(type, groups: groups, { from[$0].count == 0 ? nil : result(from[$0]) }, empty: 0)
            })
    }
}
