// Arrow IPC to a frame: the messages of a file or a stream become arrays of the C data interface, and those become columns, without a
// copy where the file holds values as columns do.
import CArrow
import QueryFrames

/// Reads one input. Columns lie in the input's own bytes where they can.
struct ArrowReader {
    private let source: ByteSource
    private let input: CheckedBytes

    init(_ source: ByteSource, format: String) {
        self.source = source
        input = CheckedBytes(path: source.path, format: format, part: "begin", bytes: source.bytes)
    }

    /// The dictionaries met so far, by their ids.
    private typealias Dictionaries = [Int64: Column]

    func read() throws(FormatError) -> ReadResult {
        var messages = try ArrowMessages(input)
        let fields = messages.fields
        let names = ColumnNames(fields.map(\.name))
        var dictionaries: Dictionaries = [:]
        var allowance = ArrowRowAllowance(bytes: source.count)
        var values: [Int64: ArrowField] = [:]
        for field in fields { Self.collect(field, into: &values) }

        var batches: [RecordBatch] = []
        var rows = 0
        while let message = try messages.next() {
            if message.kind == .dictionary {
                try read(message, values, &dictionaries, &allowance)
                continue
            }
            let frame = try frame(message, fields, names.names, dictionaries, &allowance, row: rows)
            batches += frame.batches
            rows += frame.count
            if let budget = MemoryBudget.current, budget.isExceeded { throw .memory(path: source.path, row: rows, limit: budget.limit) }
        }
        let schema = try self.schema(fields, names.names)
        let warnings = names.changes.map { FormatWarning.renamedColumn(index: $0.index, from: $0.from, to: $0.to) }
        return ReadResult(frame: Frame(schema: schema, batches: batches), warnings: warnings)
    }

    /// The fields whose values stand in dictionaries, by the dictionaries' ids.
    private static func collect(_ field: ArrowField, into values: inout [Int64: ArrowField]) {
        if let indices = field.indices { values[indices.id] = field }
        for child in field.children { collect(child, into: &values) }
    }

    /// The schema of the frame, whether there is any row or not.
    private func schema(_ fields: [ArrowField], _ names: [String]) throws(FormatError) -> Schema {
        let structs = ArrowStructs(owner: source)
        var schema = try ArrowReader.schema(fields, names, structs) { _ in nil }
        var array = structs.array(length: 0, nullCount: 0, buffers: [nil], children: fields.map { ArrowReader.empty($0, structs) })
        let types: Frame
        do { types = try Frame(importing: &schema, &array) } catch { throw fault(error, row: 0) }
        return Schema(zip(names, types.schema.fields).map { Field($0, $1.type) })
    }

    /// What gives the schema of a dictionary's values as they are exported; nil where they are as the file says.
    private typealias ValuesSchema = (ArrowField) throws(FormatError) -> ArrowSchema?

    private static func schema(
        _ fields: [ArrowField], _ names: [String], _ structs: ArrowStructs, _ values: ValuesSchema
    ) throws(FormatError) -> ArrowSchema {
        var children: [ArrowSchema] = []
        for (index, field) in fields.enumerated() {
            // C ends a name at a NUL, and columns are told apart by theirs.
            let name = names[index].utf8.contains(0) ? "column \(index + 1) of \(names.count)" : names[index]
            children.append(try schema(field, name, structs, values))
        }
        return structs.schema(format: "+s", name: "", children: children)
    }

    private static func schema(
        _ field: ArrowField, _ name: String, _ structs: ArrowStructs, _ values: ValuesSchema
    ) throws(FormatError) -> ArrowSchema {
        var children: [ArrowSchema] = []
        for child in field.children {
            children.append(try schema(child, child.name.utf8.contains(0) ? "field" : child.name, structs, values))
        }
        guard let indices = field.indices else {
            return structs.schema(format: field.format, name: name, isJSON: field.isJSON, children: children)
        }
        let dictionary = try values(field)
            ?? structs.schema(format: field.format, name: "", isJSON: field.isJSON, children: children)
        return structs.schema(format: indices.format, name: name, isJSON: field.isJSON, dictionary: dictionary)
    }

    /// An array without rows.
    private static func empty(_ field: ArrowField, _ structs: ArrowStructs, values: Bool = false) -> ArrowArray {
        let buffers: Int
        switch field.indices != nil && !values ? .fixed(4) : field.layout {
        case .null: buffers = 0
        case .fixedList, .record: buffers = 1
        case .bytes, .views: buffers = 3
        case .bits, .fixed, .list: buffers = 2
        }
        let isIndex = field.indices != nil && !values
        return structs.array(
            length: 0, nullCount: 0, buffers: Array(repeating: nil, count: buffers),
            children: isIndex ? [] : field.children.map { empty($0, structs) },
            dictionary: isIndex ? empty(field, structs, values: true) : nil)
    }

