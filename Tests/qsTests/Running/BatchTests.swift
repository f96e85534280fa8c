import TestSupport
import Testing

/// What can be said of scripts beside them: variables, going on, rehearsing, following.
@Suite("running in batch")
struct BatchTests {
    let bench: Workbench

    init() throws {
        bench = try Workbench()
        try bench.folder.write("orders.csv", "id,region\n1,EU\n2,UK\n3,EU\n")
    }

    // MARK: Variables

    @Test("a variable is typed as a literal is, and else a string", arguments: [
        ("42", "int"), ("-2.5", "float"), ("true", "bool"), ("@2024-05-01", "date"), ("90m", "duration"), ("2024-05", "string"), ("", "string"),
        ("\"7\"", "string"), ("a; b", "string"), ("fail 1", "string"), ("1 + 1", "string"),
    ])
    func variables(text: String, type: String) throws {
        let result = try bench.qs("-v", "x=\(text)", "-c", "schema [{x: x}]")
        #expect(result.output == "column,type\nx,\(type)\n")
        #expect(result.error == "")
    }

    @Test("a list is a list, and null null")
    func lists() throws {
        #expect(try bench.qs("-v", "x=[1, \"a\"]", "-v", "n=null", "-c", "print x[1], n is null").output == "a true\n")
    }

    @Test("a script's own let shadows a variable, and imported files see it")
    func scopes() throws {
        try bench.folder.write("lib.qs", "let doubled = x * 2")
        try bench.folder.write("a.qs", "import \"lib.qs\"\nprint x, doubled\nlet x = \"own\"\nprint x")
        #expect(try bench.qs("-v", "x=21", "a.qs").output == "21 42\nown\n")
    }

    @Test("what is no name or has no value is refused", arguments: ["x", "if=1", "export=1", "args=1", "a b=1", "=1", "1x=1"])
    func badVariables(text: String) throws {
        let result = try bench.qs("-v", text, "-c", "print 1")
        #expect(result.ending == .exited(2))
        #expect(result.output == "")
        #expect(result.error.hasPrefix("error[usage]: "))
    }

    // MARK: Going on

