// A frame: a schema and record batches of columns. Immutable; appending shares every earlier batch.

/// Rows of a frame, stored column by column; all columns have `count` rows.
public struct RecordBatch: Sendable {
    /// How many rows there are (a batch without columns still has rows).
    public let count: Int
    /// The columns in the order of the schema.
    public let columns: [Column]

    public init(count: Int, columns: [Column]) {
        assert(columns.allSatisfy { $0.count == count })
        self.count = count
        self.columns = columns
    }

    /// Rows `offset ..< offset + count`, sharing the memory.
    public func slice(_ offset: Int, _ count: Int) -> RecordBatch {
        RecordBatch(count: count, columns: columns.map { $0.slice(offset, count) })
    }

    /// Rows that readers and operators put in one batch: enough to spread the cost of a call, few enough to stay in cache.
    public static let rows = 65_536
}

/// A table in memory.
public struct Frame: Sendable {
    /// The columns' names and types.
    public let schema: Schema
    /// The rows, batch after batch; none is empty.
    public let batches: [RecordBatch]
    /// How many rows there are.
    public let count: Int

    /// A frame of `batches`, whose columns have the schema's types.
    public init(schema: Schema, batches: [RecordBatch]) {
        self.schema = schema
        self.batches = batches.filter { $0.count > 0 }
        count = batches.reduce(0) { $0 + $1.count }
        assert(batches.allSatisfy { $0.columns.map(\.type) == schema.fields.map(\.type) })
    }

    /// A frame of one batch.
    public init(schema: Schema, columns: [Column]) {
        self.init(schema: schema, batches: [RecordBatch(count: columns.first?.count ?? 0, columns: columns)])
    }

    /// The value in `row` of column `column`; walks the batches, so it is for people, not for loops over data.
    public func scalar(row: Int, column: Int) -> Scalar {
        var row = row
        for batch in batches {
            if row < batch.count { return batch.columns[column].scalar(row) }
            row -= batch.count
        }
        preconditionFailure("row \(row) is past the end of the frame")
    }
}
