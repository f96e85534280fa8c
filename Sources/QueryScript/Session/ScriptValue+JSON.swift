// Values of scripts as JSON and back: what records in records become in a frame, and what a frame can be made of.
import QueryFrames

extension ScriptValue {
    /// Whether only JSON can hold the value in a column: a record, JSON, or a list that is no list of one type.
    var isNested: Bool {
        switch self {
        case .scalar(.json): true
        case .scalar: false
        default: scalar?.type == nil
        }
    }

    /// Appends the value as JSON; gives the type of what is none, where there is such a thing in it. Values outside of the machine are
    /// at most `Heap.depthLimit` deep, so this may recurse.
    func appendJSON(to text: TextBuffer) -> String? {
        switch self {
        case .scalar(let scalar): text.appendJSON(scalar)
        case .list(let items):
            text.append("[")
            for (index, item) in items.enumerated() {
                if index > 0 { text.append(",") }
                if let found = item.appendJSON(to: text) { return found }
            }
            text.append("]")
        case .record(let fields):
            text.append("{")
            for (index, field) in fields.enumerated() {
                if index > 0 { text.append(",") }
                text.appendJSON(.string(field.name))
                text.append(":")
                if let found = field.value.appendJSON(to: text) { return found }
            }
            text.append("}")
        case .range, .frame, .job, .error, .function: return typeName
        }
        return nil
    }

    /// The records of a JSON list of records, or the one record that the JSON is.
    static func records(json text: String) throws(ScriptError) -> [[RecordField]] {
        let document = JSONDocument(text)
        if document.isRecord { return [fields(document)] }
        var records: [[RecordField]] = []
        let part = JSONDocument()
        for place in document.elements() {
            if records.count % 256 == 255, Cancellation.stopsHere { throw ScriptError(.cancelled) }
            part.load(document[place])
            guard part.isRecord else { throw ScriptError(.notAFrame("JSON list with \(Scalar(json: document[place]).typeName) in it")) }
            records.append(fields(part))
        }
        guard document.isList else { throw ScriptError(.notAFrame("JSON value")) }
        return records
    }

    private static func fields(_ record: JSONDocument) -> [RecordField] {
        var fields: [RecordField] = []
        for (name, place) in record.members() {
            let value = ScriptValue.scalar(Scalar(json: record[place]))
            if let known = fields.firstIndex(where: { $0.name == name }) {
                fields[known].value = value
            } else {
                fields.append(RecordField(name: name, value: value))
            }
        }
        return fields
    }
}
