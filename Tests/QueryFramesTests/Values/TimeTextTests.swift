import QueryFrames
import Testing

@Suite("times and text")
struct TimeTextTests {
    @Test("dates from year 1 to 9999 read back as they were written")
    func dates() {
        let buffer = TextBuffer()
        let ends = [CivilDate.range.prefix(800), CivilDate.range.suffix(800)].joined()
        for days in Array(stride(from: CivilDate.range.lowerBound, to: CivilDate.range.upperBound, by: 97)) + Array(ends) {
            buffer.removeAll()
            buffer.appendDate(days)
            guard buffer.withBytes({ TextParsing.date($0) }) == days else {
                Issue.record("day \(days) was written as \(buffer.text)")
                return
            }
        }
        #expect(written { $0.appendDate(CivilDate.range.lowerBound) } == "0001-01-01")
        #expect(written { $0.appendDate(CivilDate.range.upperBound) } == "9999-12-31")
    }

    @Test("dates outside of ISO 8601's four digits bear a sign and do not read back")
    func farDates() {
        #expect(written { $0.appendDate(CivilDate.range.upperBound + 1) } == "+10000-01-01")
        #expect(written { $0.appendDate(CivilDate.range.lowerBound - 1) } == "0000-12-31")
        #expect(written { $0.appendDate(CivilDate.range.lowerBound - 367) } == "-0001-12-31")
        #expect(parsed("0000-12-31", TextParsing.date) == nil)
    }

    @Test(
        "text that is no date is not taken",
        arguments: [
            "", "2024-02-30", "2023-02-29", "2024-5-1", "2024/05/01", "20240501", "2024-05-01 ", "2024-05-0a", "+2024-05-01", "2024-00-10",
            "2024-05-01T",
        ])
    func notDates(_ text: String) {
        #expect(parsed(text, TextParsing.date) == nil)
    }

    @Test(
        "timestamps are written in ISO 8601",
        arguments: [
            (0, true, "1970-01-01T00:00:00Z"), (0, false, "1970-01-01T00:00:00"), (250_000, true, "1970-01-01T00:00:00.250Z"),
            (1, false, "1970-01-01T00:00:00.000001"), (-1, true, "1969-12-31T23:59:59.999999Z"),
            (1_714_557_600_000_000, true, "2024-05-01T10:00:00Z"),
        ] as [(Int64, Bool, String)])
    func timestamps(_ micros: Int64, _ utc: Bool, _ text: String) {
        #expect(written { $0.appendTimestamp(micros, utc: utc) } == text)
        let back = parsed(text, TextParsing.timestamp)
        #expect(back?.micros == micros)
        #expect(back?.utc == utc)
    }

    @Test(
        "the timestamps that people write are read",
        arguments: [
            ("2024-05-01 10:00:00", 1_714_557_600_000_000, false), ("2024-05-01 10:00", 1_714_557_600_000_000, false),
            ("2024-05-01T12:00:00+02:00", 1_714_557_600_000_000, true), ("2024-05-01T12:00:00+0200", 1_714_557_600_000_000, true),
            ("2024-05-01 04:30:00-05:30", 1_714_557_600_000_000, true), ("2024-05-01 10:00:00+00", 1_714_557_600_000_000, true),
            ("2024-05-01T10:00Z", 1_714_557_600_000_000, true), ("2024-05-01T10:00:00.5", 1_714_557_600_500_000, false),
            ("2024-05-01T10:00:00.123456000Z", 1_714_557_600_123_456, true), ("2024-05-02T00:00:00+14:00", 1_714_557_600_000_000, true),
        ] as [(String, Int64, Bool)])
    func peoplesTimestamps(_ text: String, _ micros: Int64, _ utc: Bool) {
        let read = parsed(text, TextParsing.timestamp)
        #expect(read?.micros == micros)
        #expect(read?.utc == utc)
    }

    @Test(
        "what is no timestamp, or not exactly one in microseconds, is not taken",
        arguments: [
            "", "2024-05-01", "2024-05-01T10", "2024-05-01T10:00:", "2024-05-01T24:00:00", "2024-05-01T10:60", "2024-05-01T10:00:60",
            "2024-05-01T10:00:00.",
            "2024-05-01T10:00:00.1234567", "2024-05-01T10:00:00.1234560000", "2024-05-01T10:00:00z", "2024-05-01T10:00:00ZZ",
            "2024-05-01T10:00:00+2",
            "2024-05-01T10:00:00+24:00", "2024-05-01T10:00:00+01:60", "2024-05-01x10:00:00", "2024-02-30T10:00:00",
            "0001-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59-01:00", "2024-05-01T10:00:0",
        ])
    func notTimestamps(_ text: String) {
        #expect(parsed(text, TextParsing.timestamp) == nil)
    }

    @Test("any timestamp of the years 1 to 9999 reads back")
    func randomTimestamps() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededNumbers(seed: seed)
        for round in 0..<50_000 {
            var micros = Int64.random(in: TextParsing.timestampRange, using: &random)
            if round % 3 == 0 { micros = micros / 1_000_000 * 1_000_000 }
            if round % 3 == 1 { micros = micros / 1_000 * 1_000 }
            let text = written { $0.appendTimestamp(micros, utc: round % 2 == 0) }
            guard let back = parsed(text, TextParsing.timestamp), back.micros == micros, back.utc == (round % 2 == 0) else {
                Issue.record("seed \(seed): \(micros) was written as \(text)")
                return
            }
        }
    }

    @Test("the outermost timestamps of 64 bits are written without a trap")
    func outermost() {
        #expect(written { $0.appendTimestamp(.max, utc: true) } == "+294247-01-10T04:00:54.775807Z")
        #expect(written { $0.appendTimestamp(.min, utc: false) } == "-290308-12-21T19:59:05.224192")
    }

    @Test(
        "durations are written by their largest exact units",
        arguments: [
            (0, "0s"), (29 * 86_400_000_000, "29d"), (5_400_000_000, "1h30m"), (250_000, "250ms"), (-5_000_000, "-5s"),
            (1_500_000, "1s500ms"), (1, "1us"),
            (90_061_001_001, "1d1h1m1s1ms1us"), (.min, "-106751991d4h54s775ms808us"),
        ] as [(Int64, String)])
    func durations(_ micros: Int64, _ text: String) {
        #expect(written { $0.appendDuration(micros) } == text)
    }
}
