import TestSupport
import Testing

/// What is wrong in scripts, queries and files, and how it is told.
@Suite("faults")
struct FaultTests {
    let bench: Workbench

    init() throws {
        bench = try Workbench()
        try bench.folder.write("orders.csv", "region,price\nEU,2\nUS,3\n")
    }

    @Test("a data file that is not there is named")
    func missingFile() throws {
        let result = try bench.qs("-c", "open \"nowhere.csv\" | count")
        #expect(result.output == "")
        #expect(
            result.error == """
                error[io]: nowhere.csv: No such file or directory
                  at -c:1:6
                   1 | open "nowhere.csv" | count
                     |      ^^^^^^^^^^^^^

                """)
        #expect(result.ending == .exited(5))
    }

    @Test("a misspelt column is an error that names the nearest one")
    func column() throws {
        let result = try bench.qs("-c", "open \"orders.csv\" | where regin == \"EU\" | export csv")
        #expect(result.output == "")
        #expect(
            result.error == """
                error[unknown-column]: there is no column `regin`
                  at -c:1:27
                   1 | open "orders.csv" | where regin == "EU" | export csv
                     |                           ^^^^^ did you mean `region`?
                  columns: region, price

                """)
        #expect(result.ending == .exited(1))
    }

    @Test("a parameter without a value is an error before anything is sent")
    func parameter() throws {
        let result = try bench.qs("-c", "save q as \"select {{month}} as m\"", "-c", "let j = run q; print 1")
        #expect(result.output == "")
        #expect(result.error.hasPrefix("error[missing-parameter]: the query `q` needs a value for `month`\n  at -c:1:13\n"))
        #expect(result.error.contains("add: with month=..."))
        #expect(result.ending == .exited(1))
        #expect(try bench.qs("-c", "jobs | count").output == "0\n")
    }

    @Test("an unknown query names the nearest one")
    func query() throws {
        let result = try bench.qs("-c", "save revenue as \"select 1\"; run revenu")
        #expect(result.error.contains("error[unknown-query]: there is no saved query `revenu`"))
        #expect(result.error.contains("did you mean `revenue`?"))
        #expect(result.ending == .exited(1))
    }

    @Test("an unknown command names the nearest one, and nothing runs")
    func command() throws {
        let result = try bench.qs("-c", "print 1\nexprot j csv")
        #expect(result.output == "")
        #expect(result.error.contains("did you mean `export`?"))
        #expect(result.ending == .exited(2))
    }

    @Test("a ragged row is named by its line and both counts")
    func ragged() throws {
        try bench.folder.write("ragged.csv", "a,b\n1,2\n1,2,3\n")
        let result = try bench.qs("-c", "open \"ragged.csv\" | count")
        #expect(result.error.hasPrefix("error[format]: ragged.csv, line 3: the row has 3 fields, the header has 2\n"))
        #expect(result.ending == .exited(5))
    }

    @Test("a query that fails ends with 3 and shows the place in its text")
    func failingQuery() throws {
        let result = try bench.qs("-c", "show (run \"selec 1\")")
        #expect(result.output == "")
        #expect(result.error.hasPrefix("error[query-failed]: the query failed: near \"selec\": syntax error\n"))
        #expect(result.error.contains("  in the query:\n    selec 1\n    ^\n"))
        #expect(result.ending == .exited(3))
    }

    @Test("a query that would write is refused with 3", arguments: ["create table t(x)", "attach 'evil.db' as e", "vacuum into 'copy.db'", "pragma journal_mode=delete"])
    func refused(text: String) throws {
        let before = bench.folder.names()
        let result = try bench.qs("-c", "show (run \"\(text)\")")
        #expect(result.error.hasPrefix("error[refused]: "))
        #expect(result.ending == .exited(3))
        #expect(bench.folder.names() == before)
    }

    @Test("a value that looks like query text stays a value")
    func bound() throws {
        let script = """
            dataset orders = "orders.csv"
            let region = "EU' or '1'='1"
            print (run "select * from dataset where region = {{r}}" with r=region on orders | count)
            print (run "select * from dataset where region = ${region}" on orders | count)
            """
        #expect(try bench.qs("-c", script).output == "0\n0\n")
    }

    @Test("messages are not coloured off a terminal, and control characters in them are shown")
    func harmless() throws {
        let result = try bench.qs("-c", "fail \"a\\u{1b}[31mb\"")
        #expect(result.error.hasPrefix("error[failed]: a\\e[31mb\n"))
        #expect(!result.errorBytes.contains(0x1b))
    }

    @Test("a workbook for which there is no room on the way is an error, and the file stays as it was")
    func noRoomForWorkbook() throws {
        try bench.folder.write("r.xlsx", "old")
        let script = "let rows = [{n: 1}] | derive l = split(pad_left(\"\", 60000, \",\"), \",\") | explode l | derive a = n, b = n, c = n; export rows to \"r.xlsx\""
        // The limit of a file's size stands for a full disk: the rows as XML pass it, the packed workbook would not.
        let result = try bench.shell("trap '' XFSZ; ulimit -f 2048; \"$QS\" -c '\(script)'")
        #expect(result.error.contains("error[io]: /tmp: there is no room for what the format xlsx writes there on the way"))
        #expect(result.ending == .exited(5))
        #expect(Files.text(bench.folder.path("r.xlsx")) == "old")
        #expect(Files.names(in: bench.folder.path).filter { $0.hasSuffix(".tmp") } == [])
        let roomy = try bench.qs("-c", script)
        #expect(roomy.error == "" && roomy.ending == .exited(0))
    }

    #if os(Linux)
    @Test("without the library for workbooks a workbook is refused, and every other format written")
    func noLibrary() throws {
        try bench.folder.makeFolder("libraries")
        try bench.folder.write("libraries/libxlsxwriter.so.4", "no library")
        let script = "let rows = [{n: 1}]; export rows to \"r.csv\"; try { export rows to \"r.xlsx\" } catch e { print e.code }; export rows to \"r.xlsx\""
        let result = try bench.command(["-c", script], changing: ["LD_LIBRARY_PATH": bench.folder.path("libraries")]).run()
        #expect(result.output == "io\n")
        #expect(result.error.contains("error[io]: the format xlsx needs the library libxlsxwriter, which cannot be loaded: "), "\(result.error)")
        #expect(result.ending == .exited(5))
        #expect(Files.text(bench.folder.path("r.csv")) == "n\n1\n")
        #expect(Files.text(bench.folder.path("r.xlsx")) == nil)
    }

    @Test("workbooks leave no file open behind them, with cells or without")
    func openFiles() throws {
        // The tester hands on files of its own; what counts is how many there are more in the end.
        let script = """
            print (sh 'ls /proc/$PPID/fd | wc -l')
            for n in 1..40 {
                [{a: n}] | drop a | export to "e.xlsx"
                [{a: n}] | export to "e.xlsx"
            }
            print (sh 'ls /proc/$PPID/fd | wc -l')
            """
        let result = try bench.qs("-c", script)
        #expect(result.error == "")
        let counts = result.output.split(separator: "\n").compactMap { Int($0) }
        try #require(counts.count == 2)
        #expect(counts[1] - counts[0] < 20)
    }
    #endif
}
