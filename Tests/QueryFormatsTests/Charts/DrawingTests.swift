import QueryFrames
import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import QueryFormats

@Suite("charts as text and as SVG")
struct DrawingTests {
    private static let hostile = "<b a=\"1\">&'\u{1b}[31m\u{0}\u{fffe}\u{202e}日本"

    /// One chart of each kind over names that mean something to terminals and to XML.
    private static func charts(by: Bool) throws -> [Chart] {
        let names = (0..<60).map { Scalar.string("\(hostile) \($0 % 7)") }
        let frame = makeFrame([
            (hostile, .string, names), ("group", .string, (0..<60).map { .string("\(hostile) \($0 % 3)") }),
            ("n", .int64, (0..<60).map { $0 == 30 ? .null : .int(Int64(($0 * 37) % 50 - 10)) }), ("x", .float64, (0..<60).map { .float(Double($0) / 7) }),
        ])
        return try [(ChartKind.bar, hostile), (.line, hostile), (.line, "x"), (.point, "x"), (.histogram, "x")].map { kind, x in
            try Chart(frame, ChartRequest(kind: kind, x: x, y: kind == .histogram ? [] : ["n"], by: by ? "group" : nil))
        }
    }

    @Test("no line is wider than the terminal, and no control character comes through", arguments: [30, 41, 80, 133])
    func fits(width: Int) throws {
        for chart in try DrawingTests.charts(by: false) + DrawingTests.charts(by: true) {
            let text = chart.text(columns: width, rows: 24)
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                #expect(DisplayText.width(String(line)) <= width, "\(line)")
                #expect(!line.unicodeScalars.contains { DisplayText.isUnsafe($0) }, "\(line)")
                #expect(!line.hasSuffix(" "))
            }
        }
    }

    @Test("colours are there only where they are wanted, and end where they have to")
    func colours() throws {
        for chart in try DrawingTests.charts(by: true) {
            #expect(!chart.text().contains("\u{1b}"))
            let text = chart.text(isColoured: true)
            #expect(text.contains("\u{1b}[38;5;32m"))
            #expect(text.split(separator: "\u{1b}[38;5;").count - 1 == text.split(separator: "\u{1b}[0m").count - 1)
        }
    }

    @Test("series without colours differ in their characters")
    func plainSeries() throws {
        let frame = makeFrame([
            ("k", .string, [.string("x"), .string("y")]), ("a", .int64, [.int(2), .int(4)]), ("b", .int64, [.int(1), .null]),
        ])
        #expect(
            try Chart(frame, ChartRequest()).text(columns: 30) == """
                a, b by k
                █ a   ▒ b

                x █████████████ 2
                  ▒▒▒▒▒▒▒ 1

                y ██████████████████████████ 4


                """)
    }

    @Test("negative bars go to the left, and what is missing has none")
    func negative() throws {
        let frame = makeFrame([("k", .string, [.string("x"), .string("y"), .string("z")]), ("a", .int64, [.int(-2), .int(4), .null])])
        #expect(
            try Chart(frame, ChartRequest()).text(columns: 30) == """
                a by k

                x ████████ -2
                y         ████████████████ 4
                z

                """)
    }

    @Test("SVG is XML that Python can read, with the data's own text in it", .enabled(if: DrawingTests.python != nil))
    func parses() throws {
        let python = try #require(DrawingTests.python)
        for chart in try DrawingTests.charts(by: false) + DrawingTests.charts(by: true) {
            let imports = "import sys, xml.etree.ElementTree as tree\n"
            let program = imports + """
                root = tree.fromstring(sys.stdin.buffer.read())
                names = {element.tag.split('}')[1] for element in root.iter()}
                print(root.tag, sorted(names - {'svg', 'title', 'rect', 'text', 'line', 'path', 'circle'}))
                print(root.find('{http://www.w3.org/2000/svg}title').text)
                """
            let result = try Command(python, ["-c", program]).run(input: chart.svg)
            #expect(result.error == "")
            let lines = result.output.split(separator: "\n")
            #expect(lines.first == "{http://www.w3.org/2000/svg}svg []")
            #expect(lines.last.map(String.init) == DisplayText.escaped(chart.heading).replacing("\u{fffe}", with: "\u{fffd}"))
        }
    }

    /// Where Python is, if it is.
    private static var python: String? {
        ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"].first { access($0, X_OK) == 0 }
    }

    @Test("every mark of an SVG lies in the picture")
    func inside() throws {
        for chart in try DrawingTests.charts(by: false) + DrawingTests.charts(by: true) {
            let svg = chart.svg
            for name in ["x", "cx", "x1", "x2"] {
                for part in svg.split(separator: " \(name)=\"").dropFirst() {
                    let value = try #require(Double(part.prefix { $0 != "\"" }))
                    #expect((0...720).contains(value), "\(name)=\(value)")
                }
            }
        }
    }
}
