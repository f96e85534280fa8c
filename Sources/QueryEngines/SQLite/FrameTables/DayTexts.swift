// The texts of a column's dates, written once a day instead of once a row, so that rows only point at them.
import QueryFrames

/// The texts of all days between the first and the last of a column.
final class DayTexts {
    /// Bytes of one text: `2024-05-01`.
    static let width = 10
    /// More days than this are not written in advance.
    private static let limit = 40_000

    private let first: Int32
    private let text: TextBuffer

    /// Where the text of day 0 is, or would be if it were one of them.
    var origin: UnsafeRawPointer { UnsafeRawPointer(text.pointer) - Int(first) * DayTexts.width }

    /// The texts for column `place` of `frame`; nil where it has few rows for its span, or days whose text is longer.
    init?(_ frame: Frame, _ place: Int) {
        var low = Int32.max, high = Int32.min
        for batch in frame.batches {
            let cells = FrameCells(batch.columns[place])
            for row in 0..<batch.count where !cells.isNull(row) {
                low = min(low, cells.day(row))
                high = max(high, cells.day(row))
            }
        }
        guard low <= high, CivilDate.range.contains(low), CivilDate.range.contains(high) else { return nil }
        let span = Int(high) - Int(low) + 1
        guard span <= DayTexts.limit, span <= frame.count / 4 else { return nil }
        first = low
        text = TextBuffer(capacity: span * DayTexts.width)
        for day in low...high { text.appendDate(day) }
    }
}
