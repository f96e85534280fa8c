// The steps a pipeline is made of, as values; `Plan` checks them against a schema and runs them.

/// A new column: `net = price * 0.81`, or a column that is kept: `region`.
public struct Projection: Sendable {
    /// The name the column gets.
    public var name: String
    public var expression: Expression
    /// The caller's tag for the place of the name.
    public var mark: Int32

    public init(name: String, expression: Expression, mark: Int32 = 0) {
        self.name = name
        self.expression = expression
        self.mark = mark
    }
}

/// One key of a sort: `price desc nulls first`.
public struct SortKey: Sendable {
    public var expression: Expression
    public var descending: Bool
    public var nullsFirst: Bool

    public init(_ expression: Expression, descending: Bool = false, nullsFirst: Bool = false) {
        self.expression = expression
        self.descending = descending
        self.nullsFirst = nullsFirst
    }
}

/// A column that a step names.
public struct ColumnName: Sendable {
    public var name: String
    /// The caller's tag for the place of the name.
    public var mark: Int32

    public init(_ name: String, mark: Int32 = 0) {
        self.name = name
        self.mark = mark
    }
}

/// Which rows a join gives.
public enum JoinKind: String, Sendable, CaseIterable {
    /// Pairs of rows with equal keys.
    case inner
    /// These, and the left rows that have none.
    case left
    /// These, and the right rows that have none.
    case right
    /// These, and the rows of either side that have none.
    case full
    /// The left rows that have a right one, each once.
    case semi
    /// The left rows that have none.
    case anti
    /// All pairs.
    case cross
}

/// A pair of columns that have to be equal: `on customer`, or `on customer == name`.
public struct JoinKey: Sendable {
    public var left: String
    public var right: String
    /// Whether the two come as one column, filled from either side.
    public var isShared: Bool
    /// The caller's tags for the places of the names.
    public var leftMark: Int32
    public var rightMark: Int32

    /// The column of this name on both sides, which comes once.
    public init(_ name: String, mark: Int32 = 0) {
        (left, right, isShared, leftMark, rightMark) = (name, name, true, mark, mark)
    }

    /// A column of either side; both come.
    public init(_ left: String, equals right: String, leftMark: Int32 = 0, rightMark: Int32 = 0) {
        (self.left, self.right, isShared, self.leftMark, self.rightMark) = (left, right, false, leftMark, rightMark)
    }
}

/// One step from a frame to a frame.
public enum Transform: Sendable {
    /// Keeps the rows for which the expression is true (not false, not null).
    case `where`(Expression)
    /// Makes a frame of just these columns, in this order.
    case select([Projection])
    /// Adds columns, or replaces those of the same name in place; each expression sees the ones before it.
    case derive([Projection])
    /// Orders the rows, stably; text by code point, nulls last unless a key says otherwise.
    case sort([SortKey])
    /// Keeps the first rows: of the frame, or of each group of equal `by` columns (in their order in the frame).
    case take(Int, by: [Expression])
    /// Drops the first rows.
    case skip(Int)
    /// Keeps the last rows.
    case tail(Int)
    /// Keeps that many rows, chosen with equal chances, in their order. The same seed chooses the same rows; nil chooses anew.
    case sample(Int, seed: Int64?)
    /// Gives columns other names, all at once, so that two may swap theirs.
    case rename([(new: ColumnName, old: ColumnName)])
    /// Drops columns.
    case drop([ColumnName])
    /// Converts columns to types, by their names in scripts, as the functions of these names do.
    case cast([(column: ColumnName, type: ColumnName)])
    /// Makes a row of each value of `columns`, whose name and value become two columns at the end.
    case unpivot([ColumnName], name: ColumnName, value: ColumnName)
    /// Makes a row of each element of a list column (or a JSON one); a row whose list is null or empty stays, with null.
    case explode(ColumnName)
    /// Makes a column of each value of a column: one row for each group of equal `by` columns, in whose cells stands what the
    /// expression, made of aggregates, gives for the rows of that group and value.
    case pivot(ColumnName, Expression, by: [ColumnName])
    /// Keeps the first row of each group of equal columns, whole; without a column, of each group of equal rows.
    case distinct([Expression])
    /// One row for each group of equal `by` columns, in order of first appearance; without one, a single row.
    case summarize([Projection], by: [Projection])
    /// Puts rows beside those of another frame that have equal keys; a null equals nothing. Rows come in the order of the
    /// left side, then that of the right side; those of the right side alone come last. The mark is that of the frame.
    case join(JoinKind, Frame, on: [JoinKey], mark: Int32 = 0)
    /// The rows, then those of another frame; columns are found by name, and what a side lacks is null there.
    case union(Frame, mark: Int32 = 0)
}

extension Transform {
    /// The word by which scripts ask for it.
    var name: String {
        switch self {
        case .where: "where"
        case .select: "select"
        case .derive: "derive"
        case .sort: "sort"
        case .take: "take"
        case .skip: "skip"
        case .tail: "tail"
        case .sample: "sample"
        case .rename: "rename"
        case .drop: "drop"
        case .cast: "cast"
        case .unpivot: "unpivot"
        case .explode: "explode"
        case .pivot: "pivot"
        case .distinct: "distinct"
        case .summarize: "summarize"
        case .join: "join"
        case .union: "union"
        }
    }
}
