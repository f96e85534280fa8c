// A row beyond which a limited sort keeps nothing, by its first key: what lets `sort | take 10` drop rows as they come.

/// The first key of the last row that is still wanted.
struct SortBound {
    /// The key's word, nil where it is null.
    private let word: UInt64?
    private let descending: Bool
    private let nullsFirst: Bool
    /// Whether a row with an equal key comes after the bound, since no other key can put it before.
    private let dropsEqual: Bool

    /// The bound that `row` of the key's column is; nil for types of which a word does not tell all.
    init?(_ column: Column, row: Int, _ key: SortStep.Key, isOnlyKey: Bool) {
        switch column.type.layout {
        case .bits, .fixed(4), .fixed(8): break
        case .none, .fixed, .variable, .list: return nil
        }
        descending = key.descending
        nullsFirst = key.nullsFirst
        dropsEqual = isOnlyKey
        if column.isNull(row) {
            word = nil
        } else {
            var value: UInt64 = 0
            SortWords.write(column.slice(row, 1), descending: key.descending, to: &value)
            word = value
        }
    }

    /// The rows of a later batch that may come before the bound.
    func rows(_ column: Column) -> Selection {
        let count = column.count
        let memory = MutableBuffer(capacity: count * 8)
        let bits = withExtendedLifetime((memory, column)) {
            let words = memory.values(as: UInt64.self)
            SortWords.write(column, descending: descending, to: words)
            let valid = column.validBits
            guard let word else {
                // Equal to the bound are the nulls; the others come before them all, or after.
                return Bitmap.rows(count) { row in
                    let isNull = valid.map { !Bitmap.get($0, row) } ?? false
                    return isNull ? !dropsEqual : !nullsFirst
                }
            }
            let limit = dropsEqual ? word : word == .max ? word : word + 1
            let keepsAll = !dropsEqual && word == .max
            guard let valid else { return Bitmap.rows(count) { keepsAll || words[$0] < limit } }
            return Bitmap.rows(count) { row in
                Bitmap.get(valid, row) ? keepsAll || words[row] < limit : nullsFirst
            }
        }
        return Selection(whereTrue: Column(type: .bool, count: count, validity: nil, storage: .bits(bits)))
    }
}
