// The table of functions: its examples are true, and each function does at its edges what its row says.
import Testing

@testable import QueryFrames

@Suite("Functions")
struct FunctionTests {
    @Test("every example gives what it says, by single values and by columns", arguments: Functions.rows.map(\.name).filter { !["now", "today"].contains($0) })
    func examples(name: String) throws {
        let row = try #require(Functions.row(named: name))
        let example = row.example
        #expect(same(try row.apply(example.arguments), example.result), "\(example.text(name))")
        #expect(same(try evaluate(Sample(example.arguments.map { value($0) }) { .call(name, $0) }), example.result), "\(example.text(name))")
        #expect(row.usage.hasPrefix(name + "("))
        #expect(!row.summary.isEmpty)
    }

    @Test("all functions of the language are there, once each")
    func complete() {
        let names = [
            "abs", "round", "floor", "ceil", "sqrt", "ln", "exp", "power", "min_of", "max_of", "lower", "upper", "trim", "len", "substr",
            "replace", "starts_with", "ends_with", "contains", "pad_left", "pad_right", "year", "quarter", "month", "week", "weekday", "day",
            "hour", "minute", "date", "timestamp", "date_add", "date_diff", "bin", "format_date", "coalesce", "if", "case", "int", "float",
            "decimal", "string", "bool", "now", "today", "format", "parse_date", "hash", "split", "json",
        ]
        #expect(Functions.rows.map(\.name).sorted() == names.sorted())
    }

    static func date(_ year: Int, _ month: Int, _ day: Int) -> Scalar { .date(CivilDate(year: year, month: month, day: day)?.days ?? 0) }

    static func time(_ text: String) -> Scalar { Scalar(reading: text, as: .timestamp(utc: false)) ?? .null }

