// Plans under a budget: each ends with its rows or with one clean error, and everything is given back.
import Testing

@testable import QueryFrames

@Suite("Memory budgets")
struct MemoryBudgetTests {
    /// 40,000 rows of a number, a text of nine bytes and a group.
    static let rows: Frame = {
        let schema = Schema([Field("n", .int64), Field("s", .string), Field("g", .int64)])
        let batches = (0..<4).map { batch in
            RecordBatch(count: 10_000, columns: [
                Column(.int64, (0..<10_000).map { .int(Int64(batch * 10_000 + $0)) }),
                Column(.string, (0..<10_000).map { .string("row \(10_000 + $0)") }),
                Column(.int64, (0..<10_000).map { .int(Int64($0 % 100)) }),
            ])
        }
        return Frame(schema: schema, batches: batches)
    }()

    private static func derive(_ name: String, _ expression: Sample) -> Transform {
        .derive([Projection(name: name, expression: expression.expression)])
    }

    private static let count = Transform.summarize([Projection(name: "rows", expression: call("count").expression)], by: [])

    /// Plans that take much, by name, and the most rows of the frame that they are run over.
    static let plans: [(name: String, transforms: [Transform], rows: Int)] = [
        ("sort", [.sort([SortKey(name("s").expression), SortKey(name("n").expression, descending: true)])], 40_000),
        ("join", [.join(.cross, Frame(schema: Schema([Field("m", .int64)]), columns: [Column(.int64, (0..<50).map { .int($0) })]), on: [])], 10_000),
        ("join", [.join(.inner, rows, on: [JoinKey("n")])], 40_000),
        ("derive", [derive("long", call("pad_left", name("s"), value(.int(50))))], 40_000),
        ("derive", [derive("long", call("pad_left", name("s"), value(.int(100_000))))], 20),
        ("derive", (0..<40).map { derive("c\($0)", binary(name("n"), .add, value(.int(Int64($0))))) }, 40_000),
        ("distinct", [.distinct([name("n").expression, name("s").expression])], 40_000),
        ("summarize", [.summarize([Projection(name: "c", expression: call("count").expression)], by: [Projection(name: "k", expression: binary(name("s"), .add, name("s")).expression)])], 40_000),
        ("unpivot", [.select(["n", "g"].map { Projection(name: $0, expression: name($0).expression) }), .unpivot([ColumnName("n"), ColumnName("g")], name: ColumnName("name"), value: ColumnName("value"))], 40_000),
        ("derive", [derive("total", window("cumsum", name("n"), by: [name("g")]))], 40_000),
        ("tail", [.tail(30_000)], 40_000),
        ("sort", [derive("long", call("upper", name("s"))), .sort([SortKey(name("long").expression)]), .take(10, by: []), count], 40_000),
    ]

    @Test("a plan gives its rows or stops with the one error, and gives all memory back", arguments: plans.indices)
    func sweep(index: Int) throws {
        let (name, transforms, most) = Self.plans[index]
        let frame = Frame(schema: Self.rows.schema, batches: Self.rows.batches.flatMap { batch in
            most >= Self.rows.count ? [batch] : batch.columns[0].scalar(0) == .int(0) ? [batch.slice(0, most)] : []
        })
        let plan = try Plan(transforms, schema: frame.schema)
        let free = MemoryBudget(limit: .max)
        let whole = try MemoryBudget.$current.withValue(free) { try plan.run(over: frame).count }
        #expect(free.used == 0)
        #expect(free.peak > 0 || name == "tail")
        var stopped = 0
        for part in [0, 1, 5, 20, 50, 80, 95, 100] {
            let budget = MemoryBudget(limit: free.peak / 100 * part)
            MemoryBudget.$current.withValue(budget) {
                do throws(EvaluationError) {
                    #expect(try plan.run(over: frame).count == whole)
                } catch {
                    stopped += 1
                    guard case .memory(_, _, let limit, _) = error else {
                        Issue.record("\(name) with \(part) % stopped with \(error)")
                        return
                    }
                    #expect(limit == budget.limit)
                }
            }
            #expect(budget.used == 0, "\(name) with \(part) %")
            #expect(budget.peak <= budget.limit + max(free.peak / 2, 8 << 20), "\(name) with \(part) % went on to \(budget.peak)")
        }
        #expect(stopped > 0 || name == "tail")
        #expect(try plan.run(over: frame).count == whole)
    }

    @Test("a text that may not grow is refused before it is there, with its row")
    func refusedText() throws {
        let plan = try Plan([Self.derive("long", call("pad_left", name("s"), value(.int(4_000_000))))], schema: Self.rows.schema)
        let budget = MemoryBudget(limit: 9 << 20)
        let error = MemoryBudget.$current.withValue(budget) {
            do throws(EvaluationError) {
                _ = try plan.run(over: Self.rows)
                return nil as EvaluationError?
            } catch {
                return error
            }
        }
        guard case .memory("pad_left", let row?, 9 << 20, _) = error else {
            Issue.record("stopped with \(String(describing: error))")
            return
        }
        #expect((1...3).contains(row))
        #expect(budget.peak <= 10 << 20)
        #expect(budget.used == 0)
    }

    @Test("a budget counts what lives, on whatever thread it was made and freed")
    func counting() {
        let budget = MemoryBudget(limit: 1 << 20)
        var column: Column? = MemoryBudget.$current.withValue(budget) { Column(.int64, [.int(1), .int(2)]) }
        #expect(column?.count == 2)
        let used = budget.used
        #expect(used >= 16 && used <= budget.peak)
        _ = Column(.int64, [.int(3)])
        #expect(budget.used == used)
        column = nil
        #expect(budget.used == 0 && budget.peak >= used)
        let carried = MemoryBudget.$current.withValue(budget) { MemoryBudget.carried { MemoryBudget.current === budget } }
        #expect(MemoryBudget.current == nil && carried())
    }

    @Test("what is asked for beforehand is refused where it is too much, also by the system")
    func asking() {
        let budget = MemoryBudget(limit: 1_000)
        #expect(budget.allows(1_000) && !budget.allows(1_001) && !budget.allows(.max))
        #expect(!MemoryBudget(limit: .max).allows(1 << 60))
    }
}