    @Test("with --keep-going a failed statement is told and the next one runs; the status is the first failure's")
    func keepGoing() throws {
        let script = "print 1\nopen \"nowhere.csv\"\nlet a = 1 + \"x\"\nprint 2\nfail \"last\"\nprint 3"
        let result = try bench.qs("--keep-going", "-c", script)
        #expect(result.output == "1\n2\n3\n")
        #expect(result.error.split(separator: "\n").filter { $0.hasPrefix("error[") } == [
            "error[io]: nowhere.csv: No such file or directory", "error[type]: `+` does not work on int and string", "error[failed]: last",
        ])
        #expect(result.ending == .exited(5))
    }

    @Test("with --keep-going the next script runs too")
    func keepGoingFiles() throws {
        let result = try bench.qs("--keep-going", "-c", "fail \"a\"", "-c", "print \"b\"")
        #expect(result.output == "b\n")
        #expect(result.ending == .exited(1))
    }

    @Test("--keep-going neither runs a script that does not parse nor goes on after a limit or exit")
    func keepGoingEnds() throws {
        let unparsed = try bench.qs("--keep-going", "-c", "print 1\nprint nope(")
        #expect(unparsed.output == "" && unparsed.ending == .exited(2))
        let left = try bench.qs("--keep-going", "-c", "fail \"a\"\nexit 7\nprint 1")
        #expect(left.output == "" && left.ending == .exited(7))
        let limited = try bench.qs("--keep-going", "-c", "def f() { f() }\nf()\nprint 1")
        #expect(limited.output == "" && limited.ending == .exited(6))
    }

    @Test("a statement fails as a whole, and a loop or function with it")
    func keepGoingLoops() throws {
        let script = "for n in 1..3 { if n == 2 { fail \"two\" }; print n }\ndef f() { fail \"in f\" }\nf()\nprint \"end\""
        let result = try bench.qs("--keep-going", "-c", script)
        #expect(result.output == "1\nend\n")
        #expect(result.error.contains("error[failed]: two\n") && result.error.contains("error[failed]: in f\n"))
    }

    // MARK: Rehearsing

    @Test("a dry run says what would be run with its values, and sends, writes and keeps nothing")
    func dryRun() throws {
        let script = """
            dataset orders = "orders.csv"
            save by_region as "select region from orders where id >= {{least}}" on orders
            for n in 1..2 { run by_region with least=n | where region == "EU" | export to "out-${n}.csv" }
            let k = run "select ${"x"} as x" timeout 5m
            sh "touch made"
            open "orders.csv" | export to "copy.csv.gz"
            cancel k
            """
        let result = try bench.qs("--dry-run", "-c", script)
        #expect(result.output == """
            would register orders.csv as orders
            would save by_region
            would run by_region with least=1
            would export the rows of rehearsed_1 as csv to "out-1.csv"
            would run by_region with least=2
            would export the rows of rehearsed_2 as csv to "out-2.csv"
            would run "select {{value_1}} as x" with value_1="x" timeout 5m
            would sh touch made
            left out line 5: it needs the output of sh
            would export 3 rows as csv to "copy.csv.gz"
            would cancel rehearsed_3

            """)
        #expect(result.error == "")
        #expect(result.ending == .exited(0))
        #expect(bench.folder.names() == ["home", "orders.csv"])
        #expect(try bench.qs("-c", "print (queries | count), (datasets | count), (jobs | count)").output == "0 0 0\n")
    }

    @Test("a dry run finds parameters that are missing or unknown, and goes on")
    func dryRunParameters() throws {
        _ = try bench.qs("-c", "save q as \"select {{a}} as a\"")
        let result = try bench.qs("--dry-run", "-c", "run q\nrun q with a=1, b=2\nrun nope\nrun q with a=1")
        #expect(result.output == "would run q with a=1\n")
        #expect(result.error.split(separator: "\n").filter { $0.hasPrefix("error[") } == [
            "error[missing-parameter]: the query `q` needs a value for `a`", "error[unknown-parameter]: the query `q` has no parameter `b`",
            "error[unknown-query]: there is no saved query `nope`",
        ])
        #expect(result.ending == .exited(1))
    }

    @Test("a dry run leaves out what needs rows, and what needs that")
    func dryRunRows() throws {
        let result = try bench.qs("--dry-run", "-c", "let j = run \"select 1 as n\"\nlet n = j[0].n\nprint n\nif (j | count) > 1 { print 1 }\nprint \"end\"")
        #expect(result.output == """
            would run "select 1 as n"
            left out line 2: it needs the rows of rehearsed_1
            left out line 3: it needs `n`
            left out line 4: it needs the rows of rehearsed_1
            end

            """)
        #expect(result.ending == .exited(0))
    }

    // MARK: Following

    /// The events that a script writes, without their times, jobs and spans of time.
    private func events(_ script: String) throws -> (lines: [String], result: Command.Result) {
        try bench.folder.write("script.qs", script)
        let result = try bench.shell("\"$QS\" --events=3 script.qs 3>events")
        let lines = (bench.folder.text("events") ?? "").split(separator: "\n").map(String.init).filter { !$0.contains("\"progress\"") }
        return (lines.map { line in
            var line = line.replacing(#/,"time":"[^"]*Z"/#, with: "")
            line = line.replacing(#/"job_[a-z0-9]*"/#, with: "\"JOB\"")
            return line.replacing(#/"elapsed_ms":[0-9]+/#, with: "\"elapsed_ms\":N")
        }, result)
    }

    @Test("each event is a line of JSON, the last one done with the exit status")
    func follow() throws {
        let (lines, result) = try events("""
            dataset orders = "orders.csv"
            let j = run "select id from orders" on orders
            wait j
            j | export to "out.csv"
            export j csv
            warn "say \\"hi\\"\\t"
            print 1 + "a"
            """)
        #expect(lines == [
            #"{"event":"submitted","job":"JOB","query":null,"service":"local"}"#,
            #"{"event":"rows","job":"JOB","query":null,"service":"local","rows":3,"columns":["id"],"elapsed_ms":N}"#,
            #"{"event":"exported","path":"out.csv","format":"csv","rows":3}"#,
            #"{"event":"exported","path":null,"format":"csv","rows":3}"#,
            #"{"event":"warning","message":"say \"hi\"\t"}"#,
            #"{"event":"error","code":"type","message":"`+` does not work on int and string","file":"script.qs","line":7,"column":7,"hint":"\"${a}${b}\" or string(x) makes text, float(x) and int(x) numbers"}"#,
            #"{"event":"done","status":1}"#,
        ])
        #expect(result.ending == .exited(1))
    }

    @Test("a job that is waited for tells that it runs")
    func progress() throws {
        let slow = "with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) from c"
        try bench.folder.write("script.qs", "let j = run \"\(slow)\" timeout 900ms\nwait j")
        let result = try bench.shell("\"$QS\" --events=3 script.qs 3>events")
        #expect(result.ending == .exited(124))
        let lines = (bench.folder.text("events") ?? "").split(separator: "\n")
        #expect(lines.contains { $0.contains("\"event\":\"progress\"") && $0.contains("\"status\":\"running\",\"progress\":null") })
        #expect(lines.last?.hasSuffix(",\"status\":124}") ?? false)
    }

    @Test("a descriptor that is not open for writing is refused before anything runs", arguments: ["3>&-", "3</dev/null"])
    func closed(redirection: String) throws {
        let result = try bench.shell("\"$QS\" --events=3 -c 'print 1' \(redirection)")
        #expect(result.output == "")
        #expect(result.error == "error[usage]: the descriptor 3 of --events is not open for writing\n  qs --help lists the options\n")
        #expect(result.ending == .exited(2))
    }

    @Test("whoever stops reading the events does not stop the script")
    func goneReader() throws {
        let result = try bench.shell("mkfifo events; (head -c 1 <events >/dev/null) & \"$QS\" --events=3 -c 'for n in 1..2000 { warn n }; print \"end\"' 3>events 2>/dev/null")
        #expect(result.output == "end\n")
        #expect(result.ending == .exited(0))
    }

    @Test("a warning is told once, however many jobs read the file and however often a step runs")
    func warnings() throws {
        try bench.folder.write("codes.csv", "id,id\n1,2\n3,4\n")
        let script = """
            dataset codes = "codes.csv"
            let a = run "select * from codes"
            let b = run "select id from codes"
            wait a, b
            wait a
            run "select 1 as one from codes" | count
            let id = 3
            let rows = open "codes.csv"
            for n in 1..3 { rows | where id == n | count }
            """
        let result = try bench.qs("-c", script)
        let told = result.error.split(separator: "\n").map(String.init)
        #expect(told.filter { $0.contains("/codes.csv: column 2") }.count == 1)
        #expect(told.filter { $0.contains("`id` is a column and a variable") }.count == 1)
        #expect(told.allSatisfy { $0.hasPrefix("warning: ") })
    }
}
