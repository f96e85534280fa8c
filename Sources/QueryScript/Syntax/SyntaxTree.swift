// The syntax tree: what the parser makes of tokens and the compiler reads. Nodes stand in one flat list and refer to
// each other by number, so that no depth of nesting is ever a depth of the host's stack when a tree is copied or released.
import QueryFrames

/// A node's number in its tree.
struct NodeID: Hashable {
    var index: Int32
}

/// The nodes of one source.
struct SyntaxTree {
    private(set) var nodes: [Node] = []
    private(set) var spans: [Span] = []
    /// The statements of the script in order.
    var statements: [NodeID] = []
    /// Names that stand in functions of the script: a variable among them may outlive its block.
    var innerNames: Set<String> = []
    /// Where each statement, also of blocks, begins and ends among the tokens.
    var statementTokens: [Range<Int>] = []
    /// Whether an `import` could not be read, so that any name may be one of that file.
    var lacksImport = false

    /// The imports of the script, in order.
    var imports: [(path: String, span: Span)] {
        statements.compactMap { if case .importStatement(let path) = self[$0] { (path, span($0)) } else { nil } }
    }

    subscript(_ id: NodeID) -> Node { nodes[Int(id.index)] }

    func span(_ id: NodeID) -> Span { spans[Int(id.index)] }

    /// Gives an expression the place of the parentheses around it as well.
    mutating func widen(_ id: NodeID, to span: Span) {
        switch nodes[Int(id.index)] {
        case .name, .variable, .literal: break
        default: spans[Int(id.index)] = span
        }
    }

    /// Makes room for the nodes of so many tokens, as scripts have them.
    mutating func reserve(forTokens count: Int) {
        nodes.reserveCapacity(count / 2)
        spans.reserveCapacity(count / 2)
    }

    mutating func add(_ node: Node, _ span: Span) -> NodeID {
        nodes.append(node)
        spans.append(span)
        return NodeID(index: Int32(nodes.count - 1))
    }
}

/// One construct of the language; each case shows the text it stands for.
enum Node {
    // Expressions
    /// `42`
    case literal(Scalar)
    /// `"month ${m}"`, its parts in order; text between interpolations is a literal
    case interpolation([NodeID])
    /// `month`; quoted where it stood in backticks
    case name(String)
    /// `$month`
    case variable(String)
    /// `[1, 2]`
    case list([NodeID])
    /// `{name: "a", n: 2}`
    case record([(name: String, value: NodeID)])
    /// `-x`, `not x`, `x is null`
    case unary(UnaryOperator, NodeID)
    /// `a + b`, `x in [1, 2]`
    case binary(BinaryOperator, NodeID, NodeID)
    /// `x between a and b`
    case between(NodeID, NodeID, NodeID)
    /// `1..10`
    case range(NodeID, NodeID)
    /// `x.name`
    case member(NodeID, String)
    /// `x[i]`
    case index(NodeID, NodeID)
    /// `round(x, 2)`
    case call(String, [NodeID])
    /// `lag(x, 1) over (by region sort day)`
    indirect case window(String, [NodeID], over: Over)
    /// `j | where revenue > 1000 | export csv`, also in parentheses
    case pipeline(NodeID?, [Stage])

    // Statements
    /// `let j = run q`
    case letStatement(String, Span, NodeID)
    /// `j = run q`
    case assignment(String, Span, NodeID)
    /// `if a { } else if b { } else { }`: conditions with their blocks, then the last block
    case ifStatement([(condition: NodeID, block: NodeID)], NodeID?)
    /// `for row in j { }`
    case forStatement(String, NodeID, NodeID)
    /// `while c { }`
    case whileStatement(NodeID, NodeID)
    /// `def top(f, n = 10) { ... }`
    indirect case function(FunctionNode)
    /// `return j | take n`
    case returnStatement(NodeID?)
    /// `import "lib.qs"`
    case importStatement(String)
    /// `try { } catch e { }`
    case tryStatement(NodeID, String, NodeID)
    case breakStatement
    case continueStatement
    /// A pipeline or an expression that stands alone
    case expressionStatement(NodeID)
    /// `{ ... }`
    case block([NodeID])
}

/// What stands in the parentheses after `over`.
struct Over {
    /// The names of the columns whose equal values make a group.
    var by: [(name: String, span: Span)] = []
    var sort: [(key: NodeID, descending: Bool, nullsFirst: Bool)] = []
}

/// `def top(f, n = 10) { ... }`
struct FunctionNode {
    var name: String
    var nameSpan: Span
    var parameters: [Parameter]
    var body: NodeID
    /// Names that stand in functions inside of this one.
    var innerNames: Set<String>

    struct Parameter {
        var name: String
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

extension SyntaxTree {
    /// `a + b - c`, `x.y[0].z` from left to right: where it begins, and the operators, members and elements that follow.
    func chain(_ id: NodeID) -> (first: NodeID, links: [NodeID]) {
        var links: [NodeID] = []
        var left = id
        while true {
            switch self[left] {
            case .binary(_, let next, _), .member(let next, _), .index(let next, _):
                links.append(left)
                left = next
            default:
                links.reverse()
                return (left, links)
            }
        }
    }
}
