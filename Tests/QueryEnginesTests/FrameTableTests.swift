// Frames as tables: every type there and back, batches, names, and the lookups that joins need.
import QueryEngines
import QueryFrames
import Testing

@Suite struct FrameTableTests {
    static let all = frame([
        ("i", .int64, [.int(1), .null, .int(.max)]),
        ("f", .float64, [.float(0.5), .float(-0.0), .null]),
        ("b", .bool, [.bool(true), .bool(false), .null]),
        ("s", .string, [.string("a"), .null, .string("é\u{0}z")]),
        ("d", .date, [.date(19_844), .null, .date(0)]),
        ("t", .timestamp(utc: true), [.timestamp(1_714_557_600_500_000, utc: true), .null, .timestamp(0, utc: true)]),
        ("z", .timestamp(utc: false), [.timestamp(1_714_557_600_000_001, utc: false), .null, .timestamp(-1_000_000, utc: false)]),
        ("u", .duration, [.duration(90), .null, .duration(-1)]),
        ("n", .null, [.null, .null, .null]),
    ])

    @Test("a frame comes back as it went in, with every type")
    func roundTrip() throws {
        let found = try run("select * from x", tables: ["x": .frame(FrameTableTests.all)])
        #expect(found.schema == FrameTableTests.all.schema)
        #expect(rows(found) == rows(FrameTableTests.all))
    }

    @Test("columns without a value keep the type of the table")
    func noRows() throws {
        let found = try run("select * from x where 0", tables: ["x": .frame(FrameTableTests.all)])
        #expect(found.schema == FrameTableTests.all.schema)
        #expect(found.count == 0)
    }

    @Test("dates and times are ISO texts in the statement")
    func text() throws {
        let found = try run("select d || '', t || '', z || '' , typeof(d) from x limit 1", tables: ["x": .frame(FrameTableTests.all)])
        #expect(types(found) == [.date, .timestamp(utc: true), .timestamp(utc: false), .string])
        let texts = try run("select d = '2024-05-01', t = '2024-05-01T10:00:00.500Z', z = '2024-05-01T10:00:00.000001' from x limit 1",
            tables: ["x": .frame(FrameTableTests.all)])
        #expect(rows(texts) == [[.int(1), .int(1), .int(1)]])
    }

    @Test("a date compares with a part of one as a text, never as a number")
    func dateAffinity() throws {
        let found = try run("select count(*) from x where d >= '2024' and d < '2025'", tables: ["x": .frame(FrameTableTests.all)])
        #expect(rows(found) == [[.int(1)]])
    }

    @Test("many dates of few days are the same as few of many")
    func manyDates() throws {
        let days: [Scalar] = (0..<5_000).map { $0 % 7 == 3 ? .null : .date(Int32($0 % 400) - 200) }
        let found = try run("select d, d || '' from x", tables: ["x": .frame(frame([("d", .date, days)]))])
        #expect(types(found) == [.date, .date])
        #expect(rows(found).map { $0[0] } == days)
        #expect(rows(found).map { $0[1] } == days)
        let count = try run("select count(*) from x where d = '1970-01-01'", tables: ["x": .frame(frame([("d", .date, days)]))])
        #expect(rows(count) == [[.int(Int64(days.count { $0 == .date(0) }))]])
    }

    @Test("times compare as times, whatever their fraction")
    func timeOrder() throws {
        let base: Int64 = 1_714_557_600_000_000
        let times = frame([("t", .timestamp(utc: true), [base + 500_000, base, base + 1_000_000, base + 250].map { .timestamp($0, utc: true) })])
        let sorted = try run("select t from x order by t", tables: ["x": .frame(times)])
        #expect(rows(sorted).map { $0[0] } == [base, base + 250, base + 500_000, base + 1_000_000].map { .timestamp($0, utc: true) })
        let from = try run("select count(*) from x where t > ?1", [.timestamp(base, utc: true)], tables: ["x": .frame(times)])
        #expect(rows(from) == [[.int(3)]])
        let literal = try run("select count(*) from x where t >= '2024-05-01 10:00:00'", tables: ["x": .frame(times)])
        #expect(rows(literal) == [[.int(4)]])
    }

    @Test("rows come in the order of the batches, and so do row ids")
    func batches() throws {
        let frame = ints("i", [[1, 2], [nil], [3, 4, 5]])
        let found = try run("select rowid, i from x", tables: ["x": .frame(frame)])
        #expect(rows(found) == [[.int(1), .int(1)], [.int(2), .int(2)], [.int(3), .null], [.int(4), .int(3)], [.int(5), .int(4)], [.int(6), .int(5)]])
    }

    @Test("more rows than a batch holds come back in batches")
    func largeResult() throws {
        let found = try run("with recursive n(i) as (select 1 union all select i + 1 from n where i < 150000) select i, 't' || i from n")
        #expect(found.count == 150_000)
        #expect(found.batches.map(\.count) == [65_536, 65_536, 18_928])
        #expect(found.scalar(row: 149_999, column: 1) == .string("t150000"))
        #expect(found.scalar(row: 65_536, column: 0) == .int(65_537))
    }

    @Test("a join of two frames finds each row's partners by value", arguments: [
        "select a.k, b.v from a join b on b.k = a.k order by a.k, b.v",
        "select a.k, b.v from b cross join a on a.k = b.k order by a.k, b.v",
        "select a.k, b.v from a cross join b on b.k = a.k order by a.k, b.v",
    ])
    func joins(_ text: String) throws {
        let a = ints("k", [[1, 2], [3, nil, 5]])
        let b = frame([("k", .int64, [.int(2), .int(5), .int(2), .null]), ("v", .string, [.string("x"), .string("y"), .string("z"), .string("w")])])
        let found = try run(text, tables: ["a": .frame(a), "b": .frame(b)])
        #expect(rows(found) == [[.int(2), .string("x")], [.int(2), .string("z")], [.int(5), .string("y")]])
    }

