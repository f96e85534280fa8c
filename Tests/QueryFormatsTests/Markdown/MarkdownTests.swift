import QueryFormats
import QueryFrames
import Testing

@Suite("markdown")
struct MarkdownTests {
    @Test("a table has header, alignment and rows, with numbers to the right and null empty")
    func table() throws {
        let frame = makeFrame([
            ("region", .string, [.string("EU"), .null]), ("net_revenue", .float64, [.float(5), .float(2.5)]),
            ("d", .date, [.date(0), .null]),
        ])
        #expect(
            try write("markdown", frame) == """
                | region | net_revenue | d |
                | --- | ---: | --- |
                | EU | 5.0 | 1970-01-01 |
                | | 2.5 | |

                """)
    }

    @Test(
        "text stays text, whatever Markdown or HTML would make of it",
        arguments: [
            ("a|b", "a\\|b"), ("a\\|b", "a\\\\\\|b"), ("x\ny\r\nz\rw", "x<br>y<br>z<br>w"), ("`c`", "\\`c\\`"), ("<script>", "&lt;script>"),
            ("*b* _i_", "\\*b\\* \\_i\\_"),
            ("snake_case", "snake_case"), ("AT&T", "AT&T"), ("&lt;", "&amp;lt;"), ("&#60;", "&amp;#60;"), ("[a](b)", "\\[a\\](b)"),
            ("~x~", "\\~x\\~"), ("é|", "é\\|"),
        ])
    func escapes(_ text: String, _ markdown: String) throws {
        #expect(try write("markdown", makeFrame([(text, .string, [.string(text)])])) == "| \(markdown) |\n| --- |\n| \(markdown) |\n")
    }
}
