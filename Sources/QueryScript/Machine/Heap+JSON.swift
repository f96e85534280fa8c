// JSON as scripts look into it: lists and records of values, made when something in them is first asked for.
import QueryFrames

extension Heap {
    /// The JSON as a list or record whose nested parts are JSON again; null where it is neither.
    func parts(_ json: Value) -> Value {
        let object = Heap.object(json, as: ScalarObject.self)
        if object.parts.tag != .null { return object.parts }
        guard case .json(let text) = object.scalar else { return .null }
        let document = JSONDocument(text)
        if document.isList {
            object.parts = list(ContiguousArray(document.elements().map { value(Scalar(json: document[$0])) }))
        } else if document.isRecord {
            var names: [String] = [], values: ContiguousArray<Value> = [], places: [String: Int] = [:]
            for (name, place) in document.members() {
                let value = value(Scalar(json: document[place]))
                // Of a name that comes twice, the last value counts.
                if let known = places[name] {
                    values[known] = value
                } else {
                    places[name] = names.count
                    names.append(name)
                    values.append(value)
                }
            }
            object.parts = add(RecordObject(names: names, values: values), .record)
        }
        return object.parts
    }
}