    /// The rows of one batch; `row` is how many came before.
    private func frame(
        _ message: ArrowMessage, _ fields: [ArrowField], _ names: [String], _ dictionaries: Dictionaries,
        _ allowance: inout ArrowRowAllowance, row: Int
    ) throws(FormatError) -> Frame {
        let structs = ArrowStructs(owner: source)
        var schema: ArrowSchema, array: ArrowArray
        do throws(FormatError) {
            var reader = try ArrowBatchReader(message.header, message.body, structs)
            let count = try reader.rows(&allowance)
            var arrays: [ArrowArray] = []
            for field in fields {
                arrays.append(try reader.array(field, &allowance) { (inner) throws(FormatError) in
                    var (schema, array) = try export(dictionaries, inner, message)
                    schema.release.map { $0(&schema) }
                    return array
                })
            }
            array = structs.array(length: count, nullCount: 0, buffers: [nil], children: arrays)
            schema = try ArrowReader.schema(fields, names, structs) { (inner) throws(FormatError) in
                var (schema, array) = try export(dictionaries, inner, message)
                array.release.map { $0(&array) }
                return schema
            }
        } catch {
            structs.abandon()
            throw error
        }
        do { return try Frame(importing: &schema, &array) } catch { throw fault(error, row: row) }
    }

    /// A dictionary for the array that points into it.
    private func export(
        _ dictionaries: Dictionaries, _ field: ArrowField, _ message: ArrowMessage
    ) throws(FormatError) -> (ArrowSchema, ArrowArray) {
        guard let id = field.indices?.id, let column = dictionaries[id] else {
            throw message.body.named("dictionary of column \"\(field.name)\"").damaged
        }
        var schema = ArrowSchema(), array = ArrowArray()
        do { try column.export(name: "", to: &schema, &array) } catch { throw fault(error, row: 0) }
        return (schema, array)
    }

    /// Reads a message with a dictionary's values: the whole of them, or some more.
    private func read(
        _ message: ArrowMessage, _ values: [Int64: ArrowField], _ dictionaries: inout Dictionaries, _ allowance: inout ArrowRowAllowance
    ) throws(FormatError) {
        let id = try message.header.number(0, default: Int64(0))
        guard let table = try message.header.table(1), let field = values[id] else { throw message.body.damaged }
        let plain = ArrowField(
            name: field.name, format: field.format, layout: field.layout, children: field.children, indices: nil, isJSON: field.isJSON,
            isNullable: true)
        let structs = ArrowStructs(owner: source)
        var schema: ArrowSchema, array: ArrowArray
        do throws(FormatError) {
            var reader = try ArrowBatchReader(table, message.body, structs)
            array = try reader.array(plain, &allowance) { (inner) throws(FormatError) in
                throw .unsupported(path: source.path, column: inner.name, feature: "a dictionary within a dictionary")
            }
            schema = try ArrowReader.schema(plain, "values", structs) { _ in nil }
        } catch {
            structs.abandon()
            throw error
        }
        let column: Column
        do { column = try Column.importing(&schema, &array) } catch { throw fault(error, row: 0) }
        guard try message.header.bool(2), let before = dictionaries[id] else { return dictionaries[id] = column }
        var bytes = 0
        for part in [before, column] { if case .variable(_, let texts) = part.storage { bytes += texts.byteCount } }
        guard bytes <= StringBuilder.byteLimit else {
            throw .tooLarge(path: source.path, what: "dictionary of column \"\(field.name)\"", limit: StringBuilder.byteLimit)
        }
        let all = ScalarBuilder(column.type, capacity: before.count + column.count)
        for part in [before, column] { for row in 0..<part.count { all.append(part.scalar(row)) } }
        dictionaries[id] = all.finish()
    }

    /// What is wrong with an array, as an error of the file; `row` is how many rows came before.
    private func fault(_ error: ArrowError, row: Int) -> FormatError {
        switch error {
        case .value(let field, let place, let format):
            .inexact(path: source.path, column: field, row: row + place, type: ArrowReader.words(format))
        case .unsupportedType(let field, let format):
            .unsupported(path: source.path, column: field, feature: "a value of Arrow's type \(format)")
        case .malformed(let field, _): input.named(field.isEmpty ? "batch" : "column \"\(field)\"").damaged
        case .tooLarge(let field): .tooLarge(path: source.path, what: "value in column \"\(field)\"", limit: Int(Int32.max))
        case .released, .repeatedName, .nameWithNull, .stream: input.named("schema").damaged
        }
    }

    /// What people call a type: `timestamp of nanoseconds`.
    private static func words(_ format: String) -> String {
        let units: [Character: String] = ["s": "seconds", "m": "milliseconds", "u": "microseconds", "n": "nanoseconds"]
        let unit = format.dropFirst(2).first.flatMap { units[$0] } ?? ""
        switch format.prefix(2) {
        case "ts": return "timestamp of \(unit)"
        case "tD": return "duration of \(unit)"
        case "tt": return "time of \(unit)"
        case "td": return "date"
        default: return format.hasPrefix("d:") ? "decimal" : "value"
        }
    }
}
