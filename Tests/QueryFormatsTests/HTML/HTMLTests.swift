import QueryFormats
import QueryFrames
import TestSupport
import Testing

@Suite("html")
struct HTMLTests {
    /// The texts of all cells, as an HTML parser of another make reads them; XML has to read the page too.
    private func cells(_ page: String) throws -> String {
        let program = """
            from html.parser import HTMLParser; from xml.etree import ElementTree as tree; from sys import exit, stdin
            page = stdin.buffer.read().decode()
            tree.fromstring(page)
            class Reader(HTMLParser):
                text = None
                def handle_starttag(self, tag, attributes):
                    if tag in ("td", "th"): self.text = ""
                    elif tag not in ("html", "head", "meta", "title", "style", "body", "table", "caption", "thead", "tbody", "tr"): exit(tag)
                def handle_data(self, data):
                    if self.text is not None: self.text += data
                def handle_endtag(self, tag):
                    if tag in ("td", "th"): print(ascii(self.text)); self.text = None
            Reader().feed(page)
            """
        let result = try Command("/usr/bin/env", ["python3", "-c", program]).run(input: page)
        #expect(result.error == "" && result.ending == .exited(0))
        return result.output
    }

    @Test("a fragment is a table: header, rows, numbers to the right, null empty")
    func fragment() throws {
        let frame = makeFrame([
            ("region", .string, [.string("EU"), .null]), ("net", .float64, [.float(5), .float(2.5)]), ("took", .duration, [.duration(60_000_000), .null]),
            ("d", .date, [.date(0), .null]),
        ])
        #expect(
            try write("html", frame, ["fragment": .bool(true)]) == """
                <table>
                <thead>
                <tr><th>region</th><th style="text-align:right">net</th><th style="text-align:right">took</th><th>d</th></tr>
                </thead>
                <tbody>
                <tr><td>EU</td><td style="text-align:right">5.0</td><td style="text-align:right">1m</td><td>1970-01-01</td></tr>
                <tr><td></td><td style="text-align:right">2.5</td><td style="text-align:right"></td><td></td></tr>
                </tbody>
                </table>

                """)
    }

    @Test("text stays text, whatever HTML would make of it")
    func escapes() throws {
        let texts = [
            "</td><script>alert(1)</script>", "&amp;", "a & b", "\"x\" 'y'", "javascript:x", "<!-- x", "]]>", "a\nb", "a\r\nb", "\rx", " x ", "é😀", "&#60;",
            "\u{202e}x",
        ]
        let page = try write("html", makeFrame([("<b>&", .string, texts.map(Scalar.string))]), ["title": .string("<i>&")])
        #expect(page.contains("<title>&lt;i&gt;&amp;</title>") && page.hasPrefix("<!DOCTYPE html>\n"))
        let expected = [
            "'<b>&'", "'</td><script>alert(1)</script>'", "'&amp;'", "'a & b'", "'\"x\" \\'y\\''", "'javascript:x'", "'<!-- x'", "']]>'", "'a\\nb'",
            "'a\\r\\nb'", "'\\rx'", "' x '", "'\\xe9\\U0001f600'", "'&#60;'", "'\\u202ex'",
        ]
        #expect(try cells(page) == expected.map { $0 + "\n" }.joined())
    }

    @Test("no rows, no columns, JSON and lists are well-formed pages")
    func shapes() throws {
        #expect(try cells(write("html", makeFrame([("a", .int64, [])]))) == "'a'\n")
        #expect(try cells(write("html", Frame(schema: Schema([]), columns: []))) == "")
        let nested = makeFrame([("j", .json, [.json("{\"a\":\"<\"}")]), ("l", .list(.string), [.list([.string("&"), .null])])])
        #expect(try cells(write("html", nested)) == "'j'\n'l'\n'{\"a\":\"<\"}'\n'[\"&\",null]'\n")
    }

    @Test("several frames are a table each, with their names")
    func several() throws {
        let sink = MemorySink()
        let make = try #require(Formats.row(named: "html")?.writeSeveral)
        let frame = makeFrame([("x", .int64, [.int(1)])])
        try make(sink, FormatOptions()).write([NamedFrame("EU", frame), NamedFrame("A&B", frame)], .one)
        #expect(try cells(sink.text) == "'x'\n'1'\n'x'\n'1'\n")
        #expect(sink.text.contains("<caption>EU</caption>") && sink.text.contains("<caption>A&amp;B</caption>"))
    }

    @Test("a NUL, which a reader would replace, is refused with its place")
    func nul() {
        let frame = makeFrame([("a", .string, [.null, .string("x\0")])])
        #expect(formatError { try write("html", frame) } == .unwritable(format: "html", column: "a", row: 2, .character(0)))
    }
}
