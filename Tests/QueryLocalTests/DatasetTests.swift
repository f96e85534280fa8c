// Datasets: what can be registered, how queries see it, and what happens when the file changes.
import QueryClient
import QueryFormats
import QueryFrames
import QueryLocal
import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct DatasetTests {
    private let place: Place
    private let service: LocalService

    init() throws {
        place = try Place()
        service = place.service()
    }

    private func register(_ name: String, _ path: String) async throws(ServiceError) -> Dataset {
        try await service.register(Dataset(name: name, path: path))
    }

    @Test("a file is a table under its name, and under `dataset` where the run names it")
    func csv() async throws {
        let path = try place.csv()
        let dataset = try await register("orders", path)
        #expect(dataset.format == "csv")
        #expect(dataset.path == path)
        #expect(try await service.rows("select id, total from orders where region = 'EU'") == [[.int(1), .float(10.5)], [.int(3), .float(2.25)]])
        #expect(try await service.rows("select count(*) from dataset d join Orders o on d.id = o.id", on: "orders") == [[.int(3)]])
        #expect(await service.failure("select * from dataset") == .unknownTable(name: "dataset", known: ["orders"]))
        #expect(await service.failure("select * from ordrs", on: "orders") == .unknownTable(name: "ordrs", known: ["orders", "dataset"]))
    }

    @Test("json, json lines and tsv are tables too")
    func otherFormats() async throws {
        _ = try await register("a", place.folder.write("a.json", #"[{"i": 1, "s": "x"}, {"i": 2}]"#))
        _ = try await register("b", place.folder.write("b.jsonl", "{\"i\": 2, \"t\": \"2024-05-01\"}\n"))
        _ = try await register("c", place.folder.write("c.tsv", "i\tv\n2\t0.5\n"))
        #expect(try await service.rows("select a.s, b.t, c.v from a join b using (i) join c using (i)") == [[.null, .date(19_844), .float(0.5)]])
    }

    @Test("a database file is a dataset whatever its ending, and its tables go by their own names")
    func database() async throws {
        let path = try sqlite(place.folder.path("shop.bin"), "create table orders (id integer); create table items (name text); insert into orders values (1); insert into items values ('a')")
        #expect(try await register("shop", path).format == "sqlite")
        #expect(try await service.rows("select * from orders, items", on: "shop") == [[.int(1), .string("a")]])
        #expect(try await service.rows("select id from shop.orders") == [[.int(1)]])
        #expect(try await service.rows("select name from Items") == [[.string("a")]])
        #expect(await service.failure("select * from shop") == .severalTables(name: "shop", path: path, tables: ["items", "orders"]))
        #expect(await service.failure("select * from nothere", on: "shop") == .unknownTable(name: "nothere", known: ["shop", "dataset"]))
    }

    @Test("registering again replaces, whatever the case of the name")
    func replace() async throws {
        _ = try await register("Orders", place.csv())
        let second = try place.csv("second.csv", "id\n9\n")
        _ = try await register("orders", second)
        #expect(try await service.datasets().map(\.path) == [second])
        #expect(try await service.rows("select * from ORDERS") == [[.int(9)]])
    }

    @Test("a file that was replaced on disk is read again, one that was not is read once")
    func changes() async throws {
        let path = try place.csv("a.csv", "i\n1\n")
        _ = try await register("a", path)
        #expect(try await service.rows("select i from a") == [[.int(1)]])
        #expect(try await service.rows("select i from a") == [[.int(1)]])
        try place.folder.write("b.csv", "i\n2\n")
        rename(place.folder.path("b.csv"), path)
        #expect(try await service.rows("select i from a") == [[.int(2)]])
        unlink(path)
        #expect(await service.failure("select i from a") == .file(.io(path: path, operation: "stat", code: ENOENT)))
    }

    @Test("what is wrong in a file is told with its facts")
    func ragged() async throws {
        let path = try place.csv("bad.csv", "a,b\n1,2\n3\n")
        _ = try await register("bad", path)
        #expect(await service.failure("select * from bad") == .file(.raggedRow(path: path, line: 3, found: 1, expected: 2)))
        #expect(try await service.rows("select 1") == [[.int(1)]])
        let garbage = try place.folder.write("x.db", "no database")
        _ = try await register("x", garbage)
        #expect(await service.failure("select * from x") == .database(path: garbage, reason: "file is not a database"))
    }

    @Test("what cannot be a dataset is refused when it is registered")
    func refused() async throws {
        try place.folder.makeFolder("folder.csv")
        let none = place.folder.path("none.csv"), folder = place.folder.path("folder.csv")
        let odd = try place.folder.write("data.xyz", "a\n")
        #expect(await failure { () async throws(ServiceError) in try await register("a", none) } == .file(.io(path: none, operation: "open", code: ENOENT)))
        #expect(await failure { () async throws(ServiceError) in try await register("a", folder) } == .file(.io(path: folder, operation: "open", code: EISDIR)))
        guard case .unknownFormat(odd, let known) = await failure({ () async throws(ServiceError) in try await register("a", odd) }) else {
            Issue.record("registered")
            return
        }
        #expect(known.contains("csv") && known.contains("sqlite"))
        let path = try place.csv()
        for name in ["", "a\nb", "\u{1b}[31m", String(repeating: "x", count: 201), "sqlite_master"] {
            #expect(await failure { () async throws(ServiceError) in try await register(name, path) } == .badName(name: name))
        }
        #expect(!place.folder.names().contains("workspace"))
    }

    @Test("names are keys, never paths", arguments: ["../../etc/passwd", "C:\\x", "a.b", "é ü", "a\"b", "%2e%2e", "'; drop table queries; --"])
    func oddNames(_ name: String) async throws {
        _ = try await register(name, place.csv())
        let quoted = "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        #expect(try await service.rows("select count(*) from \(quoted)") == [[.int(3)]])
    }

    @Test("a frame and a table that SQLite filled itself give the same answers", arguments: [
        "select region, count(*), sum(total), min(day), max(at) from T group by region order by region",
        "select * from T where day >= '2024-05-02' order by id",
        "select a.id, b.id from T a join T b on a.region = b.region and a.id < b.id order by 1, 2",
        "select id from T where total between 2 and 8 order by total desc",
        "select strftime('%Y-%m', day), avg(total) from T group by 1",
        "select id from T where region is null or flag",
        "select id, rank() over (partition by region order by total) from T order by id",
        "select distinct region from T order by region",
    ])
    func sameAnswers(_ text: String) async throws {
        let rows: [(String, String, String, String, String, String)] = [
            ("1", "EU", "10.5", "2024-05-01", "2024-05-01T10:00:00", "true"), ("2", "US", "7.0", "2024-05-02", "2024-05-02T11:30:00", "false"),
            ("3", "EU", "2.25", "2024-05-03", "2024-04-30T00:00:00", "false"), ("4", "", "8.0", "2024-06-01", "2024-06-01T00:00:00", "true"),
        ]
        let csv = "id,region,total,day,at,flag\n" + rows.map { "\($0),\($1),\($2),\($3),\($4),\($5)" }.joined(separator: "\n") + "\n"
        _ = try await register("f", place.csv("f.csv", csv))
        let values = rows.map { "(\($0), \($1.isEmpty ? "null" : "'\($1)'"), \($2), '\($3)', '\($4)', \($5))" }.joined(separator: ", ")
        let path = try sqlite(place.folder.path("d.db"), """
            create table d (id integer, region text, total real, day text, at text, flag boolean); insert into d values \(values)
            """)
        _ = try await register("d", path)
        func answer(_ table: String) async throws(ServiceError) -> [[Scalar]] {
            try await service.rows(text.split(separator: " ").map { $0 == "T" ? table[...] : $0 }.joined(separator: " "))
        }
        #expect(try await answer("f") == answer("d"))
    }
}
