// JSON as scripts look into it: lists and records of values, made when something in them is first asked for.
import QueryFrames

extension Heap {
    /// The JSON as a list or record whose nested parts are JSON again; null where it is neither.
    func parts(_ json: Value) -> Value {
        let object = json.object(as: BoxObject.self)
        if object.pointee.parts.tag != .null { return object.pointee.parts }
        return keep(Heap.parts(Heap.jsonText(json)), of: json)
    }

    /// Keeps what was read of JSON, unless that was broken off.
    @discardableResult
    func keep(_ parts: ScriptValue, of json: Value) -> Value {
        let parts = value(parts)
        if !cancellation.isRaised { json.object(as: BoxObject.self).pointee.parts = parts }
        return parts
    }

    /// The text of JSON.
    static func jsonText(_ json: Value) -> String {
        guard case .json(let text) = boxedScalar(json) else { return "null" }
        return text
    }

    /// The list or record that the text is, nested parts of it as JSON; null where it is neither.
    static func parts(_ text: String) -> ScriptValue {
        let document = JSONDocument(text)
        if document.isList {
            var items: [ScriptValue] = []
            for place in document.elements() {
                if items.count % 1024 == 1023, Cancellation.stopsHere { break }
                items.append(.scalar(Scalar(json: document[place])))
            }
            return .list(items)
        }
        guard document.isRecord else { return .null }
        var fields: [ScriptValue.RecordField] = [], places: [String: Int] = [:]
        for (name, place) in document.members() {
            if fields.count % 1024 == 1023, Cancellation.stopsHere { break }
            let value = ScriptValue.scalar(Scalar(json: document[place]))
            // Of a name that comes twice, the last value counts.
            if let known = places[name] {
                fields[known].value = value
            } else {
                places[name] = fields.count
                fields.append(.init(name: name, value: value))
            }
        }
        return .record(fields)
    }
}
