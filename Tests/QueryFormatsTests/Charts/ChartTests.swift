import QueryFrames
import Testing

@testable import QueryFormats

@Suite("charts of rows")
struct ChartTests {
    private let regions: [Scalar] = [.string("EU"), .string("UK"), .string("EU"), .null]
    private let numbers: [Scalar] = [.int(3), .int(1), .int(4), .int(2)]
    private let floats: [Scalar] = [.float(0.5), .null, .float(.nan), .float(-2)]

    private func chart(
        _ frame: Frame, _ kind: ChartKind? = nil, x: String? = nil, y: [String] = [], by: String? = nil
    ) throws -> Chart {
        try Chart(frame, ChartRequest(kind: kind, x: x, y: y, by: by))
    }

    private func chartError(_ body: () throws -> Chart) -> ChartError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? ChartError
        }
    }

    private func days(_ days: [Int32]) -> [Scalar] { days.map { .date($0) } }

    // MARK: Kinds

    @Test("the kind follows from the columns")
    func kinds() throws {
        let region = ("region", DataType.string, regions), count = ("n", DataType.int64, numbers)
        #expect(try chart(makeFrame([region, count])).kind == .bar)
        #expect(try chart(makeFrame([("day", .date, days([1, 2, 4, 3])), count])).kind == .line)
        #expect(try chart(makeFrame([count])).kind == .histogram)
        #expect(try chart(makeFrame([count, ("f", .float64, floats)])).kind == .point)
        #expect(try chart(makeFrame([("x", .int64, [.int(1), .int(2), .int(5), .int(9)]), count])).kind == .line)
        #expect(try chart(makeFrame([("x", .int64, [.int(2), .int(1), .int(2), .int(1)]), count])).kind == .bar)
        #expect(try chart(makeFrame([("day", .date, days([1, 2, 4, 3]))])).kind == .histogram)
    }

    @Test("what is not named follows from the columns, and what is left out is told")
    func columns() throws {
        let wide = makeFrame([("region", .string, regions), ("id", .int64, numbers)] + (1...8).map { ("n\($0)", DataType.int64, numbers) })
        let chart = try chart(wide)
        #expect(chart.series == ["n1", "n2", "n3", "n4", "n5", "n6"])
        #expect(chart.notices.contains(.columnsLeftOut(["id", "n7", "n8"])))
        #expect(chart.x.title == "region")
        let lone = makeFrame([("a", .int64, numbers), ("b", .int64, numbers)])
        #expect(try self.chart(lone, .line, y: ["a", "b"]).x.title == "row")
        #expect(try self.chart(lone, .line, y: ["b"]).x.title == "a")
    }

    // MARK: Bars

    @Test("bars of rows with one name are added up, and null is a name")
    func sums() throws {
        let chart = try chart(makeFrame([("region", .string, regions), ("n", .int64, numbers)]))
        #expect(chart.x.measure == .names(["EU", "UK", "null"]))
        let (values, isStacked) = try #require(chart.bars)
        #expect(values == [[7, 1, 2]] && !isStacked)
        #expect(chart.heading == "sum of n by region" && chart.notices == [.addedUp(column: "region")])
    }

    @Test("without numbers, bars count rows")
    func counts() throws {
        let chart = try chart(makeFrame([("region", .string, regions)]))
        let (values, _) = try #require(chart.bars)
        #expect(values == [[2, 1, 1]] && chart.heading == "rows by region" && chart.notices.isEmpty)
    }

    @Test("a column splits bars into stacks, where all of them go up")
    func stacks() throws {
        let names: [Scalar] = [.string("a"), .string("a"), .string("b"), .string("a")]
        let frame = makeFrame([("k", .string, names), ("region", .string, regions), ("n", .int64, numbers)])
        let stacked = try chart(frame, x: "k", by: "region")
        let (values, isStacked) = try #require(stacked.bars)
        #expect(isStacked && stacked.series == ["EU", "UK", "null"] && values == [[3, 4], [1, nil], [2, nil]])
        #expect(stacked.y.upper == 6)
        let negative = makeFrame([("k", .string, names), ("region", .string, regions), ("n", .int64, [.int(-1), .int(1), .int(1), .int(1)])])
        #expect(try chart(negative, x: "k", by: "region").bars?.isStacked == false)
    }

    @Test("40 bars are shown, numbers in their order, and the rest is counted")
    func many() throws {
        let values = (0..<50).map { Scalar.int(49 - $0) }
        let chart = try chart(makeFrame([("x", .int64, values), ("y", .int64, values)]), .bar)
        #expect(chart.x.measure == .names((0..<40).map { "\($0)" }))
        #expect(chart.notices == [.categoriesLeftOut(column: "x", shown: 40, leftOut: 10)])
    }

    // MARK: Lines and points

    @Test("lines go by the order of x, and break where there is no value")
    func lines() throws {
        let frame = makeFrame([("x", .int64, [.int(3), .int(1), .int(2), .int(4)]), ("y", .float64, floats)])
        let paths = try #require(chart(frame, .line).paths)
        #expect(paths[0].map(\.x) == [1, 2, 3, 4])
        #expect(paths[0].map(\.y.isNaN) == [true, true, false, false])
    }

    @Test("text along a line is a row of names")
    func names() throws {
        let frame = makeFrame([("month", .string, [.string("a"), .string("b"), .string("a"), .null]), ("y", .int64, numbers)])
        let chart = try chart(frame, .line)
        #expect(chart.x.measure == .names(["a", "b", "null"]))
        let paths = try #require(chart.paths)
        #expect(paths[0].map(\.x) == [0, 0, 1, 2])
    }

    @Test("rows with one place are told of in a chart of lines")
    func repeats() throws {
        let frame = makeFrame([("x", .date, days([1, 2, 1, 4])), ("y", .int64, numbers)])
        #expect(try chart(frame).notices == [.repeatedPlaces(column: "x")])
        #expect(try chart(frame, .point).notices == [])
    }

    @Test("a million rows become a bounded number of marks that keep the extremes")
    func large() throws {
        let count = 1_000_000
        let x = Column(.int64, (0..<count).map { .int(Int64($0)) })
        let y = Column(.int64, (0..<count).map { .int($0 == 700_001 ? 1000 : Int64($0 % 7)) })
        let frame = Frame(schema: Schema([Field("x", .int64), Field("y", .int64)]), columns: [x, y])
        let paths = try #require(chart(frame).paths)
        #expect(paths[0].count <= 4 * PathCollector.columns)
        #expect(paths[0].contains(Chart.Point(x: 700_001, y: 1000)))
        #expect(paths[0].first?.x == 0 && paths[0].last?.x == Double(count - 1))
        let points = try #require(chart(frame, .point).paths)
        #expect(points[0].count <= 256 * 128 && points[0].contains(Chart.Point(x: 700_001, y: 1000)))
        let (_, counts) = try #require(chart(frame, .histogram, x: "x").bins)
        #expect(counts[0].reduce(0, +) == count && counts[0].count <= 130)
    }

    // MARK: Histograms

    @Test("every value lies in a bin, and few ints have a bin each")
    func bins() throws {
        let dice = makeFrame([("n", .int64, [1, 6, 3, 3, 2].map { .int($0) })])
        let (edges, counts) = try #require(chart(dice).bins)
        #expect(edges == [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5] && counts == [[1, 1, 2, 0, 0, 1]])
        for scale in [1e-12, 1, 1e12] {
            let values = (0..<500).map { Scalar.float(Double($0 * $0 % 499) * scale) }
            let (edges, counts) = try #require(chart(makeFrame([("f", .float64, values)])).bins)
            #expect(counts[0].reduce(0, +) == 500 && edges[0] <= 0 && zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 })
            #expect((4...130).contains(counts[0].count))
        }
    }

    @Test("one value alone, and values far apart, have bins too")
    func extremes() throws {
        let largest = Double.greatestFiniteMagnitude
        let cases: [[Double]] = [[5], [0], [-1e308, 1e308], [1e300, 1e300], [-largest, largest], [.leastNonzeroMagnitude, 0]]
        for values in cases {
            for kind in ChartKind.allCases {
                let chart = try chart(makeFrame([("f", .float64, values.map { .float($0) }), ("g", .float64, values.map { .float($0) })]), kind, x: "f")
                #expect(!chart.svg.contains("nan") && !chart.svg.contains("inf"))
                #expect(!chart.text().isEmpty)
                guard let counts = chart.bins?.counts else { continue }
                #expect(counts[0].reduce(0, +) == values.count)
            }
        }
        for value in [Int64.min, .max, 0] {
            let frame = makeFrame([
                ("t", .timestamp(utc: true), [.timestamp(value, utc: true)]), ("d", .duration, [.duration(value)]), ("n", .int64, [.int(value)]),
            ])
            for kind in ChartKind.allCases { for x in ["t", "d", "n"] { #expect(!(try chart(frame, kind, x: x, y: kind == .histogram ? [] : ["d"]).text().isEmpty)) } }
        }
        let dates = makeFrame([("d", .date, days([.min, .max])), ("n", .int64, [.int(1), .int(2)])])
        #expect(!(try chart(dates).text().isEmpty))
    }

    // MARK: Errors

    @Test("errors name the column, its type and the part that it was given for")
    func errors() throws {
        let frame = makeFrame([("region", .string, regions), ("n", .int64, numbers), ("t", .duration, [.duration(1), .duration(2), .null, .null])])
        #expect(chartError { try chart(frame, y: ["n", "region"]) } == .columnType(name: "region", type: "string", kind: .bar, part: .y(1)))
        #expect(chartError { try chart(frame, .histogram, x: "region") } == .columnType(name: "region", type: "string", kind: .histogram, part: .x))
        #expect(chartError { try chart(frame, by: "regon") } == .unknownColumn(name: "regon", columns: ["region", "n", "t"], part: .by))
        #expect(chartError { try chart(frame, .histogram, y: ["n", "t"]) } == .severalColumns(part: .y(1)))
        #expect(
            chartError { try chart(frame, y: ["n", "t"]) }
                == .mixedMeasures(name: "t", type: "duration", other: "n", otherType: "int", part: .y(1)))
        #expect(chartError { try chart(makeFrame([("a", .int64, [.null])]), .histogram) } == .noValues(columns: ["a"]))
        #expect(chartError { try chart(makeFrame([("a", .int64, [])])) } == .noRows)
        #expect(chartError { try chart(makeFrame([("a", .string, [.string("x")])]), .line) } == .nothingToDraw(kind: .line, columns: ["a: string"]))
    }

    @Test("a chart that is stopped throws")
    func cancelled() {
        let frame = makeFrame([("region", .string, regions), ("n", .int64, numbers)])
        for kind in ChartKind.allCases {
            #expect(throws: ChartError.cancelled) { try Chart(frame, ChartRequest(kind: kind, x: kind == .histogram ? "n" : nil), isCancelled: { true }) }
        }
    }
}

extension Chart {
    fileprivate var bars: (values: [[Double?]], isStacked: Bool)? { if case .bars(let values, let isStacked) = marks { (values, isStacked) } else { nil } }

    fileprivate var paths: [[Point]]? {
        switch marks {
        case .lines(let paths), .points(let paths): paths
        case .bars, .bins: nil
        }
    }

    fileprivate var bins: (edges: [Double], counts: [[Int]])? { if case .bins(let edges, let counts) = marks { (edges, counts) } else { nil } }
}
