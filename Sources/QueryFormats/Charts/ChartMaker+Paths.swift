// Lines and points: a place for each row, thinned out where there are more than any screen can show.
import QueryFrames

extension ChartMaker {
    /// A chart of lines or points.
    func paths() throws(ChartError) -> Chart {
        var notices = plan.notices
        let series = try chooseSeries(&notices)
        let names = try axisNames(&notices)
        guard let reach = try reach(names) else { throw .noValues(columns: ([plan.x].compactMap { $0 } + plan.y).map(name)) }
        let title = plan.x.map(name) ?? "row"
        let x: ChartAxis =
            if let names { ChartAxis(title: title, names: names) } else {
                ChartAxis(title: title, measure: plan.x.flatMap { ChartMeasure(field($0).type) } ?? .whole, least: reach.x.0, greatest: reach.x.1)
            }
        let y = ChartAxis(title: plan.y.count == 1 ? name(plan.y[0]) : "", measure: valueMeasure, least: reach.y.0, greatest: reach.y.1)
        let isExact = frame.count <= PathCollector.exactLimit
        var collectors = series.names.map { _ in PathCollector(kind: plan.kind, isExact: isExact, x: x, y: y) }
        let places = names.map { Dictionary($0.enumerated().map { ($1, Double($0)) }, uniquingKeysWith: { first, _ in first }) }
        try eachPlace(places, series) { index, x, y in collectors[index].add(x, y) }
        var paths: [[Chart.Point]] = []
        for index in collectors.indices { paths.append(collectors[index].finish()) }
        if plan.kind == .line, names == nil, collectors.contains(where: \.hasRepeats), let x = plan.x { notices.append(.repeatedPlaces(column: name(x))) }
        return Chart(
            kind: plan.kind, heading: heading(of: valueNames), notices: notices, x: x, y: y, series: series.names,
            marks: plan.kind == .line ? .lines(paths) : .points(paths))
    }

    /// The names along the axis, where the column has no numbers.
    private func axisNames(_ notices: inout [ChartNotice]) throws(ChartError) -> [String]? {
        guard let x = plan.x, ChartMeasure(field(x).type) == nil else { return nil }
        let (names, count) = try names(of: x, limit: Chart.nameLimit)
        if names.count < count { notices.append(.categoriesLeftOut(column: name(x), shown: names.count, leftOut: count - names.count)) }
        return names
    }

    /// The least and greatest values of both axes; nil where no row has a place.
    private func reach(_ names: [String]?) throws(ChartError) -> (x: (Double, Double), y: (Double, Double))? {
        let hasNumbers = plan.x != nil && names == nil
        var x = (Double.infinity, -Double.infinity), y = x
        var first = 1
        let columns: [Int?] = [hasNumbers ? plan.x : nil] + plan.y.map { $0 }
        try frame.withNumbers(columns, isCancelled) { batch, numbers in
            for row in 0..<batch.count {
                guard let place = hasNumbers ? numbers[0]?[row] : Double(first + row) else { continue }
                var isShown = false
                for column in numbers.dropFirst() {
                    guard let value = column?[row] else { continue }
                    y = (min(y.0, value), max(y.1, value))
                    isShown = true
                }
                if isShown { x = (min(x.0, place), max(x.1, place)) }
            }
            first += batch.count
            return true
        }
        return y.0 <= y.1 ? (x, y) : nil
    }

    /// Calls `body` with every value, its series and its place; the value is nil where there is none.
    private func eachPlace(_ places: [String: Double]?, _ series: ChartSeries, _ body: (Int, Double, Double?) -> Void) throws(ChartError) {
        let hasNumbers = plan.x != nil && places == nil
        var first = 1
        let columns: [Int?] = [hasNumbers ? plan.x : nil] + plan.y.prefix(series.columns).map { $0 }
        try frame.withNumbers(columns, isCancelled) { batch, numbers in
            batch.withText(listsAsText: false) { texts in
                for row in 0..<batch.count {
                    let place: Double? =
                        if let places { plan.x.flatMap { places[texts[$0].text(row)] } } else { hasNumbers ? numbers[0]?[row] : Double(first + row) }
                    guard let place, let group = series.group({ plan.by.map { texts[$0].text(row) } ?? "" }) else { continue }
                    for column in 0..<series.columns { body(series.index(column, group), place, numbers[column + 1]?[row]) }
                }
            }
            first += batch.count
            return true
        }
    }
}
