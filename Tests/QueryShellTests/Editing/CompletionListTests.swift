// What Tab lists, and what it is sure of.
import Testing
@testable import QueryShell

@Suite struct CompletionListTests {
    init() { TerminalLocale.useUnicode() }

    private func candidates(_ texts: String...) -> [Completion.Candidate] { texts.map { .init($0) } }

    @Test("the common beginning is cut between characters")
    func commonPrefix() {
        #expect(CompletionList.commonPrefix(candidates("print", "printer", "prince")) == "prin")
        #expect(CompletionList.commonPrefix(candidates("日本", "日記")) == "日")
        #expect(CompletionList.commonPrefix(candidates("a", "b")) == "")
        #expect(CompletionList.commonPrefix([]) == "")
    }

    @Test("columns are filled downwards and fit the width")
    func columns() {
        #expect(CompletionList.rows(candidates("aa", "b", "cc", "日", "e"), columns: 12) == ["aa  cc  e", "b   日"])
        #expect(CompletionList.rows(candidates("aa", "b"), columns: 5) == ["aa", "b"])
    }

    @Test("notes stand beside their candidates, one a row, and are cut at the width")
    func notes() {
        let rows = CompletionList.rows([.init("a", note: "first"), .init("bcd", note: "a long note")], columns: 14)
        #expect(rows == ["a    first", "bcd  a long n…"])
    }

    @Test("no more than the limit are listed, the rest counted")
    func limit() {
        let rows = CompletionList.rows((0..<130).map { .init("c\($0)") }, columns: 1000)
        #expect(rows.last == "… and 30 more")
        #expect(rows.dropLast().joined(separator: " ").split(separator: " ").count == 100)
    }

    @Test("a candidate cannot steer the terminal")
    func controls() {
        #expect(CompletionList.rows(candidates("a\u{1b}[2Jb"), columns: 40) == ["a^[[2Jb"])
    }
}
