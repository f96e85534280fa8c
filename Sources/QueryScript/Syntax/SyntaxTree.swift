// The syntax tree: what the parser makes of tokens and the compiler reads. Nodes stand in one flat list and refer to each other, to
// names and to literals by number: a node is a few plain bytes, and no depth of nesting is ever a depth of the host's stack.
import QueryFrames

/// A node's number in its tree.
struct NodeID: Hashable {
    var index: Int32
}

/// Several nodes in order, by their place in their tree's `children`.
struct NodeList {
    fileprivate var start: Int32
    var count: Int32
}

/// A pipeline's number in its tree, or a window's, or a function's.
struct PartID {
    fileprivate var index: Int32
}

/// The nodes of one source.
struct SyntaxTree {
    private var entries: [Entry] = []
    /// The nodes of all lists, those of one list side by side.
    private(set) var children: [NodeID] = []
    var names: NameTable
    private(set) var literals: [Scalar]
    private(set) var pipelines: [PipelineNode] = []
    private var windows: [WindowNode] = []
    private var functions: [FunctionNode] = []
    /// The statements of the script in order.
    var statements = NodeList(start: 0, count: 0)
    /// Names that stand in functions of the script: a variable among them may outlive its block.
    var innerNames: Set<Name> = []
    /// Where each statement, also of blocks, begins and ends among the tokens.
    var statementTokens: [Range<Int>] = []
    /// Whether an `import` could not be read, so that any name may be one of that file.
    var lacksImport = false

    private struct Entry {
        var node: Node
        var span: Span
    }

    /// An empty tree, with room for the nodes of so many tokens, as scripts have them.
    init(names: NameTable, literals: [Scalar], tokens count: Int) {
        self.names = names
        self.literals = literals
        entries.reserveCapacity(count)
        children.reserveCapacity(count / 2)
        statementTokens.reserveCapacity(count / 4)
    }

    // MARK: Reading

    subscript(_ id: NodeID) -> Node { entries[Int(id.index)].node }

    func span(_ id: NodeID) -> Span { entries[Int(id.index)].span }

    /// The nodes of a list.
    subscript(_ list: NodeList) -> ArraySlice<NodeID> { children[Int(list.start)..<Int(list.start + list.count)] }

    /// One of them, from 0.
    subscript(_ list: NodeList, _ index: Int) -> NodeID { children[Int(list.start) + index] }

    subscript(_ literal: Literal) -> Scalar { literals[Int(literal.number)] }

    func text(_ name: Name) -> String { names.text(name) }

    func pipeline(_ id: PartID) -> PipelineNode { pipelines[Int(id.index)] }

    func window(_ id: PartID) -> WindowNode { windows[Int(id.index)] }

    func function(_ id: PartID) -> FunctionNode { functions[Int(id.index)] }

    /// All nodes, each after those that it is made of.
    var ids: some Sequence<NodeID> { (0..<Int32(entries.count)).lazy.map { NodeID(index: $0) } }

    /// The value of a literal; nil of any other node.
    func literal(_ id: NodeID) -> Scalar? {
        if case .literal(let literal) = self[id] { self[literal] } else { nil }
    }

    /// The conditions of an `if` with their blocks, and the block after the last `else`.
    func branches(_ list: NodeList) -> (branches: [(condition: NodeID, block: NodeID)], last: NodeID?) {
        let nodes = self[list], first = nodes.startIndex
        let branches = (0..<nodes.count / 2).map { (nodes[first + 2 * $0], nodes[first + 2 * $0 + 1]) }
        return (branches, nodes.count.isMultiple(of: 2) ? nil : nodes.last)
    }

    /// `a + b - c`, `x.y[0].z` from left to right: puts the operators, members and elements behind `links`, the last one first, and gives
    /// the node that stands before them.
    func chain(_ id: NodeID, onto links: inout [NodeID]) -> NodeID {
        var left = id
        while true {
            switch self[left] {
            case .binary(_, let next, _), .member(let next, _), .index(let next, _):
                links.append(left)
                left = next
            default: return left
            }
        }
    }

    /// The imports of the script, in order.
    var imports: [(path: String, span: Span)] {
        self[statements].compactMap {
            if case .importStatement(let path) = self[$0], case .string(let text) = self[path] { (text, span($0)) } else { nil }
        }
    }

    // MARK: Making

    mutating func add(_ node: Node, _ span: Span) -> NodeID {
        entries.append(Entry(node: node, span: span))
        return NodeID(index: Int32(truncatingIfNeeded: entries.count - 1))
    }

    /// A list of the nodes.
    mutating func list(_ nodes: some Collection<NodeID>) -> NodeList {
        let start = Int32(truncatingIfNeeded: children.count)
        for node in nodes { children.append(node) }
        return NodeList(start: start, count: Int32(truncatingIfNeeded: children.count) - start)
    }

    mutating func addLiteral(_ value: Scalar, _ span: Span) -> NodeID {
        literals.append(value)
        return add(.literal(Literal(number: UInt32(literals.count - 1))), span)
    }

