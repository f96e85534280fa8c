// A column of all rows that were read, on its way from batches to the frame.
import QueryFrames

/// A column of the frame: its values, and the kinds of these.
struct ReadColumn {
    let kinds: ValueKinds
    let type: DataType
    let batches: [Column]

    /// The batches in the shape that `found` kinds have; each is let go when it has been looked at. Nil where text gets too long.
    init?(_ parts: inout [(rows: Int, column: BatchColumn?)], _ found: ValueKinds) {
        var kinds = found
        if kinds.contains([.int, .float]), parts.contains(where: { $0.column.map { $0.hasInexactInts || $0.intsAreInexact } ?? false }) {
            kinds.formUnion(.inexactInt)
        }
        let shape = kinds.shape
        (self.kinds, type) = (kinds, kinds.type)
        var batches: [Column] = []
        for index in parts.indices {
            let column = parts[index].column
            parts[index].column = nil
            if let column {
                guard let read = column.column(shape, kinds.type) else { return nil }
                batches.append(read)
            } else {
                batches.append(BatchColumn.nulls(parts[index].rows, shape, kinds.type))
            }
        }
        self.batches = batches
    }
}
