// JSON columns that are nothing but lists of values of one kind, as list columns.
import QueryFrames

/// Reads the elements of all lists of a column, by the rules by which columns are read.
struct JSONLists {
    /// The batches of the column as lists; nil where some value is no list, or an element is nested or of another kind than the others.
    static func read(_ batches: [Column]) -> [Column]? {
        let decoder = RowDecoder(RowGrammar(holder: .list, rowsAreLists: true, depth: 0))
        var starts: [Buffer] = [], parts: [(rows: Int, column: BatchColumn?)] = []
        var kinds: ValueKinds = []
        for batch in batches {
            guard let read = try? decoder.elements(of: batch), let column = try? BatchColumn(read.elements.columns.map(\.run)) else { return nil }
            kinds.formUnion(read.elements.columns[0].kinds)
            if kinds.shape == .json { return nil }
            starts.append(read.starts)
            parts.append((read.elements.rows, column))
        }
        guard let elements = ReadColumn(&parts, kinds), !elements.kinds.isOddNumbers else { return nil }
        return batches.indices.map { index in
            let batch = batches[index]
            return Column(
                type: .list(elements.type), count: batch.count, validity: batch.validity, nullCount: batch.nullCount,
                storage: .list(offsets: starts[index], elements: elements.batches[index]))
        }
    }
}
