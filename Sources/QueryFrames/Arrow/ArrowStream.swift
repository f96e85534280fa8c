// Batches that another program gives one after the other, through the Arrow C stream interface.
import CArrow

/// A stream that was moved here; it is released with this object. It belongs to one thread at a time.
public final class ArrowStream {
    /// The columns of all batches.
    public var schema: Schema { type.schema }

    private let stream: UnsafeMutablePointer<ArrowArrayStream>
    private let type: ArrowTableType
    /// Batches of an array that was too large for one.
    private var pending: [RecordBatch] = []
    private var isAtEnd = false

    /// Moves the stream out of `source`, which holds nothing afterwards, and reads its schema.
    public init(moving source: UnsafeMutablePointer<ArrowArrayStream>) throws(ArrowError) {
        let stream = UnsafeMutablePointer<ArrowArrayStream>.allocate(capacity: 1)
        stream.initialize(to: source.pointee)
        source.pointee.release = nil
        do throws(ArrowError) {
            type = try ArrowStream.type(of: stream)
        } catch {
            stream.pointee.release.map { $0(stream) }
            stream.deallocate()
            throw error
        }
        self.stream = stream
    }

    deinit {
        stream.pointee.release.map { $0(stream) }
        stream.deallocate()
    }

    /// The next batch; nil after the last. Empty ones are left out.
    public func next() throws(ArrowError) -> RecordBatch? {
        while pending.isEmpty && !isAtEnd {
            guard let getNext = stream.pointee.get_next else { throw .released }
            var array = ArrowArray()
            let code = getNext(stream, &array)
            guard code == 0 else { throw ArrowStream.failure(stream, code) }
            if array.release == nil {
                isAtEnd = true
            } else {
                defer { array.release.map { $0(&array) } }
                pending = try type.batches(&array).filter { $0.count > 0 }.reversed()
            }
        }
        return pending.popLast()
    }

    private static func type(of stream: UnsafeMutablePointer<ArrowArrayStream>) throws(ArrowError) -> ArrowTableType {
        guard stream.pointee.release != nil, let getSchema = stream.pointee.get_schema else { throw .released }
        var schema = ArrowSchema()
        let code = getSchema(stream, &schema)
        guard code == 0 else { throw failure(stream, code) }
        defer { schema.release.map { $0(&schema) } }
        return try ArrowTableType(&schema)
    }

    private static func failure(_ stream: UnsafeMutablePointer<ArrowArrayStream>, _ code: Int32) -> ArrowError {
        .stream(code: code, message: stream.pointee.get_last_error?(stream).map { String(cString: $0) } ?? "")
    }
}

extension ArrowTableType {
    /// The rows of a struct, in more than one batch where their strings are too many for one. The columns are moved out of the
    /// array, so that each is released when nobody has it any more; the array itself is left to the caller.
    func batches(_ array: UnsafeMutablePointer<ArrowArray>) throws(ArrowError) -> [RecordBatch] {
        let table = array.pointee
        let length = try ArrowImport.length(of: table, path: "")
        guard table.n_children == Int64(columns.count) else {
            throw .malformed(field: "", fault: .childCount(expected: columns.count, found: table.n_children))
        }
        guard table.n_buffers == 1 else { throw .malformed(field: "", fault: .bufferCount(expected: 1, found: table.n_buffers)) }
        let first = Int(table.offset)
        if table.null_count != 0, let bits = table.buffers?[0] {
            let valid = bits.assumingMemoryBound(to: UInt8.self)
            guard (first..<first + length).allSatisfy({ Bitmap.get(valid, $0) }) else { throw .malformed(field: "", fault: .notATable) }
        }
        var owners: [ArrowOwner] = []
        for (index, column) in columns.enumerated() {
            guard let child = table.children?[index] else { throw .malformed(field: column.path, fault: .missingChild(index)) }
            let owner = ArrowOwner(moving: child)
            owners.append(owner)
            guard try ArrowImport.length(of: owner.array.pointee, path: column.path) >= first + length else {
                throw .malformed(field: column.path, fault: .shortChild(index))
            }
        }
        return try batches(owners, first..<first + length)
    }

    private func batches(_ owners: [ArrowOwner], _ rows: Range<Int>) throws(ArrowError) -> [RecordBatch] {
        do throws(ArrowError) {
            var imported: [Column] = []
            for (column, owner) in zip(columns, owners) {
                imported.append(try ArrowImport(owner.array, column, rows: rows, owner: owner).column())
            }
            return [RecordBatch(count: rows.count, columns: imported)]
        } catch {
            guard case .tooLarge = error, rows.count > 1 else { throw error }
            // The halves begin at whole bytes of bitmaps, where there are so many rows.
            let half = rows.count / 2
            let middle = rows.lowerBound + (half > 8 ? half & ~7 : half)
            return try batches(owners, rows.lowerBound..<middle) + batches(owners, middle..<rows.upperBound)
        }
    }
}
