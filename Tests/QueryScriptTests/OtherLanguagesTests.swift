import QueryFrames
import Testing

@testable import QueryScript

@Suite("words of other languages")
struct OtherLanguagesTests {
    private func hint(_ text: String) -> String? {
        let source = Source(name: "test", text: text)
        let hints = ScriptCheck.diagnostics(of: source, reading: nil).compactMap(\.hint)
        return hints.isEmpty ? nil : hints.joined(separator: "\n")
    }

    @Test("what people write who come from elsewhere gets the word or sign of this language", arguments: [
        ("SELECT * FROM orders", "run \"select"), ("let j = 1\nj | filter a > 1", "`where`"), ("[] | limit 3", "`take`"), ("[] | group by a", "summarize"),
        ("if true { } elif false { }", "else if"), ("fn f(x) { x }", "def NAME"), ("function f(x) { x }", "def NAME"), ("var x = 1", "let NAME"),
        ("echo 1", "`print`"), ("throw \"x\"", "`fail`"), ("foreach x in y { }", "for x in"), ("print range(10)", "1..10"), ("print length(\"a\")", "len(x)"),
        ("print ifnull(1, 2)", "x ?? 0"), ("print None", "null"), ("print True", "true"), ("print 1 <> 2", "!="), ("print 1 === 2", "=="),
        ("print true || false", "`or`"), ("print true && false", "`and`"), ("print !true", "`not`"), ("let x = 1\nx += 1", "x = x + ..."),
        ("let x = 1\nx++", "x = x + 1"), ("print 2 ** 3", "power(x, y)"), ("print true ? 1 : 2", "if(condition"), ("let f = x -> x", "def NAME"), ("x := 1", "let NAME"),
        ("// why", "#"), ("-- why", "#"), ("/* why */", "#"), ("[] |> count", "|"), ("print [1].length()", "len(x)"), ("[].where(a > 1)", "| where"),
        ("print \"a\".upper()", "upper(x)"), ("print len \"a\"", "len(...)"), ("print 1 2", "comma"), ("print 1 in (1, 2)", "[a, b]"),
        ("[] | sort by a", "leave it out"), ("[] | sort a descending", "desc"), ("[] | select a as b", "NAME = EXPR"), ("[] | summarize count() by a", "NAME = ..."),
        ("[] | select *", "derive"), ("run q month=1", "with month"), ("import json", "\"json.qs\""), ("open orders.csv", "\"orders.csv\""),
        ("print f\"{x}\"", "needs no letter"), ("let a, b = 1", "one name"), ("print 1 is 2", "`==`"), ("print 2024-05-01", "@2024-05-01"),
        ("if true then print 1", "braces"), ("while true do print 1 end", "braces"), ("for i in 1 to 3 { }", "1..10"), ("for k, v in {a: 1} { }", "`key`"),
        ("try { } catch { }", "catch e"), ("try { } except e { }", "catch e"), ("let x = ${y}", "$name"), ("[] | export csv > \"a.csv\"", "to \"...\""),
        ("assert true, \"x\"", "leave it out"), ("return 1", "`exit`"), ("let x = .5", "0.5"), ("| take 1", "before it"), ("print @2024-05-01.month", "month(x)"),
        ("print \"a\" + 1", "string(x)"), ("print \"a\" .. \"b\"", "`+`"), ("print \"abc\".length", "len(x)"),
        ("let rows = [{a: 1}]\nrows | where a == EU", "\"EU\""), ("Let x = 1", "`let`"), ("print LEN(\"a\")", "`len`"),
    ])
    func hints(text: String, part: String) throws {
        let hint = try #require(self.hint(text))
        #expect(hint.contains(part), "\(text): \(hint)")
    }

    @Test("what the hints name is there")
    func names() {
        let table = CommandTable.standard
        for hint in OtherLanguages.hints {
            let words = hint.split { !$0.isLetter && $0 != "_" && $0 != "(" && $0 != "|" && $0 != " " }.joined(separator: " ").split(separator: " ").map(String.init)
            for (index, word) in words.enumerated() {
                if let open = word.firstIndex(of: "("), open > word.startIndex {
                    let name = String(word[..<open])
                    let isThere = Functions.row(named: name) != nil || Aggregates.row(named: name) != nil || table.function(name) != nil
                    #expect(isThere || ["NAME", "f", "in", "is"].contains(name), "\(hint)")
                }
                if word == "|", index + 1 < words.count, !words[index + 1].contains("("), words[index + 1] != "|" {
                    #expect(table.transform(words[index + 1]) != nil || table.command(words[index + 1]) != nil, "\(hint)")
                }
            }
            for (index, part) in hint.split(separator: "`", omittingEmptySubsequences: false).enumerated() where index % 2 == 1 && part.allSatisfy(\.isLetter) {
                let isThere = table.transform(String(part)) != nil || table.command(String(part)) != nil || Word.reserved.contains(String(part))
                #expect(isThere || ["matches", "args"].contains(part), "\(hint)")
            }
        }
    }
}
