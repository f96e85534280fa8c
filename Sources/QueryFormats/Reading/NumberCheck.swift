// What a person should know of the columns that were read: numbers that stay text, and columns of mixed types.
import QueryFrames

extension ColumnReader {
    /// The first number of a text column that no type of the column could have held exactly, where all values of the column are numbers.
    ///
    /// `row` counts from 1. Only columns are walked in which such a number was met while they were read.
    func numberKeptAsText(in batches: [RecordBatch], column: Int) -> (row: Int, text: String)? {
        guard shape == .text, sawOddNumber else { return nil }
        var first: (row: Int, text: String)?
        var floats = false
        for batch in batches {
            for row in 0..<batch.count where !batch.columns[column].isNull(row) {
                if case .float = NumberText(batch.columns[column].utf8(row)) { floats = true }
            }
        }
        var before = 0
        for batch in batches {
            for row in 0..<batch.count where !batch.columns[column].isNull(row) {
                let utf8 = batch.columns[column].utf8(row)
                let number = NumberText(utf8)
                if number == .none { return nil }
                if first == nil, number == .tooLarge || (floats && number.asFloat == nil) {
                    first = (before + row + 1, String(decoding: utf8, as: UTF8.self))
                }
            }
            before += batch.count
        }
        return first
    }
}
