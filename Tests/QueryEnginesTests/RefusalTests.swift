// What a statement may not do: each is refused by name, and no file is made, changed or removed.
import QueryEngines
import QueryFrames
import TestSupport
import Testing

@Suite struct RefusalTests {
    static let refused: [(text: String, action: String)] = [
        ("insert into orders values (1)", "INSERT"),
        ("replace into orders values (1)", "REPLACE"),
        ("update orders set id = 2", "UPDATE"),
        ("delete from orders", "DELETE"),
        ("with x as (select 1 as id) insert into shop select id from x", "INSERT"),
        ("with x as (select 1) delete from shop", "DELETE"),
        ("explain delete from shop", "DELETE"),
        ("create table e (x)", "CREATE"),
        ("create temp table e (x)", "CREATE"),
        ("create table shop.e (x)", "CREATE"),
        ("create virtual table e using fts5(x)", "CREATE"),
        ("create view v as select 1", "CREATE"),
        ("drop table shop", "DROP"),
        ("alter table shop rename to s", "ALTER"),
        ("attach 'FOLDER/evil.db' as e", "ATTACH"),
        ("ATTACH DATABASE 'file:FOLDER/evil.db?mode=rwc' AS e", "ATTACH"),
        ("detach shop", "DETACH"),
        ("vacuum", "VACUUM"),
        ("vacuum into 'FOLDER/copied.db'", "VACUUM"),
        ("vacuum shop into 'FOLDER/copied.db'", "VACUUM"),
        ("pragma query_only = 0", "PRAGMA"),
        ("pragma journal_mode = delete", "PRAGMA"),
        ("pragma writable_schema = 1", "PRAGMA"),
        ("pragma database_list", "PRAGMA"),
        ("/* so */ -- and so\n ; PRAGMA user_version", "PRAGMA"),
        ("begin", "BEGIN"),
        ("savepoint s", "SAVEPOINT"),
        ("reindex", "REINDEX"),
        ("analyze", "ANALYZE"),
        ("select load_extension('FOLDER/evil.so')", "load_extension()"),
        ("select fts3_tokenizer('simple')", "fts3_tokenizer()"),
        ("select * from pragma_database_list", "reading pragma_database_list"),
        ("select count(*) from pragma_table_list", "reading pragma_table_list"),
        ("select * from dbstat", "reading dbstat"),
        ("select * from sqlite_stmt", "reading sqlite_stmt"),
    ]

    @Test("a statement that does more than read is refused by name and touches no file", arguments: refused.indices)
    func refuses(_ index: Int) throws {
        let folder = try ScratchFolder()
        let path = try makeDatabase(folder.path("shop.db"), "create table shop (id integer); insert into shop values (7)")
        try folder.write("evil.so", "no library")
        let before = contents(folder)
        let (text, action) = RefusalTests.refused[index]
        let statement = text.split(separator: "FOLDER", omittingEmptySubsequences: false).joined(separator: folder.path)
        let tables: [String: EngineTable] = ["shop": .database(path: path, table: "shop"), "orders": .frame(ints("id", [[1]]))]
        let error = failure { () throws(EngineError) in try run(statement, tables: tables) }
        guard case .refused(let found) = error else {
            Issue.record("\(statement): \(String(describing: error))")
            return
        }
        #expect(found == action)
        #expect(contents(folder) == before)
    }

    @Test("functions that write files are not there")
    func writefile() {
        guard case .statement(let message, _) = failure({ () throws(EngineError) in try run("select writefile('/tmp/x', 'y')") }) else {
            Issue.record("not refused")
            return
        }
        #expect(message == "no such function: writefile")
    }

    @Test("a value over the limit of length is a limit, not memory", arguments: [
        "select zeroblob(900000000)", "select length(zeroblob(400000000))", "select replace(printf('%.*c', 100000, 'x'), 'x', printf('%.*c', 10000, 'y'))",
    ])
    func length(_ text: String) {
        guard case .limit = failure({ () throws(EngineError) in try run(text) }) else {
            Issue.record("no limit: \(text)")
            return
        }
    }

