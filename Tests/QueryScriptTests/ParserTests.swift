import Testing

@testable import QueryScript

@Suite("the parser")
struct ParserTests {
    private func outcome(_ text: String, isPrompt: Bool = true) -> ParseOutcome {
        Parser.parse(Source(name: "test", text: text), isPrompt: isPrompt)
    }

    @Test("a prompt asks for more where a statement is open", arguments: [
        "print (1 +", "let a =", "j |", "if true {", "print [1,", "print {a: 1", "print 1 +", "let s = \"\"\"\nabc", "print \\", "for x in",
        "a and", "o | derive x = rank() over (", "o | derive x = rank() over (by a,", "x matches",
    ])
    func unfinished(text: String) {
        guard case .unfinished = outcome(text) else {
            Issue.record("not taken as unfinished: \(text)")
            return
        }
    }

    @Test("a prompt runs, or refuses, what more text could not mend", arguments: [
        "print 1", "", "# nothing", "exprot j csv", "print )", "let 5 = 1", "export j", "| where a > 1", "jobs", "print \"no end", "run q with", "orders | where (open > 1)",
    ])
    func finished(text: String) {
        if case .unfinished = outcome(text) { Issue.record("taken as unfinished: \(text)") }
    }

    @Test("only a prompt goes on from the last value where a line begins with a pipe")
    func leadingPipe() {
        guard case .script = outcome("| where a > 1", isPrompt: true) else {
            Issue.record("refused at a prompt")
            return
        }
        guard case .failed = outcome("| where a > 1", isPrompt: false) else {
            Issue.record("taken in a script")
            return
        }
    }

    @Test("chains of any length are no depth")
    func chains() {
        for text in [
            "print 1" + String(repeating: " + 1", count: 100_000),
            "print a" + String(repeating: ".b", count: 100_000),
            "if x { }" + String(repeating: " else if x { }", count: 20_000),
            "j" + String(repeating: " | take 1", count: 20_000),
            "print " + String(repeating: "not ", count: 100_001) + "true",
        ] {
            guard case .script = outcome(text) else {
                Issue.record("refused: \(text.prefix(30))...")
                continue
            }
        }
    }

    @Test("nesting past the limit is an error at its place", arguments: ["(", "[", "-(", "{a: ", "round(", "x["])
    func depth(open: String) {
        let text = "print " + String(repeating: open, count: 100_000)
        switch outcome(text) {
        case .failed(let errors, _): #expect(errors.first?.fault == .tooDeep(limit: Parser.depthLimit))
        case .unfinished(let error, _): #expect(error.fault == .tooDeep(limit: Parser.depthLimit))
        case .script: Issue.record("taken")
        }
    }

    @Test("strings in strings past the limit are an error")
    func stringDepth() {
        let text = "print " + String(repeating: "\"${", count: 50_000) + "1" + String(repeating: "}\"", count: 50_000)
        guard case .failed(let errors, _) = outcome(text) else {
            Issue.record("taken")
            return
        }
        #expect(errors.first?.fault == .tooDeep(limit: Parser.depthLimit))
    }

    @Test("all unknown names of a script are found at once")
    func severalErrors() {
        guard case .failed(let errors, _) = outcome("exprot a csv\nprint 1\nj | wher a\nrun q wiht a=1", isPrompt: false) else {
            Issue.record("taken")
            return
        }
        #expect(errors.count == 3)
    }
}
