// What a person should know of columns of numbers that stay text, because no type holds all of them exactly.
import QueryFrames

enum NumberCheck {
    /// The first number of a text column that no type of the column could have held exactly, where all values of the column are numbers.
    /// `row` counts from 1; an integer has too many digits, any other number is too large or stands among integers that have.
    static func firstKeptAsText(in batches: [Column]) -> (row: Int, text: String, isInteger: Bool)? {
        var first: (row: Int, text: String, isInteger: Bool)?
        let floats = batches.contains { batch in
            (0..<batch.count).contains { row in
                if !batch.isNull(row), case .float = NumberText(batch.utf8(row)) { true } else { false }
            }
        }
        var before = 0
        for batch in batches {
            for row in 0..<batch.count where !batch.isNull(row) {
                let utf8 = batch.utf8(row)
                let number = NumberText(utf8)
                if number == .none { return nil }
                if first == nil, number == .tooLarge || (floats && number.asFloat == nil) {
                    let isInteger = utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 &- 0x30 <= 9 }
                    first = (before + row + 1, String(decoding: utf8, as: UTF8.self), isInteger)
                }
            }
            before += batch.count
        }
        return first
    }
}

extension ColumnReader {
    /// The same of a column that was read; only columns are walked in which such a number was met while they were read.
    func numberKeptAsText(in batches: [RecordBatch], column: Int) -> (row: Int, text: String)? {
        guard shape == .text, sawOddNumber, let found = NumberCheck.firstKeptAsText(in: batches.map { $0.columns[column] }) else { return nil }
        return (found.row, found.text)
    }
}
