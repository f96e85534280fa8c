import Testing

@testable import QueryScript

@Suite("diagnostics as text")
struct DiagnosticRendererTests {
    private func text(_ script: String, _ span: Span, hint: String? = nil, notes: [String] = [], colour: Bool = false) -> String {
        let diagnostic = Diagnostic(
            .unknownColumn, "there is no column `revnue`", hint: hint, notes: notes, in: Source(name: "monthly.qs", text: script), at: span)
        return DiagnosticRenderer(.lines(isColoured: colour)).text(of: diagnostic)
    }

    @Test("the place, the line, the mark and the hint")
    func plain() {
        let script = "let j = 1\n\nj | where revnue > 1000\n"
        #expect(text(script, Span(21, 27), hint: "did you mean `revenue`?", notes: ["columns: region, revenue"]) == """
            error[unknown-column]: there is no column `revnue`
              at monthly.qs:3:11
               3 | j | where revnue > 1000
                 |           ^^^^^^ did you mean `revenue`?
              columns: region, revenue
            """)
    }

    @Test("the mark stands below wide characters and tabs")
    func wide() {
        #expect(text("\"日本\" | revnue", Span(11, 17)).hasSuffix("""
               1 | "日本" | revnue
                 |          ^^^^^^
            """))
        #expect(text("\tx revnue", Span(3, 9)).hasSuffix("   1 |  x revnue\n     |    ^^^^^^"))
    }

    @Test("a place past the end, on an empty line and in an empty script")
    func edges() {
        #expect(text("abc", Span(3, 3)).hasSuffix("   1 | abc\n     |    ^"))
        #expect(text("a\n\nb", Span(2, 2)).hasSuffix("at monthly.qs:2:1"))
        #expect(text("", Span(0, 0), hint: "add some").hasSuffix("at monthly.qs:1:1\n  add some"))
        #expect(text("x", Span(900, 901)).contains("1:2"))
    }

    @Test("a long line is shown around the place")
    func long() {
        let script = String(repeating: "a", count: 5_000) + " revnue " + String(repeating: "b", count: 5_000)
        let lines = text(script, Span(5_001, 5_007)).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count < 200 })
        #expect(lines.contains { $0.contains("revnue") && $0.hasPrefix("   1 |") })
    }

    @Test("nothing of a script can speak to the terminal")
    func controls() {
        let out = text("\u{1B}[31m revnue\u{202E}", Span(6, 12), colour: true)
        let bare = out.replacing("\u{1B}[1;31m", with: "").replacing("\u{1B}[1m", with: "").replacing("\u{1B}[34m", with: "").replacing("\u{1B}[0m", with: "")
        #expect(!bare.contains("\u{1B}") && !bare.contains("\u{202E}"))
        #expect(out.contains("\\e[31m") && out.contains("\\u{202e}"))
    }
}
