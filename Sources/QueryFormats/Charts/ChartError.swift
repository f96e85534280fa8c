// Why rows cannot be drawn, and what whoever looks at a chart has to know of it; as facts, worded where diagnostics are.
import QueryFrames

/// Why there is no chart.
public enum ChartError: Error, Hashable, Sendable {
    /// The frame has no rows.
    case noRows
    /// The frame has no column of that name.
    case unknownColumn(name: String, columns: [String], part: ChartPart)
    /// The column's type has no place in a chart of that kind.
    case columnType(name: String, type: String, kind: ChartKind, part: ChartPart)
    /// Nothing was named and no column has a type that could be drawn; the columns are `name: type`.
    case nothingToDraw(kind: ChartKind, columns: [String])
    /// The columns have no value but null, NaN and infinities.
    case noValues(columns: [String])
    /// A histogram counts the values of one column.
    case severalColumns(part: ChartPart)
    /// Numbers and durations have no axis in common.
    case mixedMeasures(name: String, type: String, other: String, otherType: String, part: ChartPart)
    /// Grouping or adding up the rows failed.
    case evaluation(EvaluationError)
    case cancelled
}

/// What a chart does not show, or shows in a way that may surprise.
public enum ChartNotice: Hashable, Sendable {
    /// More values of the column along the axis than have room.
    case categoriesLeftOut(column: String, shown: Int, leftOut: Int)
    /// More series than can be told apart.
    case seriesLeftOut(shown: Int, leftOut: Int)
    /// Columns of numbers that were not named and not drawn.
    case columnsLeftOut([String])
    /// Several rows share a bar, which is their sum.
    case addedUp(column: String)
    /// Several rows of a series share a place along the line.
    case repeatedPlaces(column: String)
}
