// The dictionaries of a column's batches as one: formats hold one for many batches.
import QueryFrames

/// Distinct texts, and for each batch's own dictionary where its texts stand among them.
struct MergedDictionary {
    /// The distinct texts, without nulls.
    let values: Column
    /// New indexes by the old ones, by the column that was the old dictionary.
    private let places: [ObjectIdentifier: [Int32]]

    /// More texts than this are no dictionary any more.
    static let limit = 1 << 20

    /// Nil where a batch of column `index` is no dictionary of strings, or the texts are too many.
    init?(_ batches: some Sequence<RecordBatch>, column index: Int) {
        var dictionaries: [Column] = []
        var total = 0, bytes = 0
        for batch in batches {
            guard case .dictionary(_, let values) = batch.columns[index].storage, values.type == .string else { return nil }
            if dictionaries.contains(where: { $0 === values }) { continue }
            dictionaries.append(values)
            total += values.count
            if case .variable(_, let texts) = values.storage { bytes += texts.byteCount }
            if total > MergedDictionary.limit || bytes > StringBuilder.byteLimit { return nil }
        }
        guard let first = dictionaries.first else { return nil }
        if dictionaries.count == 1 {
            (values, places) = (first, [:])
            return
        }
        let builder = StringBuilder(capacity: first.count)
        var places: [ObjectIdentifier: [Int32]] = [:], known: [[UInt8]: Int32] = [:]
        for dictionary in dictionaries {
            places[ObjectIdentifier(dictionary)] = (0..<dictionary.count).map { row in
                let text = dictionary.utf8(row), key = Array(text)
                if let place = known[key] { return place }
                let place = Int32(truncatingIfNeeded: known.count)
                known[key] = place
                builder.append(text)
                return place
            }
        }
        self.places = places
        values = builder.finish()
    }

    /// The column's indexes into `values`; those of null rows are 0. Nil where the column is no dictionary.
    func indices(_ column: Column) -> Buffer? {
        guard case .dictionary(let old, let dictionary) = column.storage else { return nil }
        let map = places[ObjectIdentifier(dictionary)]
        if map == nil, column.validity == nil { return old }
        let out = MutableBuffer(capacity: column.count * 4)
        let from = old.values(as: Int32.self), to = out.values(as: Int32.self), valid = column.validBits
        for row in 0..<column.count {
            let isNull = valid.map { !Bitmap.get($0, row) } ?? false
            to[row] = isNull ? 0 : map.map { $0[Int(from[row])] } ?? from[row]
        }
        return out.freeze(byteCount: column.count * 4)
    }
}
