import CSQLite
import QueryFormats
import QueryFrames
import Testing

@Suite("sql")
struct SQLTests {
    private static let frame = makeFrame([
        ("name", .string, [.string("it's"), .null]), ("n", .int64, [.int(-5), .int(.min)]), ("f", .float64, [.float(0.1), .float(.infinity)]),
        ("ok", .bool, [.bool(true), .null]), ("p", .decimal(scale: 2), [.decimal(Decimal128(unscaled: 1_250, scale: 2)), .null]),
        ("d", .date, [.date(19_844), .null]), ("at", .timestamp(utc: true), [.timestamp(1_714_557_600_250_000, utc: true), .null]),
        ("t", .duration, [.duration(-5_400_000_001), .null]), ("b", .binary, [.binary([0, 255]), .null]), ("j", .json, [.json("{\"a\":1}"), .null]),
    ])

    private func sql(_ frame: Frame, _ dialect: String, table: String = "t") throws -> String {
        try write("sql", frame, ["dialect": .string(dialect), "table": .string(table)])
    }

    @Test("the standard's types and literals")
    func ansi() throws {
        #expect(
            try sql(Self.frame, "ansi") == """
                create table "t" (
                  "name" varchar,
                  "n" bigint,
                  "f" double precision,
                  "ok" boolean,
                  "p" decimal(38, 2),
                  "d" date,
                  "at" timestamp(6) with time zone,
                  "t" interval second(13, 6),
                  "b" blob,
                  "j" varchar
                );
                insert into "t" ("name", "n", "f", "ok", "p", "d", "at", "t", "b", "j") values
                ('it''s', -5, 0.1, true, 12.50, date '2024-05-01', timestamp '2024-05-01 10:00:00.250+00:00', \
                interval '-5400.000001' second(13, 6), X'00FF', '{"a":1}'),
                (null, -9223372036854775808, null, null, null, null, null, null, null, null);

                """)
    }

    @Test(
        "each dialect has its own",
        arguments: [
            (
                "postgres",
                """
                ('it''s', -5, 0.1, true, 12.50, date '2024-05-01', timestamp with time zone '2024-05-01 10:00:00.250+00:00', \
                interval '-5400.000001 seconds', decode('00FF', 'hex'), '{"a":1}'),
                (null, -9223372036854775808, 'Infinity', null,
                """
            ),
            (
                "mysql",
                """
                ('it''s', -5, 0.1, true, 12.50, date '2024-05-01', timestamp '2024-05-01 10:00:00.250', -5400000001, X'00FF', '{"a":1}'),
                (null, -9223372036854775808, null, null,
                """
            ),
            (
                "sqlite",
                """
                ('it''s', -5, 0.1, true, '12.50', '2024-05-01', '2024-05-01T10:00:00.250Z', -5400000001, X'00FF', '{"a":1}'),
                (null, -9223372036854775808, 9e999, null,
                """
            ),
        ])
    func dialects(_ dialect: String, _ part: String) throws {
        let text = try sql(Self.frame, dialect)
        #expect(text.contains(" values\n" + part), "\(text)")
    }

    @Test(
        "a string is that string, whatever the settings of its reader",
        arguments: [
            ("ansi", "a\\'b", "'a\\''b'"), ("postgres", "a\\'b", "E'a\\\\''b'"), ("mysql", "a\\'b", "_utf8mb4 X'615C2762'"), ("sqlite", "a\\'b", "'a\\''b'"),
            ("mysql", "it's", "'it''s'"), ("postgres", "'; drop table t; --", "'''; drop table t; --'"), ("sqlite", "a\0b", "cast(X'610062' as text)"),
            ("mysql", "a\0b", "_utf8mb4 X'610062'"), ("ansi", "a\nb", "'a\nb'"),
        ])
    func strings(_ dialect: String, _ text: String, _ literal: String) throws {
        let written = try sql(makeFrame([("a", .string, [.string(text)])]), dialect)
        #expect(written.hasSuffix(" values\n(\(literal));\n"), "\(written)")
    }

    @Test("what a dialect cannot hold is refused with its place")
    func refused() throws {
        let nul = makeFrame([("a", .string, [.null, .string("\0")])])
        for dialect in ["ansi", "postgres"] {
            #expect(formatError { try sql(nul, dialect) } == .unwritable(format: "sql", column: "a", row: 2, .character(0)))
        }
        let far = try #require(CivilDate(year: 9999, month: 12, day: 31)).days + 1
        #expect(formatError { try sql(makeFrame([("d", .date, [.date(far)])]), "mysql") } == .unwritable(format: "sql", column: "d", row: 1, .year))
        #expect(formatError { try sql(makeFrame([("a\0", .date, [])]), "sqlite") } == .unwritable(format: "sql", column: "a\0", row: nil, .character(0)))
        let twice = makeFrame([("a", .int64, []), ("A", .int64, [])])
        #expect(formatError { try sql(twice, "sqlite") } == .sameNames(format: "sql", dialect: "sqlite", first: "a", second: "A"))
        #expect(formatError { try sql(twice, "postgres") } == nil)
    }

    @Test("names are quoted, a table need not be made, and no columns are no table")
    func shapes() throws {
        let frame = makeFrame([("a\"b`c", .int64, [.int(1)])])
        #expect(try sql(frame, "ansi", table: "x\"y").hasPrefix("create table \"x\"\"y\" (\n  \"a\"\"b`c\" bigint\n);\n"))
        #expect(try sql(frame, "mysql", table: "x").hasPrefix("create table `x` (\n  `a\"b``c` bigint\n);\n"))
        #expect(try write("sql", frame, ["create": .bool(false)]) == "insert into \"data\" (\"a\"\"b`c\") values\n(1);\n")
        #expect(try write("sql", makeFrame([("a", .int64, [])])) == "create table \"data\" (\n  \"a\" bigint\n);\n")
        #expect(try write("sql", Frame(schema: Schema([]), columns: [])) == "-- a table without columns\n")
    }

    @Test("several frames are a table each")
    func several() throws {
        let sink = MemorySink()
        let make = try #require(Formats.row(named: "sql")?.writeSeveral)
        let frame = makeFrame([("x", .int64, [.int(1)])])
        try make(sink, FormatOptions()).write([NamedFrame("a", frame), NamedFrame("b", frame)], .one)
        #expect(
            sink.text == """
                create table "a" (
                  "x" bigint
                );
                insert into "a" ("x") values
                (1);
                create table "b" (
                  "x" bigint
                );
                insert into "b" ("x") values
                (1);

                """)
    }

    @Test("SQLite runs it, and has the same values then")
    func executed() throws {
        let texts = ["it's", "", "a\\b", "'; drop table t; --", "a\nb\r\n", "a\0b", "é😀", "/* */", "?1", "null"]
        let count = 1_203
        let names = (0..<count).map { Scalar.string(texts[$0 % texts.count]) }
        let ints = (0..<count).map { (index: Int) -> Scalar in index % 7 == 0 ? .null : .int(Int64.max / Int64(index)) }
        let floats = (0..<count).map { Scalar.float(Double($0) / 8 - 20) }
        let large = Int128(Int64.max) * 1_000
        let decimals = (0..<count).map { Scalar.decimal(Decimal128(unscaled: large + Int128($0), scale: 20)) }
        let blobs = (0..<count).map { Scalar.binary([0, UInt8($0 % 256)]) }
        let frame = makeFrame([
            ("select", .string, names), ("n", .int64, ints), ("f", .float64, floats), ("p", .decimal(scale: 20), decimals), ("b", .binary, blobs),
        ])
        let back = try SQLTests.run(sql(frame, "sqlite", table: "order"), query: "select * from \"order\"")
        #expect(back.count == count)
        for (index, row) in rows(frame).enumerated() {
            let expected: [Scalar] = row.map { if case .decimal = $0 { .string($0.text) } else { $0 } }
            guard back[index] == expected else {
                #expect(back[index] == expected, "row \(index)")
                return
            }
        }
    }

    /// What a query gives after `script` was run in an empty database.
    private static func run(_ script: String, query: String) throws -> [[Scalar]] {
        var database: OpaquePointer?
        try #require(sqlite3_open(":memory:", &database) == SQLITE_OK)
        defer { sqlite3_close(database) }
        try #require(sqlite3_exec(database, script, nil, nil, nil) == SQLITE_OK, "\(String(cString: sqlite3_errmsg(database)))")
        var statement: OpaquePointer?
        try #require(sqlite3_prepare_v2(database, query, -1, &statement, nil) == SQLITE_OK)
        defer { sqlite3_finalize(statement) }
        var rows: [[Scalar]] = []
        while sqlite3_step(statement) == SQLITE_ROW { rows.append((0..<sqlite3_column_count(statement)).map { value(statement, $0) }) }
        return rows
    }

    private static func value(_ statement: OpaquePointer?, _ column: Int32) -> Scalar {
        let type = sqlite3_column_type(statement, column)
        switch type {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .int(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .float(sqlite3_column_double(statement, column))
        default:
            let blob = sqlite3_column_blob(statement, column)
            let bytes = Array(UnsafeRawBufferPointer(start: blob, count: Int(sqlite3_column_bytes(statement, column))))
            return type == SQLITE_BLOB ? .binary(bytes) : .string(String(decoding: bytes, as: UTF8.self))
        }
    }
}
