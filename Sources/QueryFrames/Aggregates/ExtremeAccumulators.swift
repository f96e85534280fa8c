// `min` and `max`, in the order of sorts: text by code point, NaN greater than any other float.

/// A value of fixed width that sorts.
protocol OrderedCell: ResultCell, BitwiseCopyable {
    static func comes(_ a: Self, before b: Self) -> Bool
    /// A value to stand where there is none.
    static var zero: Self { get }
    /// The least of many values, none of them null; nil where they are better looked at one by one.
    static func least(_ source: Source, _ count: Int) -> Self?
    /// The greatest of many.
    static func greatest(_ source: Source, _ count: Int) -> Self?
}

extension OrderedCell {
    static func least(_ source: Source, _ count: Int) -> Self? { nil }
    static func greatest(_ source: Source, _ count: Int) -> Self? { nil }
}

extension OrderedCell where Self: Comparable {
    @inline(__always)
    static func comes(_ a: Self, before b: Self) -> Bool { a < b }
}

extension Int64: OrderedCell {}
extension Int32: OrderedCell {}
extension Int128: OrderedCell {}

extension Double: OrderedCell {
    @inline(__always)
    static func comes(_ a: Double, before b: Double) -> Bool { Numbers.isLess(a, b) }

    @inline(__always)
    static func least(_ source: FixedSource<Double>, _ count: Int) -> Double? {
        extreme(source.values, count, from: .infinity, comes: { $0 .< $1 }, best: { $0.min() })
    }

    @inline(__always)
    static func greatest(_ source: FixedSource<Double>, _ count: Int) -> Double? {
        extreme(source.values, count, from: -.infinity, comes: { $0 .> $1 }, best: { $0.max() })
    }

    /// Eight values side by side. NaN, and zeros that might be of either sign, are left to the order of sorts.
    @inline(__always)
    private static func extreme(
        _ values: UnsafePointer<Double>, _ count: Int, from start: Double,
        comes: (SIMD8<Double>, SIMD8<Double>) -> SIMDMask<SIMD8<Int64>>, best: (SIMD8<Double>) -> Double
    ) -> Double? {
        guard count >= 64 else { return nil }
        var found = SIMD8<Double>(repeating: start)
        var ordinary = SIMDMask<SIMD8<Int64>>(repeating: true)
        var row = 0
        // The last eight may have been looked at before.
        while row < count {
            let next = UnsafeRawPointer(values + min(row, count &- 8)).loadUnaligned(as: SIMD8<Double>.self)
            found.replace(with: next, where: comes(next, found))
            ordinary = ordinary .& (next .== next)
            row &+= 8
        }
        let value = best(found)
        return all(ordinary) && value != 0 ? value : nil
    }
}

extension Bool: OrderedCell {
    static var zero: Bool { false }

    @inline(__always)
    static func comes(_ a: Bool, before b: Bool) -> Bool { !a && b }
}

/// The least value so far.
struct Least<Value: OrderedCell>: GroupState {
    private var value = Value.zero
    private var isThere = false

    @inline(__always)
    mutating func add(_ next: Value) {
        if !isThere || Value.comes(next, before: value) { value = next }
        isThere = true
    }

    @inline(__always)
    mutating func addAll(_ source: Value.Source, _ count: Int) {
        if let least = Value.least(source, count) { return add(least) }
        for row in 0..<count { add(Value.read(source, row)) }
    }

    @inline(__always)
    var result: Value? { isThere ? value : nil }

    static var nothing: Value { .zero }
}

/// The greatest value so far.
struct Greatest<Value: OrderedCell>: GroupState {
    private var value = Value.zero
    private var isThere = false

    @inline(__always)
    mutating func add(_ next: Value) {
        if !isThere || Value.comes(value, before: next) { value = next }
        isThere = true
    }

    @inline(__always)
    mutating func addAll(_ source: Value.Source, _ count: Int) {
        if let greatest = Value.greatest(source, count) { return add(greatest) }
        for row in 0..<count { add(Value.read(source, row)) }
    }

    @inline(__always)
    var result: Value? { isThere ? value : nil }

    static var nothing: Value { .zero }
}

extension Accumulator {
    /// The least string, or the greatest. Strings stay where they are; the columns that hold them are kept alive.
    static func extremeText(isLeast: Bool) -> Accumulator {
        struct Best: BitwiseCopyable {
            var start: UnsafePointer<UInt8>?
            var count = 0
        }
        let states = GroupStates(Best())
        var kept: [Column] = []
        return Accumulator(
            add: { columns, groups in
                let to = states.grown(to: groups.count), numbers = groups.numbers
                if columns[0].nullCount == groups.rows { return }
                kept.append(columns[0])
                let source = TextSource(columns[0])
                columns[0].forEachValid { row in
                    let text = source[row], best = to + Int(numbers[row])
                    if let start = best.pointee.start {
                        let order = Text.order(text, Text(start, best.pointee.count))
                        if isLeast ? order >= 0 : order <= 0 { return }
                    }
                    best.pointee = Best(start: text.start, count: text.count)
                }
            },
            finish: { (groups) throws(EvaluationError) in
                let from = states.grown(to: groups)
                var sink = TextSink(count: groups, byteCount: groups * 8)
                for group in 0..<groups {
                    if let start = from[group].start { sink.append(Text(start, from[group].count)) }
                    if !sink.endRow() { throw .limit(operator: isLeast ? "min" : "max", row: nil, mark: 0) }
                }
                return withExtendedLifetime(kept) { sink.finish(validity: Bitmap.rows(groups) { from[$0].start != nil }) }
            })
    }
}
