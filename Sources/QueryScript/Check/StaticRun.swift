// A walk through a script that computes what is known of each value instead of the value, and meets the faults that a run would
// meet whatever the data. A fault is told only where it is certain; what is not known is never wrong.
import QueryFrames

/// Walks through one source.
struct StaticRun {
    let tree: SyntaxTree
    let source: Source
    let knowledge: ScriptKnowledge
    /// The script's commands and transforms as compiled, by their places.
    let calls: [Span: Call]
    private(set) var diagnostics: [Diagnostic] = []
    /// `try` blocks around: what a service lacks may be there to be caught.
    private var tries = 0
    /// Names by block, the script's own first.
    private var scopes: [Scope]
    /// Names that are given another value somewhere, so that nothing is known of them.
    private let assigned: Set<String>

    private struct Scope {
        var values: [String: StaticValue] = [:]
        /// Names that a second `let` has shadowed: which one a function means depends on when it is called.
        var shadowed: Set<String> = []
    }

    /// What is known of the script's own variables at its end.
    var globals: [String: StaticValue] { scopes[0].values }

    init(_ tree: SyntaxTree, _ source: Source, _ calls: [Call], _ globals: [String: StaticValue], _ knowledge: ScriptKnowledge) {
        self.tree = tree
        self.source = source
        self.knowledge = knowledge
        self.calls = Dictionary(calls.map { ($0.span, $0) }, uniquingKeysWith: { first, _ in first })
        scopes = [Scope(values: globals)]
        assigned = Set(tree.ids.compactMap { id in
            if case .assignment(let target, _) = tree[id], case .name(let name) = tree[target] { tree.text(name) } else { nil }
        })
    }

    mutating func script() { statements(tree.statements) }

    // MARK: Names

    func known(_ name: String) -> StaticValue {
        for scope in scopes.reversed() { if let value = scope.values[name] { return value } }
        return .unknown
    }

    private mutating func declare(_ name: String, _ value: StaticValue) {
        let last = scopes.count - 1
        if scopes[last].values.updateValue(assigned.contains(name) ? .unknown : value, forKey: name) != nil { scopes[last].shadowed.insert(name) }
    }

    mutating func note(_ fault: MachineFault, at span: Span, labels: [Diagnostic.Label] = []) {
        if case .service = fault, tries > 0 { return }
        var diagnostic = Diagnostic(ScriptError(fault, at: span), in: source)
        diagnostic.labels += labels
        diagnostics.append(diagnostic)
    }

    // MARK: Statements

    /// A block's statements; its functions are known from its beginning, and looked into at its end.
    private mutating func statements(_ list: NodeList) {
        let ids = tree[list]
        var functions: [FunctionNode] = []
        for id in ids {
            guard case .function(let part) = tree[id] else { continue }
            let node = tree.function(part)
            functions.append(node)
            let required = node.parameters.prefix { $0.standard == nil }.count
            let name = tree.text(node.name)
            declare(name, .function(StaticFunction(
                name: name, arity: required...max(required, node.parameters.count), span: node.nameSpan, file: source.name)))
        }
        for id in ids { statement(id) }
        for name in scopes[scopes.count - 1].shadowed { scopes[scopes.count - 1].values[name] = .unknown }
        for function in functions { body(of: function) }
    }

    private mutating func block(_ id: NodeID, _ names: [(String, StaticValue)] = []) {
        guard case .block(let ids) = tree[id] else { return }
        scopes.append(Scope())
        for (name, value) in names { declare(name, value) }
        statements(ids)
        scopes.removeLast()
    }

    private mutating func body(of function: FunctionNode) {
        scopes.append(Scope())
        for parameter in function.parameters {
            if let standard = parameter.standard { _ = value(standard) }
            declare(tree.text(parameter.name), .unknown)
        }
        block(function.body)
        scopes.removeLast()
    }

    private mutating func statement(_ id: NodeID) {
        switch tree[id] {
        case .letStatement(let name, let value): declare(tree.text(name), self.value(value))
        case .assignment(_, let value), .expressionStatement(let value): _ = self.value(value)
        case .ifStatement(let list):
            let (branches, last) = tree.branches(list)
            for branch in branches {
                condition(branch.condition)
                block(branch.block)
            }
            if let last { block(last) }
        case .whileStatement(let condition, let body):
            self.condition(condition)
            block(body)
        case .forStatement(let name, let value, let body): block(body, [(tree.text(name), element(of: self.value(value), tree.span(value)))])
        case .returnStatement(let value): if let value { _ = self.value(value) }
        case .tryStatement(let body, let name, let handler):
            tries += 1
            block(body)
            tries -= 1
            block(handler, [(tree.text(name), .unknown)])
        default: break
        }
    }

    private mutating func condition(_ id: NodeID) {
        let found = value(id)
        if let type = found.typeName, found.scalarType != .bool, type != "null" { note(.condition(found: type), at: tree.span(id)) }
    }

    /// What `for` gives its name to.
    private mutating func element(of value: StaticValue, _ span: Span) -> StaticValue {
        switch value {
        case .frame(let schema), .job(let schema):
            guard let schema else { return .unknown }
            return .record(schema.schema.fields.map { ($0.name, schema.hasTypes ? .scalar($0.type) : .unknown) })
        case .range, .exact(.range): return .scalar(.int64)
        case .exact(.scalar), .scalar, .function:
            if let type = value.typeName, type != "null" { note(.notIterable(type), at: span) }
            return .unknown
        default: return .unknown
        }
    }
}