    @Test("a join of large frames does not read one of them for each row of the other")
    func largeJoin() throws {
        let many = ints("k", [Array(0..<60_000).map { Int64($0) }, Array(60_000..<120_000).map { Int64($0) }])
        let found = try run("select count(*), sum(a.k) from a join b on a.k = b.k", tables: ["a": .frame(many), "b": .frame(many)])
        #expect(rows(found) == [[.int(120_000), .int(7_199_940_000)]])
    }

    /// Every kind of column against every kind of value, looked up twice so that the index is used.
    @Test("an equality finds the same rows by index as by reading them all", arguments: [
        "1", "1.0", "1.5", "'1'", "'a'", "'2024-05-01'", "'2024-05-01T10:00:00.500Z'", "'2024-05-01 10:00:00.5'", "null", "-0.0", "0",
        "9223372036854775807", "9.2233720368547758e18", "x'61'", "90", "'é'", "true",
    ])
    func equality(_ value: String) throws {
        for name in FrameTableTests.all.schema.names {
            let lookup = "select (select group_concat(rowid) from x where x.\(name) = w.v) from"
            // The first lookup of a run reads every row, the second builds the index.
            let scanned = try run("\(lookup) (select \(value) as v) w", tables: ["x": .frame(FrameTableTests.all)])
            let indexed = try run("\(lookup) (select \(value) as v union all select \(value)) w", tables: ["x": .frame(FrameTableTests.all)])
            #expect(rows(indexed) == rows(scanned) + rows(scanned), "\(name) = \(value)")
        }
    }

    @Test("an index does not reorder what `in` finds")
    func inOrder() throws {
        let found = try run("select i from x where i in (5, 1, 3)", tables: ["x": .frame(ints("i", [[3, 1], [2, 5]]))])
        #expect(rows(found) == [[.int(3)], [.int(1)], [.int(5)]])
    }

    @Test("dictionary text is text")
    func dictionary() throws {
        let indices = FixedBuilder<Int32>(.date)
        for index: Int32 in [1, 0, 1] { indices.append(index) }
        indices.appendNull()
        let built = indices.finish()
        guard case .fixed(let buffer) = built.storage else { return }
        let column = Column(
            type: .string, count: 4, validity: built.validity,
            storage: .dictionary(indices: buffer, values: QueryEnginesTests.column(.string, [.string("EU"), .string("US")])))
        let frame = Frame(schema: Schema([Field("r", .string)]), columns: [column])
        let found = try run("select r, count(*) from x group by r order by r", tables: ["x": .frame(frame)])
        #expect(rows(found) == [[.null, .int(1)], [.string("EU"), .int(1)], [.string("US"), .int(2)]])
    }

    @Test("names of any kind work, and those that differ by case alone are told apart")
    func names() throws {
        let odd = frame([
            ("a", .int64, [.int(1)]), ("A", .int64, [.int(2)]), ("Total \"Revenue\"", .int64, [.int(3)]), ("select", .int64, [.int(4)]), ("", .int64, [.int(5)]),
        ])
        let found = try run("select * from \"my table; \"", tables: ["my table; ": .frame(odd)])
        #expect(found.schema.names == ["a", "A_2", "Total \"Revenue\"", "select", ""])
        #expect(rows(found) == [[.int(1), .int(2), .int(3), .int(4), .int(5)]])
    }

    @Test("a frame without columns still has rows")
    func noColumns() throws {
        let frame = Frame(schema: Schema([]), batches: [RecordBatch(count: 3, columns: [])])
        #expect(rows(try run("select count(*) from x", tables: ["x": .frame(frame)])) == [[.int(3)]])
    }

    @Test("an empty frame has no rows, in a join too")
    func emptyFrame() throws {
        let tables: [String: EngineTable] = ["x": .frame(ints("i", [])), "y": .frame(ints("i", [[1, 2]]))]
        #expect(rows(try run("select count(*) from x", tables: tables)) == [[.int(0)]])
        #expect(rows(try run("select count(*) from y join x on x.i = y.i", tables: tables)) == [[.int(0)]])
    }

    @Test("more columns than SQLite takes is a limit")
    func manyColumns() {
        let wide = frame((0..<2_001).map { ("c\($0)", .int64, [.int(1)]) })
        guard case .limit = failure({ () throws(EngineError) in try run("select 1 from x", tables: ["x": .frame(wide)]) }) else {
            Issue.record("no limit")
            return
        }
    }

    @Test("a table is asked for only when the statement names it, and under any case")
    func asked() throws {
        #expect(rows(try run("select 'x' as x")) == [[.string("x")]])
        let engine = SQLiteEngine()
        let found = try engine.prepare(EngineStatement(text: "select count(*) from ORDERS a, Orders b")) { name in
            name == "ORDERS" ? .frame(ints("i", [[1, 2]])) : nil
        }.run()
        #expect(rows(found) == [[.int(4)]])
    }

    @Test("a table nobody offers is named")
    func unknown() {
        guard case .unknownTable(let name) = failure({ () throws(EngineError) in try run("select * from nowhere") }) else {
            Issue.record("found")
            return
        }
        #expect(name == "nowhere")
    }

    @Test("whoever fails to bring a table is heard")
    func failing() {
        struct Broken: Error {}
        let run = SQLiteEngine().prepare(EngineStatement(text: "select * from x")) { _ in throw Broken() }
        guard case .tableFailed(let name, let error) = failure({ () throws(EngineError) in try run.run() }) else {
            Issue.record("ran")
            return
        }
        #expect(name == "x")
        #expect(error is Broken)
    }
}
