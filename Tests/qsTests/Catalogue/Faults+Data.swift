// Rows of every kind, good and bad (D1 to D8, D14 to D16, D20, D21).
import FaultServer

extension Fault {
    /// Values of one column `v`, as JSON, and what is exported of them; `words` stand in the messages.
    private static func values(_ id: String, _ name: String, _ values: [String], _ exported: [String], _ words: [String] = []) -> Fault {
        let rows = "v\n" + exported.map { $0 + "\n" }.joined()
        var fault = Fault(id, name, .harmless(words), at: Step.ofRows, otherwise: [.poll: .harmless(words, requests: -1)], rows: rows) { step in
            .json(page(step, values, count: values.count))
        }
        fault.firstPage = Step.poll.pageText("", count: nil, fields: #"["v"]"#, link: #""/api/queries/q-1?page=2""#)
        return fault
    }

    /// A value that is none, or that no column takes.
    private static func value(_ id: String, _ name: String, _ verdict: Verdict, arrives: Bool = true, _ value: String) -> Fault {
        Fault(id, name, verdict, at: Step.ofRows, arrives: arrives) { .json(page($0, [value])) }
    }

    /// A page with these values in one column.
    private static func page(_ step: Step, _ values: [String], count: Int? = nil) -> String {
        let isList = step == .look || step == .whole
        let rows = values.map { isList ? "[\($0)]" : #"{"v":\#($0)}"# }.joined(separator: ",")
        return step.pageText(rows, count: count, fields: #"["v"]"#)
    }

    private static let broken = Verdict.passing("bad-answer", ["at byte"])

    private static func digits(_ count: Int) -> String { String(repeating: "1234567890", count: count / 10) }

    static let ofData: [Fault] = [
        values("D1", "integers of 64 bits", ["9007199254740993", "-9223372036854775808", "9223372036854775807"],
            ["9007199254740993", "-9223372036854775808", "9223372036854775807"]),
        values("D1", "integers beyond 64 bits", ["18446744073709551615", "-9223372036854775809", digits(30)],
            ["18446744073709551615", "-9223372036854775809", digits(30)]),
        values("D1", "an integer of 400 digits", [digits(400), "7"], [digits(400), "7"], ["stays text"]),
        value("D2", "a number beyond every float", .final("bad-answer", ["1e400"]), arrives: false, "1e400"),
        value("D2", "a number beyond every float, below zero", .final("bad-answer", ["-1e400"]), arrives: false, "-1e400"),
        values("D2", "floats at their edges", ["1e-999", "0.1", "5e-324", "-0.0", "1.7976931348623157e308"],
            ["0.0", "0.1", "5e-324", "-0.0", "1.7976931348623157e+308"]),
        value("D3", "NaN", broken, "NaN"), value("D3", "Infinity", broken, "-Infinity"),
        value("D4", "half of a surrogate pair", broken, #""\ud800""#), value("D4", "a pair in the wrong order", broken, #""\udc00\ud800""#),
        values("D4", "characters that are none", [#""\ufffe\uffff\ud83f\udffe""#], ["\u{fffe}\u{ffff}\u{1fffe}"]),
        Fault("D5", "a key that stands twice", .harmless(["twice"], requests: -1), at: [.poll], rows: "v\n2\n") { step in
            .json(step.pageText(#"{"v":1,"v":2}"#, count: 1, fields: #"["v"]"#))
        },
        Fault("D5", "rows that stand twice", .final("bad-answer", ["results"]), at: [.poll, .page]) { _ in
            .json(#"{"data":{"id":"q-1","status":"done","results":[{"n":1}],"results":[{"n":2}]}}"#)
        },
        value("D6", "a comma too many", broken, "[1,]"), value("D6", "a comment", broken, "1 /* one */"),
        value("D6", "single quotes", broken, "'a'"), value("D6", "a zero in front", broken, "01"), value("D6", "a plus", broken, "+1"),
        value("D7", "nesting of 100,000", .final("bad-answer", ["512"]), String(repeating: "[", count: 100_000)),
        value("D7", "records within records", .final("bad-answer", ["512"]), String(repeating: #"{"a":["#, count: 50_000)),
        values("D7", "nesting that is allowed", [String(repeating: "[", count: 500) + String(repeating: "]", count: 500)],
            [String(repeating: "[", count: 500) + String(repeating: "]", count: 500)]),
        Fault(
            "D14", "keys that are missing, and others", .harmless(["extra"]), at: [.page], rows: "n,t,extra\n1,a,\n2,,\n3,,x\n"
        ) { .json($0.pageText(#"{"extra":"x","n":3}"#)) },
        Fault("D14", "an int that widens to a float", .harmless(), at: [.page], rows: "n,t\n1.0,a\n2.0,\n2.5,c\n") { .json($0.pageText(#"{"n":2.5,"t":"c"}"#)) },
        values("D8", "an integer of a million digits", [digits(1_000_000)], [digits(1_000_000)], ["stays text"]),
        values("D8", "a text of many escapes", ["\"" + String(repeating: #"\u00e9\u0041"#, count: 200_000) + "\""], [String(repeating: "éA", count: 200_000)]),
        Fault("D14", "a row that is too short", .final("bad-answer", ["row 2", "1", "2"]), at: [.look, .whole]) {
            .json($0.pageText(#"[1,"a"],[2],[3,"c"]"#))
        },
        values("D15", "values of several types", ["1", #""1""#, "true", "[1]", "{}", "null"], ["1", #""""1""""#, "true", "[1]", "{}", ""], ["several types"]),
        Fault("D16", "no rows", .harmless(requests: -1), at: [.poll], rows: "n,t\n") { .json($0.pageText("", count: 0)) },
        Fault("D16", "no rows", .harmless(), at: [.look, .whole], rows: "n,t\n") { .json($0.pageText("", count: 0)) },
        values("D16", "nothing but nulls", ["null", "null"], ["", ""]),
        values("D20", "U+0000", [#""a\u0000b""#], ["a\0b"]),
        value("D20", "a byte 0 as it is", broken, "\"a\0b\""), value("D20", "a line's end as it is", broken, "\"a\nb\""),
    ] + [
        ("overlong", [0xc0, 0xaf]), ("too short", [0xe2, 0x82]), ("beyond the last character", [0xf4, 0x90, 0x80, 0x80]),
        ("half of a surrogate pair", [0xed, 0xa0, 0x80]), ("no beginning", [0x80]),
    ].map { name, bytes in
        Fault("D21", "UTF-8 that is \(name)", .passing("bad-answer", ["is not UTF-8"]), at: Step.ofRows) { step in
            .body(page(step, [#""@""#]).utf8.flatMap { $0 == UInt8(ascii: "@") ? bytes : [$0] })
        }
    }
}