    static let cases: [(String, [Scalar], Scalar)] = [
        ("abs", [.float(-2.5)], .float(2.5)),
        ("abs", [.duration(-5)], .duration(5)),
        ("round", [.float(2.5)], .float(3)),
        ("round", [.float(-2.5)], .float(-3)),
        ("round", [.float(1234.5), .int(-2)], .float(1200)),
        ("round", [.int(1250), .int(-2)], .int(1300)),
        ("round", [.int(-1250), .int(-2)], .int(-1300)),
        ("round", [.int(7), .int(2)], .int(7)),
        ("round", [.int(.max), .int(-30)], .int(0)),
        ("format", [.float(1.005), .int(2)], .string("1.00")),
        ("format", [.float(0.285), .int(1)], .string("0.3")),
        ("format", [.float(999.999), .int(2), .string(",")], .string("1,000.00")),
        ("format", [.float(-0.4)], .string("0")),
        ("format", [.float(-0.5)], .string("-1")),
        ("format", [.float(1e22), .int(1), .string(" ")], .string("10 000 000 000 000 000 000 000.0")),
        ("format", [.float(1.5e-7), .int(8)], .string("0.00000015")),
        ("format", [.float(1.5e-7), .int(3)], .string("0.000")),
        ("format", [.float(9.007199254740993e15), .int(1)], .string("9007199254740992.0")),
        ("format", [.float(.nan), .int(2)], .string("NaN")),
        ("format", [.float(-.infinity), .int(2)], .string("-Infinity")),
        ("format", [.int(.min), .int(0), .string(",")], .string("-9,223,372,036,854,775,808")),
        ("format", [.int(7), .int(3)], .string("7.000")),
        ("format", [.int(-100), .int(0), .string("'")], .string("-100")),
        ("format", [.float(-1234.5), .int(1), .string(",")], .string("-1,234.5")),
        ("format", [.float(999_999_999_999_999.9), .int(1), .string(",")], .string("999,999,999,999,999.9")),
        ("format", [.float(0.1), .int(7)], .string("0.1000000")),
        ("format", [.float(123_456.789), .int(6)], .string("123456.789000")),
        ("format", [.int(1_000_000), .int(0), .string(",")], .string("1,000,000")),
        ("format", [.null, .int(2)], .null),
        ("parse_date", [.string("01.05.2024"), .string("%d.%m.%Y")], date(2024, 5, 1)),
        ("parse_date", [.string("20240501"), .string("%Y%m%d")], date(2024, 5, 1)),
        ("parse_date", [.string("MAY 1, 24"), .string("%B %d, %y")], date(2024, 5, 1)),
        ("parse_date", [.string("28-feb-69"), .string("%d-%b-%y")], date(1969, 2, 28)),
        ("parse_date", [.string("100% 1/2/3"), .string("100%% %d/%m/%Y")], date(3, 2, 1)),
        ("parse_date", [.null, .string("%d.%m.%Y")], .null),
        ("hash", [.string("")], .int(-1_205_034_819_632_174_695)),
        ("hash", [.string("a")], .int(-3_292_477_735_350_538_661)),
        ("hash", [.string("Nobody inspects the spammish repetition")], .int(-302_119_147_016_844_303)),
        ("hash", [.int(42)], .int(-5_379_971_487_550_586_029)),
        ("hash", [.date(19_844)], .int(-2_157_909_227_312_541_724)),
        ("hash", [.bool(true)], .int(-8_484_456_787_529_832_656)),
        ("hash", [.null], .null),
        ("hash", [.list([])], .int(-1_205_034_819_632_174_695)),
        ("hash", [.list([.int(42)])], .int(2_627_184_251_037_003_377)),
        ("hash", [.list([.string("a"), .null, .string("")])], .int(3_670_909_475_767_575_489)),
        ("hash", [.list([.list([.int(42)]), .list([])])], .int(-4_304_400_941_491_561_065)),
        ("hash", [.list((1...5).map { .int($0) })], .int(228_828_725_844_919_816)),
        ("round", [.float(1e300), .int(300)], .float(1e300)),
        ("round", [.float(.nan), .int(2)], .float(.nan)),
        ("floor", [.int(3)], .int(3)),
        ("ceil", [.float(-0.5)], .float(-0.0)),
        ("sqrt", [.int(-1)], .float(.nan)),
        ("ln", [.int(0)], .float(-.infinity)),
        ("power", [.float(2), .int(-1)], .float(0.5)),
        ("min_of", [.int(1), .float(0.5)], .float(0.5)),
        ("max_of", [.string("a"), .string("b")], .string("b")),
        ("max_of", [.float(1), .float(.nan)], .float(.nan)),
        ("min_of", [.int(1), .null], .null),
        ("lower", [.string("ÄÖ ẞ")], .string("äö ß")),
        ("upper", [.string("ŉ")], .string("ʼN")),
        ("trim", [.string("\u{2003}\t x \n")], .string("x")),
        ("trim", [.string(" \u{a0} ")], .string("")),
        ("len", [.string("e\u{301}🇩🇪")], .int(4)),
        ("substr", [.string("naïve"), .int(3)], .string("ïve")),
        ("substr", [.string("naïve"), .int(-2)], .string("ve")),
        ("substr", [.string("naïve"), .int(-9), .int(6)], .string("na")),
        ("substr", [.string("naïve"), .int(0), .int(2)], .string("n")),
        ("substr", [.string("naïve"), .int(2), .int(0)], .string("")),
        ("substr", [.string("naïve"), .int(.max), .int(.max)], .string("")),
        ("substr", [.string("naïve"), .int(.min), .int(.max)], .string("naïv")),
        ("substr", [.string("naïve"), .int(.min), .int(9)], .string("")),
        ("replace", [.string("aaa"), .string("aa"), .string("b")], .string("ba")),
        ("replace", [.string("abc"), .string(""), .string("x")], .string("abc")),
        ("contains", [.string("x\0y"), .string("\0y")], .bool(true)),
        ("contains", [.string(""), .string("")], .bool(true)),
        ("pad_left", [.string("ab"), .int(7), .string("xyz")], .string("xyzxyab")),
        ("pad_right", [.string("é"), .int(3)], .string("é  ")),
        ("pad_left", [.string("long"), .int(2)], .string("long")),
        ("pad_left", [.string("a"), .int(9), .string("")], .string("a")),
        ("year", [date(1, 1, 1)], .int(1)),
        ("month", [time("2024-12-31T23:59:59.999999")], .int(12)),
        ("day", [.timestamp(-1, utc: false)], .int(31)),
        ("quarter", [date(2024, 12, 31)], .int(4)),
        ("week", [date(2021, 1, 3)], .int(53)),
        ("week", [date(2024, 12, 30)], .int(1)),
        ("week", [date(2020, 12, 31)], .int(53)),
        ("weekday", [date(2024, 5, 5)], .int(7)),
        ("weekday", [date(1969, 12, 29)], .int(1)),
        ("hour", [.timestamp(-1, utc: true)], .int(23)),
        ("minute", [time("1969-12-31T10:59:00")], .int(59)),
        ("date", [time("1969-12-31T23:00:00")], .date(-1)),
        ("date", [.string("2024-05-01T10:00:00")], .date(19_844)),
        ("timestamp", [.string("2024-05-01T10:00:00+02:00")], time("2024-05-01T08:00:00")),
        ("timestamp", [.timestamp(1, utc: true)], .timestamp(1, utc: true)),
        ("date_add", [date(2024, 1, 31), .int(1), .string("month")], date(2024, 2, 29)),
        ("date_add", [date(2024, 2, 29), .int(-1), .string("year")], date(2023, 2, 28)),
        ("date_add", [date(2024, 5, 1), .int(-1), .string("quarter")], date(2024, 2, 1)),
        ("date_add", [time("2024-01-31T10:30:00"), .int(1), .string("month")], time("2024-02-29T10:30:00")),
        ("date_add", [time("2024-01-31T10:30:00"), .int(-11), .string("hour")], time("2024-01-30T23:30:00")),
        ("date_add", [time("1969-12-31T23:30:00"), .int(1), .string("week")], time("1970-01-07T23:30:00")),
        ("date_diff", [date(2024, 1, 31), date(2024, 2, 1), .string("month")], .int(1)),
        ("date_diff", [date(2024, 5, 5), date(2024, 5, 6), .string("week")], .int(1)),
        ("date_diff", [date(2024, 5, 6), date(2023, 5, 6), .string("year")], .int(-1)),
        ("date_diff", [time("2024-05-01T10:59:00"), time("2024-05-01T12:00:00"), .string("hour")], .int(2)),
        ("date_diff", [date(2024, 5, 1), time("2024-05-01T12:00:00"), .string("hour")], .int(12)),
        ("bin", [time("2024-05-15T10:31:07"), .duration(900_000_000)], time("2024-05-15T10:30:00")),
        ("bin", [time("1969-12-31T23:59:59"), .duration(86_400_000_000)], time("1969-12-31")),
        ("bin", [date(2024, 5, 5), .duration(7 * 86_400_000_000)], date(2024, 4, 29)),
        ("bin", [date(2024, 5, 5), .string("week")], date(2024, 4, 29)),
        ("bin", [date(2024, 5, 5), .string("quarter")], date(2024, 4, 1)),
        ("bin", [time("2024-05-15T10:31:07.5"), .string("minute")], time("2024-05-15T10:31:00")),
        ("bin", [time("1969-05-15T10:31:07"), .string("year")], time("1969-01-01")),
        ("format_date", [time("2021-01-03T04:05:06.000007"), .string("%Y-%m-%d %H:%M:%S.%f %j %G-W%V-%u %a %A %b %B %y 100%%")],
            .string("2021-01-03 04:05:06.000007 003 2020-W53-7 Sun Sunday Jan January 21 100%")),
        ("coalesce", [.null, .null], .null),
        ("if", [.null, .int(1), .int(2)], .int(2)),
        ("if", [.bool(true), .int(1), .float(2.5)], .float(1)),
        ("case", [.bool(false), .int(1), .int(2)], .int(2)),
        ("int", [.float(-3)], .int(-3)),
        ("int", [.bool(true)], .int(1)),
        ("int", [.string("-9223372036854775808")], .int(.min)),
        ("float", [.string("-0.0")], .float(-0.0)),
        ("float", [.int(2)], .float(2)),
        ("string", [.duration(5_400_000_000)], .string("1h30m")),
        ("string", [.timestamp(0, utc: true)], .string("1970-01-01T00:00:00Z")),
        ("string", [.bool(false)], .string("false")),
        ("string", [.null], .null),
        ("bool", [.int(0)], .bool(false)),
        ("bool", [.int(-2)], .bool(true)),
    ]