    mutating func add(_ pipeline: PipelineNode, _ span: Span) -> NodeID {
        pipelines.append(pipeline)
        return add(.pipeline(PartID(index: Int32(pipelines.count - 1))), span)
    }

    mutating func add(_ window: WindowNode, _ span: Span) -> NodeID {
        windows.append(window)
        return add(.window(PartID(index: Int32(windows.count - 1))), span)
    }

    mutating func add(_ function: FunctionNode, _ span: Span) -> NodeID {
        functions.append(function)
        return add(.function(PartID(index: Int32(functions.count - 1))), span)
    }

    /// Gives an expression the place of the parentheses around it as well.
    mutating func widen(_ id: NodeID, to span: Span) {
        switch self[id] {
        case .name, .variable, .literal: break
        default: entries[Int(id.index)].span = span
        }
    }
}

/// One construct of the language; each case shows the text it stands for.
enum Node {
    // Expressions
    /// `42`
    case literal(Literal)
    /// `"month ${m}"`, its parts in order; text between interpolations is a literal
    case interpolation(NodeList)
    /// `month`; quoted where it stood in backticks
    case name(Name)
    /// `$month`
    case variable(Name)
    /// `[1, 2]`
    case list(NodeList)
    /// `{name: "a", n: 2}`, its fields
    case record(NodeList)
    /// `name: "a"`
    case field(Name, NodeID)
    /// `-x`, `not x`, `x is null`
    case unary(UnaryOperator, NodeID)
    /// `a + b`, `x in [1, 2]`
    case binary(BinaryOperator, NodeID, NodeID)
    /// `x between a and b`
    case between(NodeID, NodeID, NodeID)
    /// `1..10`
    case range(NodeID, NodeID)
    /// `x.name`
    case member(NodeID, Name)
    /// `x[i]`
    case index(NodeID, NodeID)
    /// `round(x, 2)`
    case call(Name, NodeList)
    /// `lag(x, 1) over (by region sort day)`
    case window(PartID)
    /// `j | where revenue > 1000 | export csv`, also in parentheses
    case pipeline(PartID)

    // Statements
    /// `let j = run q`
    case letStatement(Name, NodeID)
    /// `j = run q`: the name as a node, and the value
    case assignment(NodeID, NodeID)
    /// `if a { } else if b { } else { }`: conditions, each followed by its block, then the last block where there is one
    case ifStatement(NodeList)
    /// `for row in j { }`
    case forStatement(Name, NodeID, NodeID)
    /// `while c { }`
    case whileStatement(NodeID, NodeID)
    /// `def top(f, n = 10) { ... }`
    case function(PartID)
    /// `return j | take n`
    case returnStatement(NodeID?)
    /// `import "lib.qs"`
    case importStatement(Literal)
    /// `try { } catch e { }`
    case tryStatement(NodeID, Name, NodeID)
    case breakStatement
    case continueStatement
    /// A pipeline or an expression that stands alone
    case expressionStatement(NodeID)
    /// `{ ... }`
    case block(NodeList)
}

/// `j | where revenue > 1000 | export csv`
struct PipelineNode {
    var subject: NodeID?
    var stages: [Stage]
}

/// `lag(x, 1) over (by region sort day)`
struct WindowNode {
    var name: Name
    var arguments: NodeList
    var over: Over
}

/// What stands in the parentheses after `over`.
struct Over {
    /// The names of the columns whose equal values make a group.
    var by: [(name: String, span: Span)] = []
    var sort: [(key: NodeID, descending: Bool, nullsFirst: Bool)] = []
}

/// `def top(f, n = 10) { ... }`
struct FunctionNode {
    var name: Name
    var nameSpan: Span
    var parameters: [Parameter]
    var body: NodeID
    /// Names that stand in functions inside of this one.
    var innerNames: Set<Name>

    struct Parameter {
        var name: Name
        var span: Span
        /// What it is where the call does not give it.
        var standard: NodeID?
    }
}

/// A step of a pipeline.
struct Stage {
    enum Kind {
        /// `export csv`
        case command(CommandRow, [Argument])
        /// `where revenue > 1000`
        case transform(TransformRow, [Argument])
    }

    var kind: Kind
    /// The word that names it.
    var head: Span
    /// The whole step.
    var span: Span
}

/// What the parser read for one part of a usage line.
struct Argument {
    /// The clause's word (`to`, `with`, `by`) or, where none leads it, the slot's name in lower case (`subject`, `format`).
    var key: String
    var value: Value
    var span: Span

    enum Value {
        /// An expression of the script.
        case expression(NodeID)
        /// An expression over a row's columns.
        case rowExpression(NodeID)
        /// A column's name.
        case column(String)
        /// A bare word that stands for itself.
        case word(String)
        /// `month="2024-05", region="US"`
        case bindings([Binding])
        /// The items of a list such as `region, net = revenue * 0.81` or `price desc, name`.
        case items([[Argument]])
        /// A word of the usage line that was there.
        case flag(String)
    }
}

/// `month = "2024-05"` of a command's `with`.
struct Binding {
    var name: String
    var nameSpan: Span
    var value: NodeID
}
