// A row expression as it was written, before it meets a schema: the form in which the language hands one to frames.

/// An expression over the columns of a row and the variables of a script.
///
/// The nodes stand in one flat list, operands before their operator and the root last, so that nothing that walks,
/// copies or releases an expression recurses, however deep it was written. A node may be an operand more than once:
/// `x between a and b` is `x >= a and x <= b` over one `x`. `revenue > 1000` is
/// `[.name("revenue"), .literal(.int(1000)), .binary(.greater, 0, 1)]`.
public struct Expression: Sendable {
    /// What one node computes; operands are indexes of earlier nodes.
    public enum Kind: Hashable, Sendable {
        case literal(Scalar)
        /// A bare name: the column of that name or, where there is none, the variable.
        case name(String)
        /// `$name`: always the variable.
        case variable(String)
        case unary(UnaryOperator, Int)
        case binary(BinaryOperator, Int, Int)
        /// `[a, b, c]`: a list, or what stands on the right side of `in`.
        case list([Int])
        /// `x.name`. Where `x` begins with the name of no column, but the script has such a variable, the script has computed the
        /// whole already, as the variable `computed`.
        case member(Int, String, computed: String?)
        /// `x[i]`, computed by the script where that is so.
        case index(Int, Int, computed: String?)
        case call(String, [Int])
        /// `lag(price, 1) over (by region sort day)`
        case window(String, [Int], Window)
    }

    /// The rows that a window function sees, and their order.
    public struct Window: Hashable, Sendable {
        /// One key of the order.
        public struct Key: Hashable, Sendable {
            /// The node of the key.
            public var node: Int
            public var descending: Bool
            public var nullsFirst: Bool

            public init(_ node: Int, descending: Bool = false, nullsFirst: Bool = false) {
                self.node = node
                self.descending = descending
                self.nullsFirst = nullsFirst
            }
        }

        /// The nodes whose equal values make a group; without any, all rows are one.
        public var by: [Int]
        /// The order within a group; without keys, that of the rows.
        public var sort: [Key]

        public init(by: [Int] = [], sort: [Key] = []) {
            self.by = by
            self.sort = sort
        }
    }

    /// A node, and the caller's tag for the place where it was written.
    public struct Node: Hashable, Sendable {
        public var kind: Kind
        /// Whatever the caller wants back in an error about this node; frames only carry it.
        public var mark: Int32

        public init(_ kind: Kind, mark: Int32 = 0) {
            self.kind = kind
            self.mark = mark
        }
    }

    /// The nodes, the root last; never empty.
    public var nodes: [Node]

    public init(nodes: [Node]) { self.nodes = nodes }

    /// The mark of the whole expression.
    public var mark: Int32 { nodes.last?.mark ?? 0 }
}

/// The operators of one operand.
public enum UnaryOperator: String, Hashable, Sendable, CaseIterable {
    case negate = "-"
    case not = "not"
    case isNull = "is null"
    case isNotNull = "is not null"
}

/// The operators of two operands, by their spelling in the language.
public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case remainder = "%"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case and = "and"
    case or = "or"
    case coalesce = "??"
    case `in` = "in"
    case like = "like"
    case matches = "matches"
}
