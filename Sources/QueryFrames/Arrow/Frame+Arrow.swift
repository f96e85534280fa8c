// Frames from and to other programs of the same process: the Arrow C data and stream interfaces, without a copy where layouts agree.
import CArrow

extension RecordBatch {
    /// Fills `schema` and `array` with a struct of the columns. Both hold on to what they need until each is released.
    public func export(
        _ columns: Schema, to schema: UnsafeMutablePointer<ArrowSchema>, _ array: UnsafeMutablePointer<ArrowArray>
    ) throws(ArrowError) {
        let dictionaries = self.columns.map(\.isArrowDictionary)
        try columns.export(to: schema, dictionaries: dictionaries)
        do throws(ArrowError) {
            try export(to: array, schema: columns, dictionaries: dictionaries)
        } catch {
            schema.pointee.release.map { $0(schema) }
            throw error
        }
    }
}

extension Column {
    /// Fills `schema` and `array` with the column.
    public func export(
        name: String, to schema: UnsafeMutablePointer<ArrowSchema>, _ array: UnsafeMutablePointer<ArrowArray>
    ) throws(ArrowError) {
        try Field(name, type).export(to: schema, asDictionary: isArrowDictionary)
        do throws(ArrowError) {
            try export(to: array, field: name, asDictionary: isArrowDictionary)
        } catch {
            schema.pointee.release.map { $0(schema) }
            throw error
        }
    }

    /// The column that `schema` and `array` hold. They are taken over: both are released, the array when the column is gone,
    /// or at once where this fails.
    public static func importing(
        _ schema: UnsafeMutablePointer<ArrowSchema>, _ array: UnsafeMutablePointer<ArrowArray>
    ) throws(ArrowError) -> Column {
        let owner = ArrowOwner(moving: array)
        defer { schema.pointee.release.map { $0(schema) } }
        guard schema.pointee.release != nil else { throw .released }
        let name = schema.pointee.name.flatMap { String(validatingCString: $0) } ?? ""
        let type = try ArrowType(UnsafePointer(schema), path: name)
        let length = try ArrowImport.length(of: owner.array.pointee, path: name)
        return try ArrowImport(owner.array, type, rows: 0..<length, owner: owner).column()
    }
}

extension Frame {
    /// Fills `stream` with a stream of the frame's batches. A column is given as a dictionary where all of its batches are.
    public func export(to stream: UnsafeMutablePointer<ArrowArrayStream>) {
        ArrowStreamExport(self).fill(stream)
    }

    /// The rows that `schema` and `array`, a struct, hold. They are taken over, as by `Column.importing`.
    public init(
        importing schema: UnsafeMutablePointer<ArrowSchema>, _ array: UnsafeMutablePointer<ArrowArray>
    ) throws(ArrowError) {
        defer {
            schema.pointee.release.map { $0(schema) }
            array.pointee.release.map { $0(array) }
        }
        let type = try ArrowTableType(UnsafePointer(schema))
        self.init(schema: type.schema, batches: try type.batches(array))
    }

    /// All rows of a stream, which is taken over.
    public init(importing stream: UnsafeMutablePointer<ArrowArrayStream>) throws(ArrowError) {
        let stream = try ArrowStream(moving: stream)
        var batches: [RecordBatch] = []
        while let batch = try stream.next() { batches.append(batch) }
        self.init(schema: stream.schema, batches: batches)
    }
}
