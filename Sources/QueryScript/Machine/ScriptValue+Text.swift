// Values as `print` and interpolation write them.
import QueryFrames

extension ScriptValue {
    /// The value as text: a string as it is, `null`, `[2, "a"]`, `{name: "a"}`, a job by its id.
    public var text: String {
        if case .scalar(let scalar) = self { return scalar.text }
        var text = ""
        write(to: &text)
        return text
    }

    /// Nested values are at most `Heap.depthLimit` deep, so this may recurse.
    private func write(to text: inout String) {
        switch self {
        case .scalar(.string(let string)): text += Scalar.string(string).literal
        case .scalar(let scalar): text += scalar.text
        case .list(let items):
            text += "["
            for (index, item) in items.enumerated() {
                if index > 0 { text += ", " }
                item.write(to: &text)
            }
            text += "]"
        case .record(let fields):
            text += "{"
            for (index, field) in fields.enumerated() {
                text += index > 0 ? ", \(field.name): " : "\(field.name): "
                field.value.write(to: &text)
            }
            text += "}"
        case .range(let low, let high): text += "\(low)..\(high)"
        case .frame(let frame): text += "frame of \(frame.count) rows and \(frame.schema.fields.count) columns"
        case .job(let job): text += job.id.text
        case .error(let failure): text += failure.message
        case .function(let name): text += "function \(name)"
        }
    }
}
