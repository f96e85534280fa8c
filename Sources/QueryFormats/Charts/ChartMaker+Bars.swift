// Bars: one for each name along the axis, of the sum of its rows.
import QueryFrames

extension ChartMaker {
    /// A bar chart.
    func bars() throws(ChartError) -> Chart {
        guard let x = plan.x else { throw .nothingToDraw(kind: .bar, columns: frame.schema.names) }
        var notices = plan.notices
        let series = try chooseSeries(&notices)
        let groups = try groups(x)
        let isSum = !plan.y.isEmpty && groups.count < frame.count
        if isSum { notices.append(.addedUp(column: name(x))) }
        let names = try categories(x, groups, &notices)
        let values = values(of: groups, names, series)
        let all = values.joined().compactMap { $0 }
        guard !all.isEmpty else { throw .noValues(columns: plan.y.map(name)) }
        let isStacked = plan.by != nil && series.columns == 1 && series.names.count > 1 && all.allSatisfy { $0 >= 0 }
        let tops = isStacked ? names.indices.map { index in values.reduce(0) { $0 + ($1[index] ?? 0) } } : all
        // Where all are zero there is room above.
        let least = min(tops.min() ?? 0, 0), greatest = max(tops.max() ?? 0, 0)
        let isCount = plan.y.isEmpty
        let title = isCount ? "rows" : plan.y.count == 1 ? name(plan.y[0]) : ""
        return Chart(
            kind: .bar, heading: heading(of: isCount ? "rows" : valueNames, isSum: isSum), notices: notices,
            x: ChartAxis(title: name(x), names: names),
            y: ChartAxis(title: title, measure: valueMeasure, least: least, greatest: least == greatest ? 1 : greatest),
            series: series.names, marks: .bars(values, isStacked: isStacked))
    }

    /// A row for each bar: the sums, the x column, and the column of the series if there is one.
    private func groups(_ x: Int) throws(ChartError) -> Frame {
        var keys = [Projection(name: "x", expression: .column(name(x)))]
        if let by = plan.by { keys.append(Projection(name: "by", expression: .column(name(by)))) }
        let sums = plan.y.enumerated().map { Projection(name: "sum \($0)", expression: .aggregate("sum", of: name($1))) }
        let counted = [Projection(name: "rows", expression: .aggregate("count", of: nil))]
        return try run([.summarize(sums.isEmpty ? counted : sums, by: keys)], over: frame)
    }

    /// The names along the axis that are shown: numbers and times in their order, others as they come.
    private func categories(_ x: Int, _ groups: Frame, _ notices: inout [ChartNotice]) throws(ChartError) -> [String] {
        let key = Projection(name: "x", expression: .column("x"))
        let order: [Transform] = ChartMeasure(field(x).type) == nil ? [] : [.sort([SortKey(.column("x"))])]
        let distinct = try run([.summarize([], by: [key])] + order, over: groups)
        let names = distinct.firstTexts(Chart.barLimit)
        if names.count < distinct.count {
            notices.append(.categoriesLeftOut(column: name(x), shown: names.count, leftOut: distinct.count - names.count))
        }
        return names
    }

    /// The value of each bar, by series and name.
    private func values(of groups: Frame, _ names: [String], _ series: ChartSeries) -> [[Double?]] {
        let places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var values = [[Double?]](repeating: Array(repeating: nil, count: names.count), count: series.names.count)
        let keys = max(plan.y.count, 1)
        for batch in groups.batches {
            let numbers = (0..<series.columns).map { ChartNumbers(batch.columns[$0]) }
            batch.withText { texts in
                for row in 0..<batch.count {
                    guard let place = places[texts[keys].text(row)], let group = series.group({ texts[keys + 1].text(row) }) else { continue }
                    for column in 0..<series.columns { values[series.index(column, group)][place] = numbers[column][row] }
                }
            }
        }
        return values
    }
}