    @Test("each does at its edges what its row says", arguments: cases.indices)
    func edges(index: Int) throws {
        let (name, arguments, result) = FunctionTests.cases[index]
        let text = "\(name)(\(arguments.map(\.literal).joined(separator: ", ")))"
        #expect(same(try #require(Functions.row(named: name)).apply(arguments), result), "\(text)")
        #expect(same(try evaluate(Sample(arguments.map { value($0) }) { .call(name, $0) }), result), "\(text)")
    }

    @Test("a null argument makes the result null, but for those that choose", arguments: Functions.rows.map(\.name))
    func nulls(name: String) throws {
        guard !["coalesce", "if", "case"].contains(name) else { return }
        let row = try #require(Functions.row(named: name))
        for index in row.example.arguments.indices {
            var arguments = row.example.arguments
            arguments[index] = .null
            #expect(try row.apply(arguments) == .null, "\(name), argument \(index)")
        }
    }

    static let failing: [(String, [Scalar], EvaluationError)] = [
        ("abs", [.int(.min)], .overflow(operator: "abs", left: .int(.min), right: .null, row: nil, mark: 9)),
        ("round", [.int(.max), .int(-1)], .overflow(operator: "round", left: .int(.max), right: .int(-1), row: nil, mark: 9)),
        ("int", [.string("x")], .conversion(function: "int", value: .string("x"), row: nil, mark: 9)),
        ("int", [.float(2.7)], .conversion(function: "int", value: .float(2.7), row: nil, mark: 9)),
        ("int", [.float(0x1p63)], .conversion(function: "int", value: .float(0x1p63), row: nil, mark: 9)),
        ("float", [.string("")], .conversion(function: "float", value: .string(""), row: nil, mark: 9)),
        ("bool", [.string("yes")], .conversion(function: "bool", value: .string("yes"), row: nil, mark: 9)),
        ("date", [.string("2024-02-30")], .conversion(function: "date", value: .string("2024-02-30"), row: nil, mark: 9)),
        ("timestamp", [.string("noon")], .conversion(function: "timestamp", value: .string("noon"), row: nil, mark: 9)),
        ("timestamp", [.date(.max)], .outOfRange(operator: "timestamp", row: nil, mark: 9)),
        ("date_add", [.date(0), .int(.max), .string("year")], .outOfRange(operator: "date_add", row: nil, mark: 9)),
        ("date_add", [.date(2_932_896), .int(1), .string("day")], .outOfRange(operator: "date_add", row: nil, mark: 9)),
        ("bin", [.date(-719_162), .duration(30 * 86_400_000_000)], .outOfRange(operator: "bin", row: nil, mark: 9)),
        ("parse_date", [.string("29-feb-69"), .string("%d-%b-%y")],
            .conversion(function: "parse_date", value: .string("29-feb-69"), row: nil, mark: 9)),
        ("parse_date", [.string("1.5.2024 "), .string("%d.%m.%Y")],
            .conversion(function: "parse_date", value: .string("1.5.2024 "), row: nil, mark: 9)),
        ("parse_date", [.string(""), .string("%d.%m.%Y")], .conversion(function: "parse_date", value: .string(""), row: nil, mark: 9)),
        ("pad_left", [.string("a"), .int(.max)], .limit(operator: "pad_left", row: nil, mark: 9)),
        ("pad_right", [.string("a"), .int(1 << 40), .string("xy")], .limit(operator: "pad_right", row: nil, mark: 9)),
    ]

