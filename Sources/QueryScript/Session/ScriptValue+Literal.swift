// Values that come as text from outside of a script, such as those of `-v`, read as a script's literals.
import QueryFrames

extension ScriptValue {
    /// The value that `text` is as a literal of the language (`42`, `-2.5`, `true`, `null`, `30s`, `@2024-05-01`, `"a"`, `[1, 2]`), or
    /// else `text` itself as a string.
    public init(literalOr text: String) {
        self = ScriptValue.literal(text) ?? .scalar(.string(text))
    }

    private static func literal(_ text: String) -> ScriptValue? {
        guard case .script(let tree) = Parser.parse(Source(name: "value", text: text)), tree.statements.count == 1,
            case .expressionStatement(let value) = tree[tree[tree.statements, 0]]
        else { return nil }
        return literal(value, in: tree)
    }

    private static func literal(_ id: NodeID, in tree: SyntaxTree) -> ScriptValue? {
        switch tree[id] {
        case .literal(let literal): return .scalar(tree[literal])
        case .unary(.negate, let operand):
            guard let scalar = tree.literal(operand), let negative = try? ScalarOperators.apply(.negate, scalar) else { return nil }
            return .scalar(negative)
        case .list(let items):
            var values: [ScriptValue] = []
            for item in tree[items] {
                guard let value = literal(item, in: tree) else { return nil }
                values.append(value)
            }
            return .list(values)
        default: return nil
        }
    }
}

extension Session {
    /// Whether a host may give a variable this name: one that a script can write as it is, and that no command bears.
    public static func canName(_ name: String) -> Bool {
        guard case .script(let tree) = Parser.parse(Source(name: "name", text: name)), tree.statements.count == 1,
            case .expressionStatement(let value) = tree[tree[tree.statements, 0]], case .name(let found) = tree[value]
        else { return false }
        return tree.text(found) == name
    }
}
