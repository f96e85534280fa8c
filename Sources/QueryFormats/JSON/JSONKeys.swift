// The keys of objects as columns: most rows have the keys of the row before, in its order.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Finds the column of a key.
struct JSONKeys {
    private struct Known {
        /// Where the key stood first, between its quotes.
        let start: UnsafeRawPointer
        let length: Int
        /// Whether it was written with backslashes, so that its bytes are not those of the key.
        let escaped: Bool
        /// The last row that had the key.
        var row = -1
    }

    private var known: [Known] = []
    /// Keys by their bytes: those that differ only in Unicode's normal form are two columns.
    private var columns: [[UInt8]: Int] = [:]
    private var expected = 0
    /// The keys in the order in which they were first met.
    private(set) var names: [String] = []

    var count: Int { known.count }

    /// Begins row `row`, whose first key is probably that of the first column.
    mutating func beginRow() { expected = 0 }

    /// The column of the key, a new one where it is; `repeated` if row `row` had the key before.
    mutating func column(_ start: UnsafeRawPointer, _ length: Int, escaped: Bool, row: Int) -> (index: Int, repeated: Bool) {
        var index = -1
        if !escaped {
            // Where a row lacks keys, the next one is a few columns on.
            var candidate = expected
            while candidate < min(known.count, expected + 8) {
                let key = known[candidate]
                if key.length == length, !key.escaped, memcmp(key.start, start, length) == 0 {
                    index = candidate
                    break
                }
                candidate += 1
            }
        }
        if index < 0 { index = find(start, length, escaped: escaped) }
        expected = index + 1
        let repeated = known[index].row == row
        known[index].row = row
        return (index, repeated)
    }

    private mutating func find(_ start: UnsafeRawPointer, _ length: Int, escaped: Bool) -> Int {
        let text = JSONKeys.decoded(start, length, escaped: escaped)
        if let index = columns[text] { return index }
        columns[text] = known.count
        names.append(String(decoding: text, as: UTF8.self))
        known.append(Known(start: start, length: length, escaped: escaped))
        return known.count - 1
    }

    private static func decoded(_ start: UnsafeRawPointer, _ length: Int, escaped: Bool) -> [UInt8] {
        guard escaped else { return [UInt8](UnsafeRawBufferPointer(start: start, count: length)) }
        return [UInt8](unsafeUninitializedCapacity: length) { memory, count in
            guard let target = memory.baseAddress else { return }
            count = CellText.decode(.escapes, start, length, to: UnsafeMutableRawPointer(target))
        }
    }
}
