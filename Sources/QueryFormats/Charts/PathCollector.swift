// The places of one series on their way into a chart: all of few, or of many those that show on a screen.

/// Takes the rows of a series one after another.
struct PathCollector {
    /// Series of frames with no more rows than these keep all of them.
    static let exactLimit = 5000
    /// Parts of the x axis of which a line keeps the first, lowest, highest and last value: finer than what is drawn.
    static let columns = 1024
    /// Fields of the plane of which points keep one.
    private static let fields = (x: 256, y: 128)

    private let x: ChartAxis
    private let y: ChartAxis
    private var manner: Manner
    private var lastX = Double.nan
    private(set) var hasRepeats = false

    private enum Manner {
        case all([Chart.Point])
        case columns([Column?])
        case fields(Set<Int>, [Chart.Point])
    }

    /// What a line keeps of a part of the axis.
    private struct Column {
        var first, lowest, highest, last: Chart.Point
    }

    init(kind: ChartKind, isExact: Bool, x: ChartAxis, y: ChartAxis) {
        (self.x, self.y) = (x, y)
        manner = isExact ? .all([]) : kind == .line ? .columns(Array(repeating: nil, count: PathCollector.columns)) : .fields([], [])
    }

    /// Takes a value at a place; nil interrupts a line.
    mutating func add(_ place: Double, _ value: Double?) {
        if place == lastX { hasRepeats = true }
        lastX = place
        switch manner {
        case .all(var points):
            manner = .all([])
            points.append(Chart.Point(x: place, y: value ?? .nan))
            manner = .all(points)
        case .columns(var columns):
            guard let value else { return }
            manner = .all([])
            let index = PathCollector.index(x.place(place), PathCollector.columns)
            let point = Chart.Point(x: place, y: value)
            if var column = columns[index] {
                if place < column.first.x { column.first = point }
                if value < column.lowest.y { column.lowest = point }
                if value > column.highest.y { column.highest = point }
                if place >= column.last.x { column.last = point }
                columns[index] = column
            } else {
                columns[index] = Column(first: point, lowest: point, highest: point, last: point)
            }
            manner = .columns(columns)
        case .fields(var taken, var points):
            guard let value else { return }
            manner = .all([])
            let field =
                PathCollector.index(x.place(place), PathCollector.fields.x) * PathCollector.fields.y
                + PathCollector.index(y.place(value), PathCollector.fields.y)
            if taken.insert(field).inserted { points.append(Chart.Point(x: place, y: value)) }
            manner = .fields(taken, points)
        }
    }

    /// Which of `count` equal parts a place between 0 and 1 lies in.
    private static func index(_ place: Double, _ count: Int) -> Int {
        Int(min(max(place * Double(count), 0), Double(count - 1)))
    }

    /// The places that are kept, in the order of x; sees to `hasRepeats`.
    mutating func finish() -> [Chart.Point] {
        switch manner {
        case .fields(_, let points): return points
        case .columns(let columns):
            // Within a part of the axis the order of the lowest and highest is that of their places.
            return columns.flatMap { column -> [Chart.Point] in
                guard let column else { return [] }
                let inner = [column.lowest, column.highest].sorted { $0.x < $1.x }
                return ([column.first] + inner + [column.last]).reduce(into: []) { kept, point in if kept.last != point { kept.append(point) } }
            }
        case .all(let points):
            let order = points.indices.sorted { points[$0].x < points[$1].x || (points[$0].x == points[$1].x && $0 < $1) }
            let sorted = order.map { points[$0] }
            if zip(sorted, sorted.dropFirst()).contains(where: { $0.x == $1.x }) { hasRepeats = true }
            return sorted
        }
    }
}
