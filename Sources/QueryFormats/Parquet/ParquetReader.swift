// Parquet to a frame: the footer tells where the chunks are, several threads make a column of each, and rows come in batches.
import QueryFrames
import Synchronization

/// Reads one input.
struct ParquetReader {
    private let source: ByteSource
    private let input: CheckedBytes

    private static let magic: [UInt8] = Array("PAR1".utf8)

    init(_ source: ByteSource) {
        self.source = source
        input = CheckedBytes(path: source.path, format: "parquet", part: "footer", bytes: source.bytes)
    }

    /// One row group of the footer.
    private struct Group {
        let rows: Int
        /// How many rows come before.
        let first: Int
        let chunks: [ParquetChunkPlace]
    }

    func read(_ workers: Workers = .available) throws(FormatError) -> ReadResult {
        let footer = try self.footer()
        var schema = ParquetSchemaReader(try footer.records(2), input)
        let nodes = try schema.columns()
        let names = ColumnNames(nodes.map(\.name))
        let columns = try self.columns(nodes, names.names, try durations(footer))
        let groups = try groups(footer, leaves: nodes.reduce(0) { $0 + $1.leafCount })
        let made = try make(columns, groups, workers)
        var batches: [RecordBatch] = []
        for (index, group) in groups.enumerated() {
            let whole = RecordBatch(count: group.rows, columns: made[index])
            for start in stride(from: 0, to: group.rows, by: RecordBatch.rows) {
                batches.append(whole.slice(start, min(RecordBatch.rows, group.rows - start)))
            }
        }
        let frame = Frame(schema: Schema(columns.map { Field($0.name, $0.type) }), batches: batches)
        return ReadResult(frame: frame, warnings: names.changes.map { .renamedColumn(index: $0.index, from: $0.from, to: $0.to) })
    }

    private func footer() throws(FormatError) -> ThriftRecord {
        let magic = Self.magic, end = input.count - 8
        guard end >= magic.count, input.bytes.starts(with: magic) else { throw input.named("begin").damaged }
        let tail = try input.slice(end + 4, 4)
        if tail.elementsEqual("PARE".utf8) { throw .unsupported(path: source.path, column: "", feature: "an encrypted file") }
        guard tail.elementsEqual(magic) else { throw input.damaged }
        let length = Int(try input.load(end, as: UInt32.self))
        var reader = ThriftReader(input.named("footer", try input.slice(end - length, length)))
        return try reader.record()
    }

    /// The columns, with a unique name each.
    private func columns(_ nodes: [ParquetNode], _ names: [String], _ durations: [Int: ParquetUnit]) throws(FormatError) -> [ParquetColumn] {
        var columns: [ParquetColumn] = []
        var leaf = 0
        for (index, node) in nodes.enumerated() {
            guard let column = ParquetColumn(node, index: leaf) else {
                throw .unsupported(path: source.path, column: node.name, feature: "a column of structs or maps")
            }
            columns.append(column.renamed(names[index], duration: durations[index]))
            leaf += node.leafCount
        }
        return columns
    }

    /// The units of columns that are durations, for which parquet has no type: Arrow's schema tells, where the writer has left one.
    private func durations(_ footer: ThriftRecord) throws(FormatError) -> [Int: ParquetUnit] {
        for pair in try footer.records(5) where try pair.text(1) == "ARROW:schema" {
            guard let text = try pair.text(2), let bytes = Base64.bytes(text) else { continue }
            let schema = ByteSource(bytes: bytes, name: source.path)
            let message = CheckedBytes(path: source.path, format: "parquet", part: "ARROW:schema", bytes: schema.bytes)
            // It is a hint: where it cannot be read, the columns are numbers.
            guard let fields = withExtendedLifetime(schema, { try? ArrowMessages(message).fields }) else { continue }
            var durations: [Int: ParquetUnit] = [:]
            for (index, field) in fields.enumerated() {
                var inner = field
                while case .list = inner.layout, let element = inner.children.first { inner = element }
                switch inner.format {
                case "tDm": durations[index] = .milliseconds
                case "tDu": durations[index] = .microseconds
                case "tDn": durations[index] = .nanoseconds
                default: break
                }
            }
            return durations
        }
        return [:]
    }

