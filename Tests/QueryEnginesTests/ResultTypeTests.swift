// The types that results get from their values.
import QueryEngines
import QueryFrames
import TestSupport
import Testing

@Suite struct ResultTypeTests {
    /// Runs `select v from (values ...)`.
    private func values(_ list: String) throws -> (DataType, [Scalar]) {
        let found = try run("select column1 from (values \(list.split(separator: ";").map { "(\($0))" }.joined(separator: ",")))")
        return (types(found)[0], rows(found).map { $0[0] })
    }

    @Test("each kind of value has its type")
    func kinds() throws {
        #expect(try values("1;null;-9223372036854775808") == (.int64, [.int(1), .null, .int(.min)]))
        #expect(try values("0.5;null") == (.float64, [.float(0.5), .null]))
        #expect(try values("'a';null;''") == (.string, [.string("a"), .null, .string("")]))
        #expect(try values("null;null") == (.null, [.null, .null]))
    }

    @Test("integers and reals are floats where no integer loses by it")
    func mixedNumbers() throws {
        #expect(try values("1;0.5;null") == (.float64, [.float(1), .float(0.5), .null]))
        #expect(try values("9007199254740993;0.5") == (.string, [.string("9007199254740993"), .string("0.5")]))
    }

    @Test("numbers among texts are texts, written as they are")
    func mixedText() throws {
        #expect(try values("1;'a';null;2.5;'bc';7;8") == (.string, [
            .string("1"), .string("a"), .null, .string("2.5"), .string("bc"), .string("7"), .string("8"),
        ]))
    }

    @Test("texts that are all dates are dates")
    func dates() throws {
        #expect(try values("'2024-05-01';null;'0001-01-01'") == (.date, [.date(19_844), .null, .date(-719_162)]))
        #expect(try values("'2024-05-01';'2024-02-30'").0 == .string)
        #expect(try values("'2024-05-01';'2024-05-01T10:00:00'").0 == .string)
    }

    @Test("texts that are all times of one kind are timestamps")
    func timestamps() throws {
        #expect(try values("'2024-05-01T10:00:00Z';'2024-05-01 10:00:00.5Z'") == (
            .timestamp(utc: true), [.timestamp(1_714_557_600_000_000, utc: true), .timestamp(1_714_557_600_500_000, utc: true)]))
        #expect(try values("'2024-05-01T10:00:00';null") == (.timestamp(utc: false), [.timestamp(1_714_557_600_000_000, utc: false), .null]))
        #expect(try values("'2024-05-01T10:00:00';'2024-05-01T10:00:00Z'").0 == .string)
    }

    @Test("a kind that changes in a later batch changes the whole column, exactly")
    func lateChange() throws {
        let found = try run("""
            with recursive n(i) as (select 1 union all select i + 1 from n where i < 70000)
            select i, case when i = 70000 then 'x' else i end, case when i = 70000 then 0.5 else i end, case when i = 70000 then i end from n
            """)
        #expect(types(found) == [.int64, .string, .float64, .int64])
        #expect(found.scalar(row: 0, column: 1) == .string("1"))
        #expect(found.scalar(row: 69_999, column: 1) == .string("x"))
        #expect(found.scalar(row: 3, column: 2) == .float(4))
        #expect(found.scalar(row: 3, column: 3) == .null)
        #expect(found.scalar(row: 69_999, column: 3) == .int(70_000))
    }

    @Test("blobs are bytes; among other values they are text where all are UTF-8, else hexadecimal")
    func blobs() throws {
        #expect(try values("x'6162';x''") == (.binary, [.binary([0x61, 0x62]), .binary([])]))
        #expect(try values("x'6162';'c'") == (.string, [.string("ab"), .string("c")]))
        #expect(try values("x'6162';x'ff00';'c';1") == (.string, [.string("6162"), .string("FF00"), .string("c"), .string("1")]))
    }

    @Test("a text that is not UTF-8 names its column", arguments: [
        "cast(x'ff' as text)", "cast(x'c3' as text) as a union all select cast(x'a9' as text)", "cast(x'ff' as text) as a union all select x'00'",
    ])
    func invalidText(_ text: String) {
        let error = failure { () throws(EngineError) in try run("select \(text.contains(" as a") ? text : text + " as a")") }
        guard case .invalidText(let column) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(column == "a")
    }

    @Test("columns of one name are told apart")
    func names() throws {
        #expect(try run("select 1 as a, 2 as a, 3 as a_2, 4 as a").schema.names == ["a", "a_3", "a_2", "a_4"])
    }

    @Test("a column declared BOOLEAN is bool while it holds 0 and 1 alone")
    func booleans() throws {
        let folder = try ScratchFolder()
        let path = try makeDatabase(folder.path("b.db"), "create table t (a boolean, b boolean, c varchar(9), e text); insert into t values (1, 2, null, null), (0, 1, null, null)")
        let found = try run("select * from t", tables: ["t": .database(path: path, table: "t")])
        #expect(types(found) == [.bool, .int64, .string, .string])
    }

    @Test("parameters of every kind are bound as the values they are")
    func parameters() throws {
        let found = try run("select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, typeof(?2)", [
            .null, .bool(true), .int(-1), .float(0.1), .string("x"), .date(19_844), .timestamp(0, utc: true), .duration(5),
        ])
        #expect(rows(found) == [[
            .null, .int(1), .int(-1), .float(0.1), .string("x"), .date(19_844), .timestamp(0, utc: true), .int(5), .string("integer"),
        ]])
        guard case .parameterType(1, "list") = failure({ () throws(EngineError) in try run("select ?1", [.list([])]) }) else {
            Issue.record("bound")
            return
        }
    }
}
