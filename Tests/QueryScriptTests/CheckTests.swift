import QueryClient
import QueryFormats
import TestSupport
import Testing

@testable import QueryScript

@Suite("the check of scripts")
struct CheckTests {
    private let knowledge = ScriptKnowledge(
        queries: [
            SavedQuery(
                name: "by_region", text: "", parameters: ["region"],
                columns: [.init("region", .string), .init("revenue", .float64), .init("day", .date)]),
            SavedQuery(name: "untyped", text: "", columns: [.init("region", nil)]),
            SavedQuery(name: "never_run", text: ""),
        ],
        datasets: [Dataset(name: "orders", path: "/orders.csv")])

    private func check(_ text: String, files: [String: String] = [:]) -> [Diagnostic] {
        ScriptCheck.diagnostics(of: Source(name: "test.qs", text: text), knowledge: knowledge) { (path) throws(FormatError) in
            guard let file = files[path] else { throw .io(path: path, operation: "open", code: 2) }
            return Array(file.utf8)
        }
    }

    private func codes(_ text: String, files: [String: String] = [:]) -> [String] {
        check(text, files: files).map { "\($0.source.position(Int($0.span.start)).line) \($0.code.rawValue)" }
    }

    @Test("all errors of a script are told, in the order of its text and each once")
    func allAtOnce() {
        #expect(codes("print nope\nlet x = (1\nlet y = 2\nexprot x\nprint upper(1, 2), nope, missing(3), y\n") == [
            "1 unknown-name", "3 syntax", "4 unknown-command", "5 usage", "5 unknown-function",
        ])
        #expect(codes("print nope\nprint nope\nprint other") == ["1 unknown-name", "3 unknown-name"])
        #expect(codes("let x = )\nprint x\nx = 1") == ["1 syntax"])
        #expect(codes("frobnicate\nlet y = 1 +\n") == ["1 unknown-name", "3 syntax"])
    }

    @Test("a saved query has to be there, with the parameters that are given", arguments: [
        ("run by_region with region=\"EU\"", []), ("run nothing", ["1 unknown-query"]), ("run by_region", ["1 missing-parameter"]),
        ("run by_region with region=1, month=2", ["1 unknown-parameter"]), ("run never_run on nowhere", ["1 unknown-dataset"]),
        ("run never_run on Orders", []), ("save own as \"select {{a}}\"\nrun own with b=1", []), ("let n = \"x\"\nsave $n as \"select 1\"\nrun what", []),
        ("dataset more = \"more.csv\"\nrun never_run on more", []), ("let q = \"what\"\nrun $q", []),
    ])
    func queries(text: String, expected: [String]) {
        #expect(codes(text) == expected)
    }

    @Test("columns are those of the query's last result", arguments: [
        ("j | where revnue > 1", ["2 unknown-column"]), ("j | where revenue > 1 | select region | where day > @2024-01-01", ["2 unknown-column"]),
        ("j | where revenue > \"x\"", ["2 type"]), ("print j.reveneu", ["2 unknown-field"]), ("print j.revenue, j.status", []),
        ("for row in j { print row.region, row.nope }", ["2 unknown-field"]), ("let n = 3\nj | take n | where n > revenue", []),
        ("j | count | take 1", ["2 type"]), ("wait j | where revnue > 1", ["2 unknown-column"]), ("let k = j\nk | drop nope", ["3 unknown-column"]),
        ("j | join j on regoin", ["2 unknown-column"]), ("j | derive x = revenue * 2 | where x > 1 and y > 1", ["2 unknown-column"]),
        ("j = run never_run\nj | where revnue > 1", []), ("j | top(1)\ndef top(f, n) { f | take n | where nope > 1 }", []),
        ("def g() { j | where nope > 1 }", ["2 unknown-column"]), ("try { j | where nope > 1 } catch e { print e }", ["2 unknown-column"]),
        ("j | where a > 1 and b > 2 | sort c | select d, e", Array(repeating: "2 unknown-column", count: 5)),
        ("j | where upper(revenue) > 1\nj | where nope > 1", ["2 type", "3 unknown-column"]),
        ("j | where upper(revenue) == \"A\" | where nope > 1", ["2 type", "2 unknown-column"]),
    ])
    func columns(text: String, expected: [String]) {
        #expect(codes("let j = run by_region with region=\"EU\"\n" + text) == expected)
    }

    @Test("a list of records has their columns")
    func records() {
        #expect(codes("let rows = [{a: 1}, {a: 2, b: \"x\"}]\nrows | where c > 1 | take 1\nrows | where a > 1 and b == \"x\"") == ["2 unknown-column"])
        #expect(codes("let rows = [{a: 1}]\nrows | where a > \"x\"\nprint rows[0]") == ["2 type"])
        #expect(codes("let r = {a: 1}\nlet rows = [r, args]\nrows | where c > 1") == [])
    }

    @Test("in a `try` everything is told but what a service may lack")
    func tries() {
        #expect(codes("try { print upper(1)\nprint {a: 1}.b\nrun nothing } catch e { print e.nope, -\"a\" }") == ["1 type", "2 unknown-field", "3 type"])
    }

    @Test("variables that the host gives are known, with their values")
    func given() {
        var knowledge = knowledge
        knowledge.give("month", .scalar(.string("2024-05")))
        let found = ScriptCheck.diagnostics(of: Source(name: "test.qs", text: "print month, -month, moth"), knowledge: knowledge, reading: nil)
        #expect(found.map(\.code) == [.type, .unknownName])
        #expect(found.last?.hint == "did you mean `month`?")
    }

    @Test("columns whose types are not known are known by their names")
    func untyped() {
        #expect(codes("let j = run untyped\nj | where region > 5\nj | where nope > 5") == ["3 unknown-column"])
        #expect(codes("run never_run | where nope > 5\nopen \"x.csv\" | where nope > 5") == [])
    }

    @Test("types that are certain have to fit", arguments: [
        ("print 1 + \"a\"", ["1 type"]), ("let x = \"a\"\nprint -x", ["2 type"]), ("let x = \"a\"\nx = 1\nprint -x", []), ("if 1 { }", ["1 type"]),
        ("for x in 5 { }", ["1 type"]), ("wait 5", ["1 type"]), ("sleep 5", ["1 type"]), ("print upper(5)", ["1 type"]), ("print [1] + [2]", []),
        ("print 5.name", ["1 type"]), ("let r = {a: 1}\nprint r.a, r.b", ["2 unknown-field"]), ("print 1..\"a\"", ["1 type"]),
        ("5 | take 1", ["1 type"]), ("print if(true, 1, \"a\"), coalesce(null, \"a\") + 1", []), ("print null + 1, not null", []),
        ("print @2024-05-01 + 1d, \"2024-05-01\" < @2024-06-01", []), ("assert 1", ["1 type"]),
    ])
    func types(text: String, expected: [String]) {
        #expect(codes(text) == expected)
    }

    @Test("calls of a script's functions have to fit their arguments", arguments: [
        ("def f(a, b = 1) { a }\nprint f(1), f(1, 2)", []), ("def f(a, b = 1) { a }\nprint f(), f(1, 2, 3)", ["2 usage", "2 usage"]),
        ("print f(1, 2)\ndef f(a) { a }", ["1 usage"]), ("let f = 1\nprint f(1)", ["2 type"]),
        ("def f(a) { a }\ndef g(f) { f(1, 2) }\nprint g(f)", []), ("def f(a) { a }\nf = 1\nprint f(1, 2)", []),
    ])
    func functions(text: String, expected: [String]) {
        #expect(codes(text) == expected)
    }

    @Test("the earlier place is shown where two places matter")
    func labels() throws {
        let diagnostic = try #require(check("def f(a) { a }\nprint f(1, 2)").first)
        #expect(diagnostic.labels.map(\.span) == [Span(4, 5)])
        #expect(DiagnosticRenderer().text(of: diagnostic).contains(" 1 | def f(a) { a }\n     |     - it is defined here\n   2 | print f(1, 2)"))
    }

    @Test("imports are followed, and what is wrong in them is told at its place")
    func imports() {
        let files = ["lib.qs": "def top(f, n = 10) { f | take n }\nlet base = 5\n", "bad.qs": "print nope\nlet good = 1", "loop.qs": "import \"loop.qs\""]
        #expect(codes("import \"lib.qs\"\nprint base + 1, top(1, 2, 3), nope", files: files) == ["2 usage", "2 unknown-name"])
        #expect(check("import \"bad.qs\"\nprint good", files: files).map(\.source.name) == ["bad.qs"])
        #expect(codes("import \"loop.qs\"", files: files) == ["1 syntax"])
        // What a file that is not there would have defined is not missed as well.
        #expect(codes("import \"gone.qs\"\nprint from_gone, 1 + \"a\"", files: files) == ["1 io", "2 type"])
    }

    @Test("every program that runs passes the check, but for what it catches")
    func programs() throws {
        let folder = Files.package + "/Tests/Programs/run/"
        for name in Files.names(in: folder) where name.hasSuffix(".qs") {
            let bytes = try #require(Files.bytes(folder + name))
            let found = ScriptCheck.diagnostics(of: Source(name: folder + name, bytes: bytes), knowledge: ScriptKnowledge(queries: [], datasets: [])) {
                (path) throws(FormatError) in Files.bytes(path) ?? []
            }
            let uncaught = found.filter { !CheckTests.isCaught($0) }
            #expect(uncaught.isEmpty, "\(name): \(uncaught.map { DiagnosticRenderer().text(of: $0) }.joined(separator: "\n"))")
        }
    }

    /// Whether the place stands in a `try`.
    private static func isCaught(_ diagnostic: Diagnostic) -> Bool {
        guard case .script(let tree) = Parser.parse(diagnostic.source) else { return false }
        return tree.ids.contains { id in
            guard case .tryStatement(let body, _, _) = tree[id] else { return false }
            let span = tree.span(body)
            return span.start <= diagnostic.span.start && diagnostic.span.end <= span.end
        }
    }

    @Test("a name in backticks is the same whichever way its letters are composed")
    func normalization() {
        #expect(codes("let `caf\u{E9}` = 1\nprint `cafe\u{301}`") == [])
    }
}