    private func groups(_ footer: ThriftRecord, leaves: Int) throws(FormatError) -> [Group] {
        // A few bytes can stand for any number of equal rows; no file of so many bytes says so many.
        var cells = 16_777_216 + 1_024 * input.count
        var groups: [Group] = []
        var first = 0
        for (number, record) in try footer.records(4).enumerated() {
            let rows = try record.required(3), chunks = try record.records(1)
            guard rows >= 0, chunks.count == leaves else { throw input.damaged }
            var places: [ParquetChunkPlace] = []
            for (index, chunk) in chunks.enumerated() {
                let place = try self.place(chunk, "column \(index + 1), row group \(number + 1)")
                guard place.entries >= 0, place.entries <= cells else { throw input.damaged }
                cells -= place.entries
                places.append(place)
            }
            guard rows <= cells else { throw input.damaged }
            cells -= rows
            groups.append(Group(rows: rows, first: first, chunks: places))
            first += rows
        }
        return groups
    }

    private func place(_ chunk: ThriftRecord, _ part: String) throws(FormatError) -> ParquetChunkPlace {
        if chunk.has(1) { throw .unsupported(path: source.path, column: "", feature: "a file whose columns are in other files") }
        guard let details = chunk.record(3) else { throw input.damaged }
        let number = try details.required(4)
        guard let codec = Codec(parquet: number) else {
            let names = [3: "lzo", 4: "brotli", 5: "the older lz4"]
            throw .unsupported(path: source.path, column: "", feature: "the compression \(names[number] ?? String(number))")
        }
        let dataStart = try details.required(9), size = try details.required(7), entries = try details.required(5)
        // Some writers say 0 for a dictionary that is not there.
        let start = details.number(11).map { $0 > 0 ? min($0, dataStart) : dataStart } ?? dataStart
        return ParquetChunkPlace(bytes: input.named(part, try input.slice(start, size)), codec: codec, entries: entries)
    }

    /// A column that one thread has made.
    private typealias Made = Result<Column, FormatError>

    /// The columns of each row group.
    private func make(_ columns: [ParquetColumn], _ groups: [Group], _ workers: Workers) throws(FormatError) -> [[Column]] {
        let made = Mutex<[Int: Made]>([:])
        let workers = workers.areWorthwhile(rows: groups.reduce(0) { $0 + $1.rows }) ? workers : .one
        workers.perform(groups.count * columns.count) { piece, _, _ in
            let group = groups[piece / columns.count], column = columns[piece % columns.count]
            let result: Made
            do throws(FormatError) {
                result = .success(try make(column, group))
            } catch {
                result = .failure(error)
            }
            made.withLock { $0[piece] = result }
            if case .failure = result { return false }
            return true
        }
        let all = made.withLock { $0 }
        // The error of the first piece that has one: which of them were begun is not always the same.
        for piece in all.keys.sorted() { if case .failure(let error)? = all[piece] { throw error } }
        var rows: [[Column]] = []
        for group in groups.indices { rows.append(columns.indices.compactMap { try? all[group * columns.count + $0]?.get() }) }
        return rows
    }

    private func make(_ column: ParquetColumn, _ group: Group) throws(FormatError) -> Column {
        if let budget = MemoryBudget.current, budget.isExceeded { throw .memory(path: source.path, row: group.first, limit: budget.limit) }
        let place = group.chunks[column.index]
        let reader = try ParquetChunkReader(column.node, column.leaf, place, column: column.name)
        let part = place.bytes.named("column \"\(column.name)\", \(place.bytes.part)")
        var maker = ParquetColumnMaker(reader, part, column: column.name, row: group.first)
        return try maker.make(column.lists, rows: group.rows)
    }
}

extension ParquetColumn {
    /// The column by another name, and as durations where `duration` says so of numbers.
    func renamed(_ name: String, duration: ParquetUnit?) -> ParquetColumn {
        var leaf = self.leaf
        if let duration, leaf.physical == .int64, leaf.kind == .int(signed: true) {
            leaf = ParquetLeaf(physical: leaf.physical, length: leaf.length, kind: .duration(duration))
        }
        return ParquetColumn(name: name, lists: lists, node: node, leaf: leaf, index: index)
    }

    private init(name: String, lists: [ParquetList], node: ParquetNode, leaf: ParquetLeaf, index: Int) {
        self.name = name
        self.lists = lists
        self.node = node
        self.leaf = leaf
        self.index = index
        type = lists.reduce(leaf.kind.type(leaf.physical)) { type, _ in .list(type) }
    }
}
