// Database files as tables: how they are named, and what happens with those that are none or cannot be written.
import CSQLite
import QueryEngines
import QueryFrames
import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct DatabaseFileTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func database(_ name: String, _ text: String) throws -> String { try makeDatabase(folder.path(name), text) }

    @Test("the name of a file with one table is that table")
    func onlyTable() throws {
        let path = try database("one.db", "create table orders (id integer, name text); insert into orders values (1, 'a')")
        let tables: [String: EngineTable] = ["shop": .database(path: path, table: "shop"), "dataset": .database(path: path, table: "shop")]
        #expect(rows(try run("select * from shop", tables: tables)) == [[.int(1), .string("a")]])
        #expect(rows(try run("select a.id, b.name from dataset a, shop b, orders c", tables: tables)) == [[.int(1), .string("a")]])
        #expect(rows(try run("select name from shop.orders", tables: tables)) == [[.string("a")]])
    }

    @Test("the name of a file with several tables is the table of that name, or an error that lists them")
    func severalTables() throws {
        let path = try database("two.db", "create table shop (id); insert into shop values (1); create table other (id); create view v as select 2 as id")
        #expect(rows(try run("select * from shop", tables: ["shop": .database(path: path, table: "shop")])) == [[.int(1)]])
        #expect(rows(try run("select * from dataset", tables: ["dataset": .database(path: path, table: "Shop")])) == [[.int(1)]])
        guard case .severalTables("x", path, ["other", "shop", "v"]) = failure({ () throws(EngineError) in
            try run("select * from x", tables: ["x": .database(path: path, table: "x")])
        }) else {
            Issue.record("found")
            return
        }
    }

    @Test("a table is found by its own name in whichever file has it, unless two do")
    func members() throws {
        let one = try database("one.db", "create table orders (id); insert into orders values (1)")
        let two = try database("two.db", "create table items (id); insert into items values (2); create table both (id)")
        let three = try database("three.db", "create table both (id)")
        let find: @Sendable (String) throws -> EngineTable? = { _ in .member(of: [one, two, three]) }
        let engine = SQLiteEngine()
        let found = try engine.prepare(EngineStatement(text: "select * from Items, orders"), tables: find).run()
        #expect(rows(found) == [[.int(2), .int(1)]])
        guard case .ambiguousTable("both", [two, three]) = failure({ () throws(EngineError) in
            try engine.prepare(EngineStatement(text: "select * from both"), tables: find).run()
        }) else {
            Issue.record("found")
            return
        }
        guard case .unknownTable("none") = failure({ () throws(EngineError) in
            try engine.prepare(EngineStatement(text: "select * from none"), tables: find).run()
        }) else {
            Issue.record("found")
            return
        }
    }

    @Test("a file joins with a frame")
    func withFrame() throws {
        let path = try database("one.db", "create table orders (id integer primary key, name text); insert into orders values (1, 'a'), (2, 'b')")
        let found = try run(
            "select name, i from orders join f on f.i = orders.id",
            tables: ["orders": .database(path: path, table: "orders"), "f": .frame(ints("i", [[2, 3]]))])
        #expect(rows(found) == [[.string("b"), .int(2)]])
    }

    @Test("odd names of files and tables are only names", arguments: ["a b?mode=rwc#x&y%20.db", "é'\"\\.db", "--.db"])
    func oddPaths(_ name: String) throws {
        let path = try database(name, "create table \"t;\"\"x\" (id); insert into \"t;\"\"x\" values (3)")
        let before = contents(folder)
        #expect(rows(try run("select * from \"my \"\"set\"", tables: ["my \"set": .database(path: path, table: "x")])) == [[.int(3)]])
        #expect(contents(folder) == before)
    }

    @Test("what is no database is an error that names the file, which stays as it is", arguments: [
        "", "x", "no database, but long enough to have had a header, if it only were one, and then some more to be sure of that, really",
    ])
    func garbage(_ text: String) throws {
        let path = try folder.write("x.db", text)
        guard case .database(path, let reason) = failure({ () throws(EngineError) in
            try run("select * from x", tables: ["x": .database(path: path, table: "x")])
        }) else {
            Issue.record("read")
            return
        }
        #expect(reason == "file is not a database")
        #expect(folder.text("x.db") == text)
        #expect(folder.names() == ["x.db"])
    }

    @Test("a damaged database is an error that names the file")
    func damaged() throws {
        let path = try database("x.db", "create table x (id); insert into x values (1)")
        var bytes = try #require(folder.bytes("x.db"))
        for index in 100..<bytes.count { bytes[index] = 0x5a }
        try folder.write("x.db", bytes: bytes)
        guard case .database(path, _) = failure({ () throws(EngineError) in
            try run("select * from x", tables: ["x": .database(path: path, table: "x")])
        }) else {
            Issue.record("read")
            return
        }
        #expect(folder.bytes("x.db") == bytes)
    }

    @Test("a file that is missing, a folder or a pipe is an error, and nothing is made in its place")
    func noFile() throws {
        try folder.makeFolder("dir.db")
        mkfifo(folder.path("pipe.db"), 0o600)
        for (name, message) in [("none.db", "No such file or directory"), ("dir.db", "Is a directory"), ("pipe.db", "Invalid argument")] {
            guard case .database(_, let reason) = failure({ () throws(EngineError) in
                try run("select * from x", tables: ["x": .database(path: folder.path(name), table: "x")])
            }) else {
                Issue.record("read \(name)")
                continue
            }
            #expect(reason == message)
        }
        #expect(folder.names() == ["dir.db", "pipe.db"])
    }

    @Test("a database with a write-ahead log is read, with what its writer has not yet moved into it")
    func log() throws {
        let path = folder.path("wal.db")
        var handle: OpaquePointer?
        #expect(sqlite3_open(path, &handle) == SQLITE_OK)
        defer { sqlite3_close(handle) }
        sqlite3_exec(handle, "pragma journal_mode = wal; create table x (id); insert into x values (1)", nil, nil, nil)
        #expect(rows(try run("select * from x", tables: ["x": .database(path: path, table: "x")])) == [[.int(1)]])
    }

    @Test("a database with a write-ahead log is read in a folder that cannot be written")
    func logReadOnly() throws {
        try folder.makeFolder("d")
        _ = try database("d/wal.db", "pragma journal_mode = wal; create table x (id); insert into x values (1)")
        try readOnly(folder.path("d")) {
            let found = try run("select * from x", tables: ["x": .database(path: folder.path("d/wal.db"), table: "x")])
            #expect(rows(found) == [[.int(1)]])
        }
    }

    @Test("a file that someone is writing is read as it was before")
    func writer() throws {
        let path = try database("x.db", "create table x (id); insert into x values (1)")
        var handle: OpaquePointer?
        #expect(sqlite3_open(path, &handle) == SQLITE_OK)
        defer { sqlite3_close(handle) }
        sqlite3_exec(handle, "begin immediate; insert into x values (2)", nil, nil, nil)
        #expect(rows(try run("select * from x", tables: ["x": .database(path: path, table: "x")])) == [[.int(1)]])
    }
}

/// Runs `body` while the folder `path`, in a scratch folder, cannot be written by this thread.
func readOnly(_ path: String, _ body: () throws -> Void) throws {
    chmod(path, 0o555)
    defer { chmod(path, 0o755) }
    #if canImport(Glibc)
    // Root is asked no permissions, so this thread (and no other) becomes someone else, who has to get to the folder.
    chmod(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), 0o755)
    let user = setFileUser(65_534)
    defer { _ = setFileUser(UInt32(bitPattern: user)) }
    #endif
    try body()
}

#if canImport(Glibc)
/// glibc has it, and the Swift module of glibc does not.
@_silgen_name("setfsuid") private func setFileUser(_ user: UInt32) -> Int32
#endif
