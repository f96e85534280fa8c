// Several threads give what one gives: values, order, errors.
import Synchronization
import Testing

@testable import QueryFrames

@Suite("Workers")
struct WorkersTests {
    /// Threads that share out however few rows.
    static let three = Workers(3, leastRows: 0)

    @Test("a plan gives the same rows, bits and errors on one thread and on several", arguments: 1...60)
    func agree(seed: Int) throws {
        var random = RandomExpressions(seed: UInt64(seed))
        let data = random.data(rows: random.pick([0, 1, 7, 60, 200]))
        let layout = random.pick(Array(Layout.allCases))
        let frame = frame(data, layout)
        for transforms in try pipelines(&random, data) {
            guard let plan = try? Plan(transforms, schema: frame.schema) else { continue }
            let place: Comment = "seed \(seed), \(layout): \(transforms)"
            do throws(EvaluationError) {
                let alone = try plan.run(over: frame, workers: .one)
                let shared = try plan.run(over: frame, workers: WorkersTests.three)
                #expect(shared.count == alone.count, place)
                for column in alone.schema.fields.indices { #expect(same(shared.values(column), alone.values(column)), place) }
            } catch {
                #expect(throws: error, place) { try plan.run(over: frame, workers: WorkersTests.three) }
            }
        }
    }

    /// Pipelines that a step of every kind stands in, over random columns.
    private func pipelines(_ random: inout RandomExpressions, _ data: [Data]) throws -> [[Transform]] {
        let a = random.pick(data).name, b = random.pick(data).name, c = random.pick(data).name
        let other = frame(random.data(rows: 40))
        let projections = [
            projection("rows", call("count")), projection("distinct", call("count_distinct", name(c))),
            projection("first", call("first", name(c))), projection("least", call("min", name(c))),
        ]
        let keys = [SortKey(name(a).expression, descending: true), SortKey(name(b).expression, nullsFirst: true)]
        let derive = Transform.derive([projection("derived", random.expression(depth: 2))])
        var all: [[Transform]] = [
            [derive], [.where(unary(.not, call("is_null", name(a))).expression), derive], [.sort(keys)], [.distinct([])],
            [.distinct([name(a).expression])], [.distinct([name(a).expression, name(b).expression]), .skip(2)],
            [.summarize(projections, by: [projection(a)])], [.summarize(projections, by: [])],
            [.where(call("is_null", name(b)).expression), .take(3, by: [])], [.take(2, by: [name(a).expression]), derive],
            [.sort(keys), .take(5, by: [])], [.tail(4), derive], [.union(other)],
        ]
        if a != b { all.append([.summarize(projections, by: [projection(a), projection(b)]), .sort([SortKey(name("rows").expression)])]) }
        for kind in [JoinKind.inner, .left, .right, .full, .semi, .anti] { all.append([.join(kind, other, on: [JoinKey(a)])]) }
        return all
    }

    @Test("sums of floats are the same to the last bit, however many threads there are")
    func sums() throws {
        var random = SeededNumbers(seed: 11)
        let count = 400_000
        let values = FixedBuilder<Double>(.float64, capacity: count), groups = FixedBuilder<Int64>(.int64, capacity: count)
        for _ in 0..<count {
            values.append(.random(in: -1e9...1e9, using: &random))
            groups.append(.random(in: 0..<50, using: &random))
        }
        let schema = Schema([Field("x", .float64), Field("g", .int64)])
        let frame = Frame(schema: schema, columns: [values.finish(), groups.finish()])
        let aggregates = ["sum", "avg", "stddev", "median", "min", "max"].map { projection($0, call($0, name("x"))) }
        for by in [[], [projection("g")]] {
            let plan = try Plan([.summarize(aggregates, by: by)], schema: schema)
            let alone = try plan.run(over: frame, workers: .one)
            for workers in [2, 3, 8] {
                let shared = try plan.run(over: frame, workers: Workers(workers))
                for column in alone.schema.fields.indices { #expect(same(shared.values(column), alone.values(column))) }
            }
        }
    }

    @Test("long sorts are merged in order, and rows with equal keys keep theirs", arguments: [2, 3, 5])
    func sort(workers: Int) throws {
        var random = SeededNumbers(seed: UInt64(workers))
        let rows = 5_000
        let data = [
            Data.strings("s", (0..<rows).map { _ in ["a", "b", "a long one that is cut", nil].randomElement(using: &random) ?? nil }),
            Data.floats("f", (0..<rows).map { _ in [1.5, -0.0, 0.0, .nan, nil].randomElement(using: &random) ?? nil }),
            Data.ints("n", (0..<rows).map { Int64($0) }),
        ]
        for layout in Layout.allCases {
            let frame = frame(data, layout)
            let plan = try Plan(
                [.sort([SortKey(name("s").expression), SortKey(name("f").expression, descending: true)])], schema: frame.schema)
            let alone = try plan.run(over: frame, workers: .one)
            let shared = try plan.run(over: frame, workers: Workers(workers, leastRows: 0))
            #expect(same(shared.values("n"), alone.values("n")))
        }
    }

    @Test("the error of several threads names the row that one thread finds first")
    func error() throws {
        let frame = frame([.ints("a", (0..<90).map { $0 == 40 || $0 == 71 ? Int64.max : 0 })], .batches)
        let plan = try Plan(
            [
                .where(binary(name("a"), .greaterOrEqual, value(.int(0))).expression),
                .derive([projection("b", binary(name("a"), .add, value(.int(1))))]),
            ], schema: frame.schema)
        for workers in [Workers.one, WorkersTests.three] {
            let error = #expect(throws: EvaluationError.self) { try plan.run(over: frame, workers: workers) }
            #expect(error?.row == 41)
        }
        let enough = try Plan(
            [.derive([projection("b", binary(name("a"), .add, value(.int(1))))]), .take(39, by: [])], schema: frame.schema)
        #expect(try enough.run(over: frame, workers: WorkersTests.three).count == 39)
    }

    @Test("a cancelled run ends with an error on several threads too, and only the caller's thread is asked")
    func cancel() throws {
        let frame = frame([.ints("a", (0..<900).map { Int64($0 % 7) })], .batches)
        let steps: [[Transform]] = [
            [.where(binary(name("a"), .greater, value(.int(2))).expression)], [.sort([SortKey(name("a").expression)])],
            [.distinct([])], [.summarize([projection("n", call("count"))], by: [projection("a")])],
        ]
        for transforms in steps {
            let plan = try Plan(transforms, schema: frame.schema)
            for limit in [0, 1, 5] {
                var asked = 0
                #expect(throws: EvaluationError.cancelled) {
                    try plan.run(over: frame, workers: WorkersTests.three, isCancelled: { asked += 1; return asked > limit })
                }
            }
        }
    }

    @Test("pieces are done once each, by workers that are never the same at the same time")
    func pieces() {
        let done = Mutex(Array(repeating: 0, count: 1_000)), busy = Mutex(Array(repeating: false, count: 4))
        let isDone = Workers(4).perform(1_000) { piece, worker, _ in
            let wasBusy = busy.withLock { busy in
                defer { busy[worker] = true }
                return busy[worker]
            }
            done.withLock { $0[piece] += 1 }
            busy.withLock { $0[worker] = false }
            return !wasBusy
        }
        #expect(isDone)
        #expect(done.withLock { $0.allSatisfy { $0 == 1 } })
        #expect(!Workers(2).perform(10) { piece, _, _ in piece != 3 })
        #expect(Workers(0).count == 1)
        #expect(Workers.available.count >= 1)
    }
}