    @Test("json as a table is allowed, and so is reading the schema of a database file")
    func allowed() throws {
        #expect(rows(try run("select value from json_each('[1, 2]')")) == [[.int(1)], [.int(2)]])
        let folder = try ScratchFolder()
        let path = try makeDatabase(folder.path("shop.db"), "create table orders (id integer)")
        let found = try run("select name from shop.sqlite_master", tables: ["shop": .database(path: path, table: "shop")])
        #expect(rows(found) == [[.string("orders")]])
        let plan = try run("explain query plan select * from orders", tables: ["orders": .frame(ints("id", [[1]]))])
        #expect(plan.count == 1)
    }

    @Test("the schema of a database file cannot be written")
    func schema() throws {
        let folder = try ScratchFolder()
        let path = try makeDatabase(folder.path("shop.db"), "create table orders (id integer)")
        let before = contents(folder)
        let error = failure { () throws(EngineError) in
            try run("with x as (select 1) update shop.sqlite_master set name = 'x'", tables: ["shop": .database(path: path, table: "shop")])
        }
        #expect(error != nil)
        #expect(contents(folder) == before)
    }

    @Test("a text over a MiB is a limit")
    func textLength() {
        let text = "select '" + String(repeating: "x", count: 1 << 20) + "'"
        guard case .limit = failure({ () throws(EngineError) in try run(text) }) else {
            Issue.record("no limit")
            return
        }
    }

    @Test("values that look like SQL are values", arguments: [
        "'; drop table orders; --", "1 or 1=1", "' union select * from sqlite_master --", "x' or 'a'='a", "\u{0}'; --", "{{x}}", "?1", "",
    ])
    func injection(_ value: String) throws {
        let orders = frame([("name", .string, [.string("a"), .string(value)])])
        let found = try run("select name, ?1 from orders where name = ?1", [.string(value)], tables: ["orders": .frame(orders)])
        #expect(rows(found) == [[.string(value), .string(value)]])
    }

    @Test("only the first of several statements would run, so none does")
    func several() {
        guard case .severalStatements(let offset) = failure({ () throws(EngineError) in try run("select 1; select 2") }) else {
            Issue.record("ran")
            return
        }
        #expect(offset == 10)
    }

    @Test("a semicolon or comment after the statement is fine", arguments: [
        "select 1;", ";select 1", "select 1 ; -- done", "/* a */ select 1; /* b", "select 1;;;\n",
    ])
    func trailing(_ text: String) throws {
        #expect(rows(try run(text)) == [[.int(1)]])
    }

    @Test("no statement is an error", arguments: ["", "  ", "-- nothing", ";;"])
    func empty(_ text: String) {
        guard case .statement = failure({ () throws(EngineError) in try run(text) }) else {
            Issue.record("ran")
            return
        }
    }

    @Test("a placeholder without a value is named", arguments: [
        ("select :a", ":a"), ("select @b", "@b"), ("select $c", "$c"), ("select ?", "?"), ("select ?2", "?2"),
    ])
    func unbound(_ text: String, _ name: String) {
        let parameters: [Scalar] = text.contains("2") ? [.int(1)] : []
        guard case .unboundParameter(let found) = failure({ () throws(EngineError) in try run(text, parameters) }) else {
            Issue.record("ran")
            return
        }
        #expect(found == name)
    }

    @Test("a wrong statement names the byte")
    func offsets() {
        guard case .statement(let message, let offset) = failure({ () throws(EngineError) in try run(" ; select nothere") }) else {
            Issue.record("ran")
            return
        }
        #expect(message == "no such column: nothere")
        #expect(offset == 10)
    }

    @Test("a misspelt column in double quotes is an error and not a text")
    func doubleQuotes() {
        guard case .statement = failure({ () throws(EngineError) in try run("select \"EU\"") }) else {
            Issue.record("ran")
            return
        }
    }
}
