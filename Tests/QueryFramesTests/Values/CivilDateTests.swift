import QueryFrames
import Testing

@Suite("days and dates")
struct CivilDateTests {
    @Test("every day of a whole cycle of 400 years follows the day before it, and converts back", arguments: [1, 1_800, 9_600])
    func everyDay(_ first: Int) throws {
        var expected = (year: first, month: 1, day: 1)
        let start = try #require(CivilDate(year: first, month: 1, day: 1)?.days)
        for days in start..<start + 146_097 {
            let date = CivilDate(days: days)
            guard date.year == expected.year, date.month == expected.month, date.day == expected.day, date.days == days else {
                Issue.record("day \(days) is \(date), expected \(expected)")
                return
            }
            expected.day += 1
            if expected.day > CivilDate.daysInMonth(year: expected.year, month: expected.month) {
                expected = (expected.year, expected.month + 1, 1)
            }
            if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
        }
        #expect(expected == (first + 400, 1, 1))
    }

    @Test(
        "known days have their known numbers",
        arguments: [
            (1970, 1, 1, 0), (1, 1, 1, -719_162), (9999, 12, 31, 2_932_896), (2000, 2, 29, 11_016), (2024, 5, 1, 19_844),
            (1969, 12, 31, -1),
        ])
    func known(_ year: Int, _ month: Int, _ day: Int, _ days: Int) {
        #expect(CivilDate(year: year, month: month, day: day)?.days == Int32(days))
    }

    @Test(
        "days that no calendar has are refused",
        arguments: [
            (2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 13, 1), (2024, 0, 1), (2024, 1, 0), (2024, 1, 32), (0, 1, 1), (10000, 1, 1),
            (-1, 1, 1),
        ])
    func refused(_ year: Int, _ month: Int, _ day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test("the outermost days of 32 bits convert back")
    func outermost() {
        #expect(CivilDate(days: .max).days == .max)
        #expect(CivilDate(days: .min).days == .min)
    }
}
