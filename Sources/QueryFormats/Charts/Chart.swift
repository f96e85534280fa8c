// A chart as a value: axes, series and marks, of a size that does not grow with the rows. What draws it decides on nothing but looks.
import QueryFrames

/// What is drawn of a frame.
///
/// A chart holds at most some thousand marks of each series, whatever the number of rows: what would fall on the same spot of any
/// screen is one mark. It knows no pixels and no characters; `text` and `svg` draw it.
public struct Chart: Sendable {
    public let kind: ChartKind
    /// What the chart shows, in a line: `sum of revenue by region`.
    public let heading: String
    /// What it leaves out, and what may surprise.
    public let notices: [ChartNotice]
    let x: ChartAxis
    let y: ChartAxis
    /// The names of the series; a single one without a name where there is nothing to tell apart.
    let series: [String]
    let marks: Marks

    /// A place in a chart by the values of its axes; `y` is NaN where a line is interrupted.
    struct Point: Equatable, Sendable {
        var x: Double
        var y: Double
    }

    /// What stands for the values, in the order of the series.
    enum Marks: Sendable {
        /// A value for each series and name of the x axis, nil where there is none; stacked on each other or side by side.
        case bars([[Double?]], isStacked: Bool)
        /// Points to be joined, in the order of x.
        case lines([[Point]])
        case points([[Point]])
        /// How many rows lie between an edge and the next, stacked.
        case bins(edges: [Double], counts: [[Int]])
    }

    /// More bars than these have no room.
    static let barLimit = 40
    /// More names along a line than these are not told apart.
    static let nameLimit = 1000
    /// More series than these have no colours of their own.
    static let seriesLimit = 8

    /// Draws what `request` says of a frame; `isCancelled` is asked now and then.
    public init(_ frame: Frame, _ request: ChartRequest, isCancelled: @escaping () -> Bool = { false }) throws(ChartError) {
        let plan = try ChartPlan(request, frame, isCancelled)
        let maker = ChartMaker(frame: frame, plan: plan, isCancelled: isCancelled)
        self =
            switch plan.kind {
            case .bar: try maker.bars()
            case .line, .point: try maker.paths()
            case .histogram: try maker.histogram()
            }
    }

    init(kind: ChartKind, heading: String, notices: [ChartNotice], x: ChartAxis, y: ChartAxis, series: [String], marks: Marks) {
        (self.kind, self.heading, self.notices) = (kind, heading, notices)
        (self.x, self.y, self.series, self.marks) = (x, y, series, marks)
    }
}

/// Makes charts of rows; each kind has a file of its own.
struct ChartMaker {
    let frame: Frame
    let plan: ChartPlan
    let isCancelled: () -> Bool

    func field(_ column: Int) -> Field { frame.schema.fields[column] }

    func name(_ column: Int) -> String { field(column).name }

    /// The measure of what is drawn upwards.
    var valueMeasure: ChartMeasure {
        let measures = plan.y.compactMap { ChartMeasure(field($0).type) }
        return measures.contains(.number) ? .number : measures.first ?? .whole
    }

    /// `revenue, cost by month and region`
    func heading(of values: String, isSum: Bool = false) -> String {
        let by = ([plan.x.map(name)].compactMap { $0 } + (plan.by.map { [name($0)] } ?? [])).joined(separator: " and ")
        return (isSum ? "sum of " : "") + values + (by.isEmpty ? "" : " by \(by)")
    }

    /// The names of the columns that are drawn.
    var valueNames: String { plan.y.map(name).joined(separator: ", ") }

    /// The frame that transforms make of the rows.
    func run(_ transforms: [Transform], over frame: Frame) throws(ChartError) -> Frame {
        do {
            return try Plan(transforms, schema: frame.schema).run(over: frame, isCancelled: isCancelled)
        } catch let error as EvaluationError {
            throw error == .cancelled ? .cancelled : .evaluation(error)
        } catch let error as PlanError {
            throw .evaluation(.plan(error))
        } catch {
            throw .cancelled
        }
    }

    /// The different values of a column as text, in order of first appearance: the first `limit` of them, and how many there are.
    func names(of column: Int, limit: Int) throws(ChartError) -> (shown: [String], count: Int) {
        let distinct = try run([.summarize([], by: [Projection(name: "name", expression: .column(name(column)))])], over: frame)
        return (distinct.firstTexts(limit), distinct.count)
    }

    /// The series: each drawn column, or each of it for each value of the column that splits them.
    func chooseSeries(_ notices: inout [ChartNotice]) throws(ChartError) -> ChartSeries {
        let columns = max(plan.y.count, 1)
        guard let by = plan.by else {
            let shown = min(columns, Chart.seriesLimit)
            if shown < columns { notices.append(.seriesLeftOut(shown: shown, leftOut: columns - shown)) }
            return ChartSeries(names: columns == 1 ? [""] : plan.y.prefix(shown).map(name), groups: nil, columns: shown)
        }
        let drawn = min(columns, Chart.seriesLimit)
        let (groups, count) = try names(of: by, limit: max(Chart.seriesLimit / drawn, 1))
        let shown = groups.count * drawn
        if shown < count * columns { notices.append(.seriesLeftOut(shown: shown, leftOut: count * columns - shown)) }
        let names = (0..<drawn).flatMap { column in groups.map { drawn == 1 ? $0 : "\(name(plan.y[column])), \($0)" } }
        let indexes = Dictionary(groups.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return ChartSeries(names: names, groups: indexes, columns: drawn)
    }
}

/// Which series a value belongs to.
struct ChartSeries {
    let names: [String]
    /// The numbers of the groups by the text of their value; nil where nothing splits the rows.
    let groups: [String: Int]?
    /// How many columns are drawn.
    let columns: Int

    /// The number of the group with this value; nil where it is not shown.
    func group(_ text: () -> String) -> Int? {
        guard let groups else { return 0 }
        return groups[text()]
    }

    /// The series of drawn column `column` in a group.
    func index(_ column: Int, _ group: Int) -> Int { column * (groups?.count ?? 1) + group }
}

extension Expression {
    /// The column called `name`.
    static func column(_ name: String) -> Expression { Expression(nodes: [.init(.name(name))]) }

    /// An aggregate of a column, or of the rows.
    static func aggregate(_ function: String, of name: String?) -> Expression {
        guard let name else { return Expression(nodes: [.init(.call(function, []))]) }
        return Expression(nodes: [.init(.name(name)), .init(.call(function, [0]))])
    }
}

extension Frame {
    /// The first values of the first column as text.
    func firstTexts(_ limit: Int) -> [String] {
        var found: [String] = []
        for batch in batches where found.count < limit {
            batch.slice(0, min(batch.count, limit - found.count)).withText { texts in
                for row in 0..<min(batch.count, limit - found.count) { found.append(texts[0].text(row)) }
            }
        }
        return found
    }
}

extension ColumnText {
    /// The value of `row` as text, `null` where there is none.
    func text(_ row: Int) -> String {
        if isNull(row) { return "null" }
        if let bytes = utf8(row) { return String(decoding: bytes, as: UTF8.self) }
        let buffer = TextBuffer(capacity: 64)
        append(row, to: buffer)
        return buffer.text
    }
}
