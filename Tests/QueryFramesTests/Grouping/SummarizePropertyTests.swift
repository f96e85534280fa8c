// Summaries of random frames, compared with dictionaries of rows.
import Testing

@testable import QueryFrames

@Suite("Summaries and dictionaries agree")
struct SummarizePropertyTests {
    @Test("for any keys and any column", arguments: 1...40)
    func agree(seed: Int) throws {
        var random = RandomExpressions(seed: UInt64(seed))
        let data = random.data(rows: random.pick([0, 1, 7, 60, 200]))
        let keys = (0..<random.pick([0, 1, 1, 2, 3])).map { _ in random.pick(data).name }
        let unique = keys.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let source = random.pick(data)
        let layout = random.pick(Array(Layout.allCases))
        let frame = frame(data, layout)

        var groups: [NaiveKey: Int] = [:]
        var members: [[Scalar]] = unique.isEmpty ? [[]] : []
        var first: [[Scalar]] = unique.isEmpty ? [[]] : []
        let columns = unique.compactMap { key in data.first { $0.name == key } }
        for row in source.values.indices {
            let key = columns.map { $0.values[row] }
            let group = unique.isEmpty ? 0 : groups[NaiveKey(key), default: members.count]
            if group == members.count {
                groups[NaiveKey(key)] = group
                members.append([])
                first.append(key)
            }
            members[group].append(source.values[row])
        }
        for (aggregate, expected) in SummarizePropertyTests.aggregates(of: source.type) {
            let sample = aggregate == "rows" ? call("count") : call(aggregate, name(source.name))
            let plan = try Plan([.summarize([projection("result", sample)], by: unique.map { projection($0) })], schema: frame.schema)
            let place: Comment = "seed \(seed): \(aggregate)(\(source.name)) by \(unique), \(layout)"
            var wanted = members.map(expected)
            // One sum that needs more than 64 bits makes decimals of all.
            if source.type == .int64, wanted.contains(where: { $0?.typeName == "decimal" }) {
                wanted = wanted.map { if case .int(let value) = $0 { .decimal(Decimal128(value)) } else { $0 } }
            }
            if wanted.contains(nil) {
                #expect(throws: EvaluationError.self, place) { try plan.run(over: frame) }
                continue
            }
            let result = try plan.run(over: frame)
            #expect(same(result.values("result"), wanted.compactMap { $0 }), place)
            for (index, key) in unique.enumerated() { #expect(same(result.values(key), first.map { $0[index] }), place) }
        }
    }

    /// The aggregates that take the type, and what each gives for the values of a group; nil for an overflow.
    static func aggregates(of type: DataType) -> [(String, ([Scalar]) -> Scalar?)] {
        func least(_ values: [Scalar], _ comes: (Scalar, Scalar) -> Bool) -> Scalar {
            values.filter { $0 != .null }.reduce(.null) { $0 == .null || comes($1, $0) ? $1 : $0 }
        }
        var all: [(String, ([Scalar]) -> Scalar?)] = [
            ("rows", { .int(Int64($0.count)) }),
            ("count", { .int(Int64($0.count { $0 != .null })) }),
            ("count_distinct", { .int(Int64(Set($0.filter { $0 != .null }.map(\.keyBytes)).count)) }),
            ("min", { least($0) { naivelyComes($0, before: $1) } }),
            ("max", { least($0) { naivelyComes($1, before: $0) } }),
            ("first", { $0.first ?? .null }),
            ("last", { $0.last ?? .null }),
        ]
        switch type {
        case .int64:
            all.append(("sum", { values in
                let ints = values.compactMap { if case .int(let value) = $0 { Int128(value) } else { nil } }
                if ints.isEmpty { return .null }
                let sum = ints.reduce(0, +)
                return Int64(exactly: sum).map { .int($0) } ?? .decimal(Decimal128(unscaled: sum, scale: 0))
            }))
        case .decimal(let scale):
            all.append(("sum", { values in
                let numbers = values.compactMap { if case .decimal(let value) = $0 { value.unscaled } else { nil } }
                if numbers.isEmpty { return .null }
                // In two parts, neither of which can be too large.
                let unit: Int128 = 10_000_000_000_000_000_000
                var high = numbers.reduce(0) { $0 + $1 / unit }
                let low = numbers.reduce(0) { $0 + $1 % unit }
                high += low / unit
                let (sum, overflow) = high.multipliedReportingOverflow(by: unit)
                if overflow || sum.magnitude > Decimal128.limit + Decimal128.limit / 2 { return nil }
                let total = sum + low % unit
                return total.magnitude < Decimal128.limit ? .decimal(Decimal128(unscaled: total, scale: scale)) : nil
            }))
        case .float64:
            func floats(_ values: [Scalar]) -> [Double] { values.compactMap { if case .float(let value) = $0 { value } else { nil } } }
            all.append(("sum", { floats($0).isEmpty ? .null : .float(floats($0).reduce(0, +)) }))
            all.append(("avg", { floats($0).isEmpty ? .null : .float(floats($0).reduce(0, +) / Double(floats($0).count)) }))
            all.append(("median", { values in
                let sorted = floats(values).sorted { $0 < $1 || ($1.isNaN && !$0.isNaN) }
                if sorted.isEmpty { return .null }
                let low = sorted[(sorted.count - 1) / 2], high = sorted[sorted.count / 2]
                // One zero, whose sign nobody asks for.
                return .float((low == high || sorted.count % 2 == 1 ? low : low + (high - low) * 0.5) + 0.0)
            }))
        default: break
        }
        return all
    }
}
