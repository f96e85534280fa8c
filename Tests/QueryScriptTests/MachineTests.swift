import QueryFrames
import Testing

@testable import QueryScript

@Suite("the machine")
struct MachineTests {
    /// Runs a script that needs no service and gives the text of its variable `x`.
    private func x(_ text: String, cancellation: Cancellation = Cancellation(), limits: Limits = Limits()) throws -> String {
        let source = Source(name: "test", text: text)
        guard case .script(let tree) = Parser.parse(source) else { throw Failure.parse }
        let (program, names) = try Compiler.compile(tree, source: source, globals: GlobalNames()).get()
        let machine = Machine(limits: limits)
        machine.begin(cancellation, limits: limits)
        machine.reserveGlobals(names.names.count)
        machine.start(program)
        var outcome = machine.run()
        while case .paused = outcome { outcome = machine.run() }
        switch outcome {
        case .finished: return try machine.heap.scriptValue(machine.global(names.slots["x"] ?? 0)).text
        case .failed(let fault, let place): throw Failure.run(fault, place.span)
        default: throw Failure.suspended
        }
    }

    enum Failure: Error, Equatable {
        case parse, suspended
        case run(MachineFault, Span)
    }

    @Test("arithmetic keeps ints exact and joins them with floats", arguments: [
        ("1 + 2 * 3 - 4", "3"), ("7 / 2", "3.5"), ("-7 // 2", "-4"), ("-7 % 3", "2"), ("2 + 0.5", "2.5"), ("9007199254740993 + 0", "9007199254740993"),
        ("-9223372036854775808", "-9223372036854775808"), ("1 / 0", "null"), ("(1 + 2) * 3", "9"), ("- - 5", "5"), ("-(2 + 3)", "-5"),
    ])
    func arithmetic(expression: String, text: String) throws {
        #expect(try x("let x = \(expression)") == text)
    }

    @Test("and, or and ?? skip their right side where the left one decides", arguments: [
        ("false and missing[0] > 1", "false"), ("true or missing[0] > 1", "true"), ("1 ?? missing[0]", "1"), ("null and false", "false"),
        ("null or true", "true"), ("null and true", "null"), ("not (null or false)", "null"),
    ])
    func shortcuts(expression: String, text: String) throws {
        #expect(try x("let missing = 5\nlet x = \(expression)") == text)
    }

    @Test("lists, records and ranges", arguments: [
        ("[1, 2, 3][-1]", "3"), ("[1][5]", "null"), ("{a: {b: 7}}.a.b", "7"), ("{a: 1}[\"a\"]", "1"), ("3 in 1..3", "true"), ("(5..6)[1]", "6"),
        ("[1] + [2]", "[1, 2]"), ("\"a${1}b${[1, \"x\"]}\"", "a1b[1, \"x\"]"), ("null.a", "null"),
    ])
    func collections(expression: String, text: String) throws {
        #expect(try x("let x = \(expression)") == text)
    }

    @Test("a variable may stand in its own new value", arguments: [
        ("if true { let v = 2\n v = (v + 1) * v\n x = v }", "6"), ("for i in 1..3 { let l = [i]\n l = [l, i]\n x = l }", "[[3], 3]"),
        ("for i in 1..2 { let t = i\n t = t ?? 1\n t = 1 + t * t\n x = t }", "5"),
    ])
    func selfReference(body: String, text: String) throws {
        #expect(try x("let x = 0\n" + body) == text)
    }

    @Test("loops count, break, continue and nest")
    func loops() throws {
        #expect(try x("let x = 0\nfor i in 1..10 { if i == 3 { continue }\n if i == 6 { break }\n x = x + i }") == "12")
        #expect(try x("let x = 0\nwhile x < 1000000 { x = x + 1 }") == "1000000")
        #expect(try x("let x = 0\nfor i in 5..1 { x = 1 }") == "0")
        #expect(try x("let x = 0\nfor i in 9223372036854775806..9223372036854775807 { x = i }") == "9223372036854775807")
    }

    @Test("an overflow, a wrong type, a missing field stop with the place", arguments: [
        ("9223372036854775807 + 1", 8), ("1 + \"a\"", 8), ("{a: 1}.b", 8), ("1..\"a\"", 8), ("-(-9223372036854775808)", 8),
    ])
    func faults(expression: String, place: Int32) throws {
        let failure = #expect(throws: Failure.self) { try x("let x = \(expression)") }
        guard case .run(_, let span)? = failure else {
            Issue.record("not a fault of the machine: \(String(describing: failure))")
            return
        }
        #expect(span.start == place)
    }

    @Test("what nothing refers to is freed, and what is referred to is kept")
    func garbage() throws {
        let text = """
            let keep = ["first"]
            let x = ""
            for i in 1..300000 {
                x = "${i} and some text that takes room of its own"
                if i % 1000 == 0 { keep = keep + [x] }
            }
            x = keep[0] + keep[300]
            """
        #expect(try x(text) == "first300000 and some text that takes room of its own")
    }

    @Test("a value of any depth is built and freed without recursion, and refused where it would leave the machine")
    func depth() throws {
        #expect(throws: Failure.run(.tooDeep(limit: Heap.depthLimit), Span(71, 77))) {
            try x("let l = []\nfor i in 1..1000000 { l = [l] }\nlet y = 1\nlet m = l\nlet x = \"${m}\"")
        }
    }

    @Test("an endless loop stops when it is cancelled from outside")
    func cancelled() async throws {
        let cancellation = Cancellation()
        let task = Task.detached { try x("let x = 0\nwhile true { x = x + 1 - 1 }", cancellation: cancellation) }
        try await Task.sleep(for: .milliseconds(20))
        cancellation.raise()
        await #expect(throws: Failure.self) { try await task.value }
    }

    @Test("long chains run without depth")
    func chains() throws {
        #expect(try x("let x = 0" + String(repeating: " + 1", count: 50_000)) == "50000")
        let elses = (0..<5_000).map { "else if x == -\($0 + 1) { x = 2 } " }.joined()
        #expect(try x("let x = 0\nif x == 1 { } \(elses) else { x = 7 }") == "7")
    }

    @Test("more values at once than there are registers is an error, not a trap")
    func registers() throws {
        let names = (0..<300).map { "let v\($0) = \($0)\n" }.joined()
        #expect(try x(names + "let x = v299") == "299")
        #expect(throws: Compiler.CheckFailure.self) { try x("let x = 0\nif true {\n\(names)x = v299 }") }
        #expect(try x("let x = [" + (0..<1000).map(String.init).joined(separator: ", ") + "][999]") == "999")
        #expect(throws: Compiler.CheckFailure.self) { try x("let x = {" + (0..<300).map { "f\($0): 1" }.joined(separator: ", ") + "}") }
        let parts = (0..<500).map { "${\($0 % 10)}" }.joined()
        #expect(try x("let x = \"\(parts)\"").count == 500)
    }
}
