// Values as `print` and interpolation write them.
import QueryFrames

extension ScriptValue {
    /// The value as text: a string as it is, `null`, `[2, "a"]`, `{name: "a"}`, a job by its id.
    public var text: String {
        if case .scalar(let scalar) = self { return scalar.text }
        let text = TextBuffer()
        write(to: text)
        return text.text
    }

    /// Writes the value as `text` gives it, until the work at hand is cancelled.
    func write(to text: TextBuffer) { write(to: text, isQuoted: false) { Cancellation.stopsHere } }

    /// Writes the value as `text` gives it, a string in quotes where it is inside another value, until `isEnough`, which is
    /// asked before each value of a list or record.
    ///
    /// Nested values are at most `Heap.depthLimit` deep, so this may recurse.
    func write(to text: TextBuffer, isQuoted: Bool, isEnough: () -> Bool) {
        switch self {
        case .scalar(let scalar): text.append(scalar, quoted: isQuoted)
        case .list(let items):
            text.append("[")
            for (index, item) in items.enumerated() {
                if isEnough() { return }
                if index > 0 { text.append(", ") }
                item.write(to: text, isQuoted: true, isEnough: isEnough)
            }
            text.append("]")
        case .record(let fields):
            text.append("{")
            for (index, field) in fields.enumerated() {
                if isEnough() { return }
                if index > 0 { text.append(", ") }
                text.append(field.name)
                text.append(": ")
                field.value.write(to: text, isQuoted: true, isEnough: isEnough)
            }
            text.append("}")
        case .range(let low, let high): text.append("\(low)..\(high)" as String)
        case .frame(let frame): text.append("frame of \(frame.count) rows and \(frame.schema.fields.count) columns" as String)
        case .job(let job): text.append(job.id.text)
        case .error(let failure): text.append(failure.message)
        case .function(let name): text.append("function \(name)" as String)
        }
    }
}
