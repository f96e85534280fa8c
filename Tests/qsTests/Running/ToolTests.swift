import TestSupport
import Testing

/// `qs check` and `qs fmt`, and errors for programs.
@Suite("tools for scripts")
struct ToolTests {
    let bench: Workbench

    init() throws { bench = try Workbench() }

    @Test("check tells every error of a script, runs nothing and ends with 2")
    func check() throws {
        try bench.folder.write("a.qs", "print 1\nprint nope\nlet x = )\nexprot x\nfail \"ran\"")
        let result = try bench.qs("check", "a.qs")
        #expect(result.output == "")
        #expect(result.error.contains("at a.qs:2:7") && result.error.contains("at a.qs:3:9") && result.error.contains("at a.qs:4:1"))
        #expect(!result.error.contains("ran"))
        #expect(result.ending == .exited(2))
    }

    @Test("check of a script that is in order says nothing and makes nothing")
    func inOrder() throws {
        try bench.folder.write("a.qs", "let x = 1\nprint x, args, script_dir")
        let result = try bench.qs("check", "a.qs")
        #expect(result.output == "" && result.error == "")
        #expect(result.ending == .exited(0))
        #expect(Files.names(in: bench.folder.path("home")).isEmpty)
        #expect(try bench.qs("check", "-", input: "print nope").ending == .exited(2))
        #expect(try bench.qs("check", "gone.qs").ending == .exited(5))
        #expect(try bench.qs("check").ending == .exited(2))
    }

    @Test("check knows saved queries, their parameters and the columns of their last result")
    func knowledge() throws {
        try bench.folder.write("o.csv", "region,revenue\nEU,5\n")
        let save = "dataset o = \"o.csv\"; save q as \"select * from dataset where region = {{region}}\" on o"
        #expect(try bench.qs("-c", save).ending == .exited(0))
        let script = "let j = run q with region=\"EU\"\nj | where revnue > 1"
        #expect(try bench.qs("check", "-", input: script).ending == .exited(0), "nothing is known of the columns yet")
        #expect(try bench.qs("-c", "wait (run q with region=\"EU\")").ending == .exited(0))
        let result = try bench.qs("check", "-", input: script)
        #expect(result.error.hasPrefix("error[unknown-column]: there is no column `revnue`\n  at standard input:2:11\n"))
        #expect(result.error.contains("did you mean `revenue`?"))
        #expect(try bench.qs("check", "-", input: "run q").error.hasPrefix("error[missing-parameter]"))
        // Another text under the name gives other columns, which nobody knows yet.
        #expect(try bench.qs("-c", "save q as \"select 1 as n where {{region}} = 1\"").ending == .exited(0))
        #expect(try bench.qs("check", "-", input: script).ending == .exited(0))
    }

    @Test("check tells what can hardly be meant, of imports too, and ends with 0 where nothing else is wrong")
    func warnings() throws {
        try bench.folder.write("lib.qs", "def isGone(x) { null != x }")
        try bench.folder.write("a.qs", "import \"lib.qs\"\nlet x = 1\nif x == null { print isGone(x) }")
        let result = try bench.qs("check", "a.qs")
        let library = """
            warning[null-comparison]: `!= null` is null and never true
              at lib.qs:1:17
               1 | def isGone(x) { null != x }
                 |                 ^^^^^^^^^ write `x is not null`

            """
        let script = """
            warning[null-comparison]: `== null` is null and never true
              at a.qs:3:4
               3 | if x == null { print isGone(x) }
                 |    ^^^^^^^^^ write `x is null`

            """
        #expect(result.error == library + script)
        #expect(result.ending == .exited(0))
        let json = try bench.qs("check", "--errors=json", "-", input: "let x = 1\nprint x == null, y")
        let lines = json.error.split(separator: "\n")
        #expect(lines.first?.hasPrefix("{\"code\":\"null-comparison\",\"severity\":\"warning\",\"message\":") == true)
        #expect(lines.last?.hasPrefix("{\"code\":\"unknown-name\",\"severity\":\"error\",\"message\":") == true)
        #expect(json.ending == .exited(2))
    }

    @Test("errors are JSON objects, one a line, where that is asked for")
    func json() throws {
        let expected = """
            {"code":"unknown-name","severity":"error","message":"there is no variable `nope`","file":"a \\"b\\".qs","line":2,"column":9,\
            "end":{"line":2,"column":13},"labels":[],"hints":["give it a value first: let nope = ..."]}

            """
        try bench.folder.write("a \"b\".qs", "let a = 1\nlet b = nope")
        #expect(try bench.qs("check", "--errors=json", "a \"b\".qs").error == expected)
        #expect(try bench.qs("--errors=json", "check", "a \"b\".qs").error == expected)
        #expect(try bench.qs("--errors=json", "a \"b\".qs").error == expected)
        let labels = try bench.qs("--errors", "json", "-c", "def f(a, a) { a }").error
        #expect(labels.contains("\"labels\":[{\"line\":1,\"column\":7,\"end\":{\"line\":1,\"column\":8},\"message\":\"the first one\"}]"))
        #expect(try bench.qs("--errors=json", "gone.qs").error.hasPrefix("{\"code\":\"io\","))
        #expect(try bench.qs("--errors=xml", "-c", "print 1").ending == .exited(2))
    }

    @Test("fmt writes a script in place, once")
    func format() throws {
        try bench.folder.write("a.qs", "let   x=1;print x")
        let result = try bench.qs("fmt", "a.qs")
        #expect(result.output == "" && result.error == "" && result.ending == .exited(0))
        #expect(Files.text(bench.folder.path("a.qs")) == "let x = 1\nprint x\n")
        #expect(try bench.qs("fmt", "--check", "a.qs").ending == .exited(0))
    }

    @Test("fmt --check names the files that would change, and changes none")
    func formatCheck() throws {
        try bench.folder.write("a.qs", "print   1")
        try bench.folder.write("b.qs", "print 1\n")
        let result = try bench.qs("fmt", "--check", "a.qs", "b.qs")
        #expect(result.error == "a.qs: qs fmt would lay this out otherwise\n")
        #expect(result.ending == .exited(1))
        #expect(Files.text(bench.folder.path("a.qs")) == "print   1")
    }

    @Test("fmt - is a filter, and a script that is none stays as it is")
    func formatFilter() throws {
        #expect(try bench.qs("fmt", "-", input: "print   1 # x").output == "print 1  # x\n")
        try bench.folder.write("a.qs", "print (")
        let result = try bench.qs("fmt", "a.qs")
        #expect(result.error.hasPrefix("error[syntax]"))
        #expect(result.ending == .exited(2))
        #expect(Files.text(bench.folder.path("a.qs")) == "print (")
    }
}
