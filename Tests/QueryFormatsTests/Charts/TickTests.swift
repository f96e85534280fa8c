import QueryFrames
import Testing

@testable import QueryFormats

@Suite("the ticks of a chart's axes")
struct TickTests {
    private func labels(_ least: Double, _ greatest: Double, _ measure: ChartMeasure = .number, _ count: Int = 5) -> [String] {
        ChartAxis(title: "", measure: measure, least: least, greatest: greatest).ticks(count).map(\.label)
    }

    private static func micros(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0) throws -> Double {
        let date = try #require(CivilDate(year: year, month: month, day: day))
        return Double(Int64(date.days) * TimeUnit.day + Int64(hour) * TimeUnit.hour + Int64(minute) * TimeUnit.minute)
    }

    @Test("numbers are round, with no more digits than tell them apart")
    func numbers() {
        #expect(labels(0, 450) == ["0", "100", "200", "300", "400"])
        #expect(labels(0.02, 0.31) == ["0.1", "0.2", "0.3"])
        #expect(labels(-1, 1) == ["-1.0", "-0.5", "0", "0.5", "1.0"])
        #expect(labels(0, 12_000) == ["0", "5,000", "10,000"])
        #expect(labels(0, 4_200_000) == ["0", "1M", "2M", "3M", "4M"])
        #expect(labels(0, 2_600_000_000) == ["0", "1bn", "2bn"])
        #expect(labels(0, 2.5e20) == ["0", "5e19", "1e20", "1.5e20", "2e20", "2.5e20"])
        #expect(labels(1_000_000, 1_000_004) == ["1,000,000", "1,000,001", "1,000,002", "1,000,003", "1,000,004"])
    }

    @Test("days, months and years are those of the calendar")
    func dates() throws {
        let start = try TickTests.micros(2024, 1, 15)
        #expect(labels(start, try TickTests.micros(2024, 1, 20), .date) == ["2024-01-15", "2024-01-16", "2024-01-17", "2024-01-18", "2024-01-19", "2024-01-20"])
        #expect(
            labels(start, try TickTests.micros(2024, 2, 18), .date) == ["2024-01-15", "2024-01-22", "2024-01-29", "2024-02-05", "2024-02-12"])
        #expect(labels(start, try TickTests.micros(2024, 12, 3), .date) == ["2024-04", "2024-07", "2024-10"])
        #expect(labels(start, try TickTests.micros(2031, 12, 3), .date) == ["2026", "2028", "2030"])
    }

    @Test("times within a day leave out the day, which stands beside the axis")
    func times() throws {
        let axis = ChartAxis(
            title: "t", measure: .timestamp, least: try TickTests.micros(2024, 5, 1, 6), greatest: try TickTests.micros(2024, 5, 1, 11, 59))
        #expect(axis.ticks(6).map(\.label) == ["06:00", "07:00", "08:00", "09:00", "10:00", "11:00"])
        #expect(axis.title(for: axis.ticks(6)) == "t (2024-05-01)")
        let days = ChartAxis(title: "t", measure: .timestamp, least: try TickTests.micros(2024, 5, 1, 6), greatest: try TickTests.micros(2024, 5, 2, 7))
        #expect(days.ticks(4).map(\.label) == ["05-01 12:00", "05-02 00:00"])
        #expect(days.title(for: days.ticks(4)) == "t (2024)")
    }

    @Test("durations have round units")
    func durations() {
        #expect(labels(0, 9_000_000_000, .duration) == ["0s", "30m", "1h", "1h30m", "2h", "2h30m"])
        #expect(labels(0, 4_000, .duration) == ["0s", "1ms", "2ms", "3ms", "4ms"])
    }

    @Test("a single value has room on both sides")
    func single() {
        let axis = ChartAxis(title: "", measure: .number, least: 5, greatest: 5)
        #expect(axis.place(5) == 0.5)
        #expect(axis.ticks(5).map(\.label).contains("5.0"))
        let zero = ChartAxis(title: "", measure: .duration, least: 0, greatest: 0)
        #expect(zero.place(0) == 0.5)
    }

    @Test("whatever the numbers, ticks are few, in order, on the axis and told apart by their labels")
    func property() {
        var generator = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0 ... .max, using: &generator)
        var random = SeededNumbers(seed: seed)
        for _ in 0..<3000 {
            let size = Double(sign: .plus, exponent: Int.random(in: -900...1020, using: &random), significand: 1)
            var first = Double.random(in: -1...1, using: &random) * size
            let wide = Bool.random(using: &random)
            var second = wide ? Double.random(in: -1...1, using: &random) * size : first + first * Double.random(in: 0...1e-9, using: &random)
            let measure: ChartMeasure = abs(first) < 9e18 && abs(second) < 9e18 ? [.number, .date, .timestamp, .duration].randomElement(using: &random) ?? .number : .number
            // Times are whole numbers.
            if measure != .number { (first, second) = (first.rounded(), second.rounded()) }
            let axis = ChartAxis(title: "", measure: measure, least: first, greatest: second)
            let count = Int.random(in: 2...20, using: &random)
            let rounded = axis.rounded(count)
            let words = "seed \(seed): \(first) \(second) \(measure) \(count)"
            #expect(axis.lower < axis.upper && axis.lower <= min(first, second) && axis.upper >= max(first, second), "\(words)")
            #expect(rounded.lower <= axis.lower && rounded.upper >= axis.upper, "\(words)")
            for axis in [axis, rounded] {
                let ticks = axis.ticks(count)
                #expect(ticks.count <= 3 * count + 3, "\(words)")
                #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.value < $1.value }, "\(words)")
                #expect(ticks.allSatisfy { (-1e-6...1 + 1e-6).contains(axis.place($0.value)) }, "\(words)")
                if measure == .number { #expect(Set(ticks.map(\.label)).count == ticks.count, "\(words) \(ticks)") }
            }
            if measure == .number, wide { #expect(rounded.ticks(count).count >= 2, "\(words)") }
        }
    }

    @Test("numbers beside what shows them are short")
    func short() {
        #expect([0, 12, 1234, 1234.5, 0.123456, -0.5, 1e-7, 3e20].map(ChartNumberText.short) == ["0", "12", "1,234", "1,234.50", "0.123", "-0.500", "1e-7", "3e20"])
    }
}
