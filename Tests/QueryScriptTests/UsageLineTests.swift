import Testing

@testable import QueryScript

@Suite("usage lines are grammars")
struct UsageLineTests {
    @Test("a subject, an optional word and clauses in any order")
    func export() throws {
        let line = try UsageLine("export SUBJECT [FORMAT] [to PATH] [with OPTIONS]")
        #expect(line.name == "export")
        #expect(line.clauses.map(\.key) == ["subject", "format", "to", "with"])
        #expect(line.clauses.map(\.isOptional) == [false, true, true, true])
        #expect(line.clauseWords == ["to", "with"])
    }

    @Test("repeated items with flags of their own")
    func sort() throws {
        let line = try UsageLine("sort EXPR [asc|desc] [nulls first|last], ...")
        #expect(line.clauses.count == 1)
        #expect(line.clauses[0].repeats)
        #expect(line.clauses[0].shapes[0].count == 3)
    }

    @Test("a choice of shapes")
    func select() throws {
        let line = try UsageLine("select COL | NAME = EXPR, ...")
        #expect(line.clauses[0].shapes.count == 2)
        #expect(line.clauses[0].shapes[1].count == 3)
        #expect(line.clauses[0].repeats)
    }

    @Test("words that stand alone, and a result that is no part of the grammar")
    func wait() throws {
        let line = try UsageLine("wait [any] [JOB, ...] [timeout DURATION] -> job")
        #expect(line.clauses.map(\.key) == ["any", "items", "timeout"])
        #expect(line.clauses[0].flags == ["any"])
        #expect(line.clauses[1].repeats)
    }

    @Test("a name and a value are one clause with two slots")
    func dataset() throws {
        let line = try UsageLine("dataset NAME = PATH")
        #expect(line.clauses.count == 1)
        #expect(line.clauses[0].slotNames == "NAME = PATH")
    }

    @Test("a number with groups after a word")
    func take() throws {
        let line = try UsageLine("take N [by COL, ...]")
        #expect(line.clauses.map(\.key) == ["n", "by"])
        #expect(!line.clauses[0].repeats && line.clauses[1].repeats)
    }

    @Test("a line without an end of its bracket is refused", arguments: ["export SUBJECT [to PATH", "", "EXPORT", "run QUERY ]"])
    func bad(text: String) {
        #expect(throws: UsageFault.self) { try UsageLine(text) }
    }

    @Test("every command and transform has a sentence, and an example that the parser reads")
    func rows() {
        let table = CommandTable.standard
        let rows = table.commands.map { ($0.name, $0.summary, $0.example) } + table.transforms.map { ($0.name, $0.summary, $0.example) }
        #expect(Set(rows.map(\.0)).count == rows.count, "two rows bear one name")
        for (name, summary, example) in rows {
            #expect(summary.hasSuffix("."), "\(name): \(summary)")
            let source = Source(name: name, text: example)
            guard case .script(let tree) = Parser.parse(source) else {
                Issue.record("the example of \(name) is no script: \(example)")
                continue
            }
            var globals = GlobalNames()
            for known in ["j", "k", "customers", "month", "targets"] { _ = globals.declare(known) }
            if case .failure(let failure) = Compiler.compile(tree, source: source, globals: globals) {
                Issue.record("the example of \(name) is refused: \(failure.errors)")
            }
        }
    }
}
