// The arguments of a command or transform when it runs. Bodies unpack them in their first lines; the messages about a value of
// the wrong type come from here alone.
import QueryFrames

/// What a command was given, by the keys of its usage line.
struct Arguments {
    /// The command's name, for messages.
    let command: String
    let items: [Item]

    struct Item {
        var key: String
        var value: Value
        var span: Span
        var mark: Int32
    }

    enum Value {
        case value(ScriptValue)
        case rowExpression(Expression)
        case column(String)
        case word(String)
        case flag(String)
        case bindings([Binding])
        case items([Arguments])
        case queryText(String, [(name: String, value: ScriptValue)])
        case shellText(String, [ScriptValue])
    }

    /// `NAME = VALUE`.
    struct Binding {
        var name: String
        var value: ScriptValue
        var span: Span
        /// Where a secret is found that the value only names.
        var source: SecretSource?
    }

    /// Joins what was compiled with the values of its registers.
    init(_ command: String, _ arguments: [CallArgument], _ values: [ScriptValue]) {
        self.command = command
        items = arguments.map { argument in
            let value: Value = switch argument.value {
            case .register(let register): .value(values[register])
            case .rowExpression(let expression): .rowExpression(expression)
            case .column(let name): .column(name)
            case .word(let word): .word(word)
            case .flag(let word): .flag(word)
            case .bindings(let bindings):
                .bindings(bindings.map { Binding(name: $0.name, value: values[$0.register], span: $0.span, source: $0.source) })
            case .items(let items): .items(items.map { Arguments(command, $0, values) })
            case .queryText(let text, let holes): .queryText(text, holes.map { ($0.name, values[$0.register]) })
            case .shellText(let text, let registers): .shellText(text, registers.map { values[$0] })
            }
            return Item(key: argument.key, value: value, span: argument.span, mark: argument.mark)
        }
    }

    subscript(_ key: String) -> Item? { items.first { $0.key == key } }

    /// The place of an argument.
    func span(_ key: String) -> Span? { self[key]?.span }

    /// The number by which a plan's error names an argument.
    func mark(_ key: String) -> Int32 { self[key]?.mark ?? 0 }

    // MARK: Reading

    /// The value given for `key`, or nil.
    func value(_ key: String) -> ScriptValue? {
        if case .value(let value)? = self[key]?.value { return value }
        return nil
    }

    /// The value given for `key`, which the usage line makes certain of.
    func required(_ key: String) throws(ScriptError) -> ScriptValue {
        guard let value = value(key) else { throw fault(key, "a value", "nothing") }
        return value
    }

    /// A word that stands for itself, or text given by value.
    func word(_ key: String) throws(ScriptError) -> String? {
        switch self[key]?.value {
        case nil: return nil
        case .word(let word)?, .column(let word)?: return word
        case .value(.scalar(.string(let text)))?: return text
        case .value(let value)?: throw fault(key, "a name", value.typeName)
        default: throw fault(key, "a name", "something else")
        }
    }

    func requiredWord(_ key: String) throws(ScriptError) -> String {
        guard let word = try word(key) else { throw fault(key, "a name", "nothing") }
        return word
    }

    func text(_ key: String) throws(ScriptError) -> String? {
        guard let value = value(key) else { return nil }
        guard case .scalar(.string(let text)) = value else { throw fault(key, "text", value.typeName) }
        return text
    }

    func requiredText(_ key: String) throws(ScriptError) -> String {
        guard let text = try text(key) else { throw fault(key, "text", "nothing") }
        return text
    }

    /// A command of the shell: text given by value as it is, or with the values of its `${}`.
    func shellText(_ key: String) throws(ScriptError) -> ShellText? {
        if case .shellText(let text, let values)? = self[key]?.value { return ShellText(text: text, values: values.map(\.text)) }
        return try text(key).map { ShellText(text: $0) }
    }

    /// Microseconds, not negative.
    func duration(_ key: String) throws(ScriptError) -> Int64? {
        guard let value = value(key) else { return nil }
        guard case .scalar(.duration(let micros)) = value, micros >= 0 else { throw fault(key, "a duration such as 30s", value.typeName) }
        return micros
    }

    func int(_ key: String) throws(ScriptError) -> Int64? {
        guard let value = value(key) else { return nil }
        guard case .scalar(.int(let int)) = value else { throw fault(key, "an int", value.typeName) }
        return int
    }

    /// A bool; null is not true.
    func condition(_ key: String) throws(ScriptError) -> Bool {
        switch try required(key) {
        case .scalar(.bool(let value)): return value
        case .scalar(.null): return false
        case let value: throw fault(key, "a bool", value.typeName)
        }
    }

    func flag(_ key: String) -> String? {
        if case .flag(let word)? = self[key]?.value { return word }
        return nil
    }

    /// The items of a repeated clause.
    func list(_ key: String) -> [Arguments] {
        if case .items(let items)? = self[key]?.value { return items }
        return []
    }

    /// `NAME = VALUE` pairs.
    func bindings(_ key: String) -> [Binding] {
        if case .bindings(let bindings)? = self[key]?.value { return bindings }
        return []
    }

    /// An expression over a row's columns.
    func expression(_ key: String) throws(ScriptError) -> Expression {
        guard case .rowExpression(let expression)? = self[key]?.value else { throw fault(key, "an expression", "nothing") }
        return expression
    }

    /// Options as formats take them: each a single value.
    func options(_ key: String) throws(ScriptError) -> [String: Scalar] {
        var options: [String: Scalar] = [:]
        for binding in bindings(key) {
            guard let scalar = binding.value.scalar else {
                throw ScriptError(
                    .argument(command: command, slot: binding.name, expected: "a single value", found: binding.value.typeName), at: binding.span)
            }
            options[binding.name] = scalar
        }
        return options
    }

    /// The error that the value for `key` is not what the command takes.
    func fault(_ key: String, _ expected: String, _ found: String) -> ScriptError {
        ScriptError(.argument(command: command, slot: key, expected: expected, found: found), at: span(key))
    }
}

extension ScriptValue {
    /// The value as a scalar; a list of scalars is one, records, frames and jobs are not.
    var scalar: Scalar? {
        switch self {
        case .scalar(let scalar): return scalar
        case .list(let items):
            var scalars: [Scalar] = []
            for item in items {
                guard let scalar = item.scalar else { return nil }
                scalars.append(scalar)
            }
            return .list(scalars)
        default: return nil
        }
    }
}
