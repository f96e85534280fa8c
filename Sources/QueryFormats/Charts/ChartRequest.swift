// What somebody wants drawn of a frame; ChartPlan fills in what is left open, and a Chart is made of that.

/// The kinds of chart there are.
public enum ChartKind: String, CaseIterable, Sendable {
    case bar, line, point, histogram
}

/// A wish for a chart: what is nil or empty follows from the rows.
public struct ChartRequest: Sendable {
    public var kind: ChartKind?
    /// The column along the axis; of a histogram, the column whose values are counted.
    public var x: String?
    /// The columns whose values are drawn.
    public var y: [String]
    /// The column whose values split the rows into series.
    public var by: String?

    public init(kind: ChartKind? = nil, x: String? = nil, y: [String] = [], by: String? = nil) {
        (self.kind, self.x, self.y, self.by) = (kind, x, y, by)
    }
}

/// The part of a wish that an error is about.
public enum ChartPart: Hashable, Sendable {
    case x
    /// One of the columns to draw, from 0.
    case y(Int)
    case by
}
