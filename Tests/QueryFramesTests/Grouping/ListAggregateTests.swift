// Aggregates of lists, compared with what `summarize` gives of a column of the same values.
import Testing

@testable import QueryFrames

@Suite("Aggregates of lists")
struct ListAggregateTests {
    private func apply(_ name: String, _ values: [Scalar], _ others: Scalar...) throws -> Scalar {
        let row = try #require(Aggregates.row(named: name))
        return try row.apply(values, others, mark: 3)
    }

    private func fault(_ name: String, _ values: [Scalar], _ others: Scalar...) -> EvaluationError? {
        do throws(EvaluationError) {
            _ = try Aggregates.row(named: name)?.apply(values, others, mark: 3)
            return nil
        } catch {
            return error
        }
    }

    @Test("ints beside floats are floats, and nulls do not count")
    func mixed() throws {
        #expect(try apply("sum", [.int(1), .float(2.5), .null]) == .float(3.5))
        #expect(try apply("max", [.date(3), .timestamp(0, utc: false)]) == .timestamp(3 * 86_400_000_000, utc: false))
        #expect(try apply("median", [.int(1), .int(2)]) == .float(1.5))
        #expect(try apply("quantile", [.int(0), .int(10)], .float(0.25)) == .float(2.5))
    }

    @Test("a sum of ints that 64 bits cannot hold is a decimal")
    func wide() throws {
        #expect(try apply("sum", [.int(.max), .int(1)]) == .decimal(Decimal128(unscaled: 1 << 63, scale: 0)))
    }

    @Test("a list without values has a count and a list, and nothing else")
    func empty() throws {
        #expect(try apply("list", []) == .list([]))
        #expect(try apply("list", [.null, .null]) == .list([.null, .null]))
        for row in Aggregates.rows where row.arity.contains(1) && row.name != "list" {
            let expected: Scalar = row.name.hasPrefix("count") ? .int(0) : .null
            #expect(try apply(row.name, []) == expected, "\(row.name)")
            #expect(try apply(row.name, [.null, .null]) == expected, "\(row.name)")
        }
    }

    @Test("what an aggregate does not take is an error that names it")
    func faults() {
        #expect(
            fault("sum", [.string("a")])
                == .plan(.argumentType(function: "sum", index: 0, expected: "number or duration", found: "string", mark: 3)))
        #expect(
            fault("count", [.string("a"), .int(1)])
                == .plan(.argumentType(function: "count", index: 0, expected: "list whose values have one type", found: "list", mark: 3)))
        #expect(fault("quantile", [.int(1)]) == .plan(.argumentCount(function: "quantile", usage: "quantile(x, p)", found: 1, mark: 3)))
    }

    @Test("a list longer than a batch is one list")
    func long() throws {
        let count = RecordBatch.rows * 2 + 5
        let values = (0..<count).map { Scalar.int(Int64($0)) }
        #expect(try apply("sum", values) == .int(Int64(count * (count - 1) / 2)))
        #expect(try apply("last", values) == .int(Int64(count - 1)))
        #expect(try apply("median", values) == .float(Double(count - 1) / 2))
        #expect(try apply("count_distinct", values) == .int(Int64(count)))
    }

    @Test("for any column a list of its values gives what summarize gives", arguments: 1...40)
    func agree(seed: Int) throws {
        var random = RandomExpressions(seed: UInt64(seed))
        for source in random.data(rows: random.pick([0, 1, 7, 60, 200])) {
            for row in Aggregates.rows where row.name != "quantile" {
                let plan: Plan
                do {
                    plan = try Plan([.summarize([projection("r", call(row.name, name(source.name)))], by: [])], schema: frame([source]).schema)
                } catch {
                    #expect(source.values.allSatisfy { $0 == .null } || fault(row.name, source.values) != nil, "seed \(seed): \(row.name)(\(source.name))")
                    continue
                }
                do {
                    let expected = try plan.run(over: frame([source])).values("r")
                    #expect(same(try apply(row.name, source.values), expected[0]), "seed \(seed): \(row.name)(\(source.name))")
                } catch {
                    #expect(fault(row.name, source.values) != nil, "seed \(seed): \(row.name)(\(source.name))")
                }
            }
        }
    }
}