    @Test("what has no result is an error with the facts", arguments: failing.indices)
    func failures(index: Int) throws {
        let (name, arguments, error) = FunctionTests.failing[index]
        let row = try #require(Functions.row(named: name))
        #expect(throws: error) { try row.apply(arguments, mark: 9) }
    }

    @Test("replacing cannot make a string of any length")
    func replaceLimit() throws {
        let long = Scalar.string(String(repeating: "a", count: 100_000))
        let row = try #require(Functions.row(named: "replace"))
        #expect(throws: EvaluationError.limit(operator: "replace", row: nil, mark: 0)) { try row.apply([long, .string("a"), long]) }
    }

    @Test("now and today tell one moment for all rows and all columns of a run")
    func moment() throws {
        let data = frame([.ints("x", [1, 2, 3, 4])], .batches)
        let moment: Int64 = 1_714_559_400_123_456
        let plan = try Plan([
            .derive([Projection(name: "a", expression: call("now").expression), Projection(name: "b", expression: call("today").expression)]),
            .derive([Projection(name: "c", expression: call("now").expression)]),
        ], schema: data.schema, now: moment)
        let result = try plan.run(over: data)
        #expect(result.values("a") == Array(repeating: .timestamp(moment, utc: true), count: 4))
        #expect(result.values("b") == Array(repeating: .date(19_844), count: 4))
        #expect(result.values("c") == result.values("a"))
    }

    @Test("now of a single value is the system's time")
    func single() throws {
        let before = Clock.now
        guard case .timestamp(let micros, utc: true) = try #require(Functions.row(named: "now")).apply([]) else {
            Issue.record("no timestamp in UTC")
            return
        }
        #expect((before...Clock.now).contains(micros))
        #expect(before > 1_700_000_000_000_000)
    }

    @Test("a formatted float reads back as what round makes of it", arguments: [0, 1, 2, 5, 6, 7, 12])
    func formatted(decimals: Int) throws {
        var random = SeededNumbers(seed: UInt64(decimals) + 1)
        let format = try #require(Functions.row(named: "format")), round = try #require(Functions.row(named: "round"))
        for _ in 0..<2_000 {
            let x = Double.random(in: -1...1, using: &random) * ([1, 1e3, 1e9, 1e14, 1e17].randomElement(using: &random) ?? 1)
            let digits = Scalar.int(Int64(decimals))
            guard case .string(let text) = try format.apply([.float(x), digits]), case .float(let rounded) = try round.apply([.float(x), digits])
            else {
                Issue.record("no string of \(x)")
                return
            }
            let back = try #require(Double(text))
            #expect(back == rounded, "\(x) is \(text)")
            #expect(text.split(separator: ".").dropFirst().first?.count ?? 0 == decimals, "\(text)")
        }
    }
}
