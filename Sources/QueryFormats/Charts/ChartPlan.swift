// Which columns are drawn in what kind of chart: the wish, filled in by what the columns and their values are.
import QueryFrames

/// The columns of a chart by their places in the frame, and its kind.
struct ChartPlan {
    var kind = ChartKind.bar
    /// The column along the axis; nil for the number of the row.
    var x: Int?
    /// The columns that are drawn; none in a bar chart means that rows are counted.
    var y: [Int] = []
    var by: Int?
    var notices: [ChartNotice] = []

    /// Columns that are drawn unless told.
    static let columns = 6
    /// An int column of no more values than these is one of categories, where they repeat.
    private static let fewValues = 12

    private let frame: Frame
    private let isCancelled: () -> Bool

    init(_ request: ChartRequest, _ frame: Frame, _ isCancelled: @escaping () -> Bool) throws(ChartError) {
        (self.frame, self.isCancelled) = (frame, isCancelled)
        x = try place(of: request.x, .x)
        for (index, name) in request.y.enumerated() { if let place = try place(of: name, .y(index)) { y.append(place) } }
        by = try place(of: request.by, .by)
        guard frame.count > 0 else { throw .noRows }
        if let wanted = request.kind { kind = wanted } else { kind = try defaultKind() }
        switch kind {
        case .histogram: try chooseHistogram()
        case .bar, .line, .point: try chooseAxes(request)
        }
        try checkTypes()
    }

    private func place(of name: String?, _ part: ChartPart) throws(ChartError) -> Int? {
        guard let name else { return nil }
        guard let place = frame.schema.index(of: name) else { throw .unknownColumn(name: name, columns: frame.schema.names, part: part) }
        return place
    }

    // MARK: Defaults

    private func type(_ column: Int) -> DataType { frame.schema.fields[column].type }

    /// Columns of numbers and durations that nothing else was said of.
    private var freeNumbers: [Int] {
        frame.schema.fields.indices.filter { type($0).isDrawn && $0 != x && $0 != by && !y.contains($0) }
    }

    /// The first free column that people would write along an axis: text, a bool, a date or a time.
    private func firstName(isTime: Bool = false) -> Int? {
        frame.schema.fields.indices.first { column in
            guard column != by, !y.contains(column) else { return false }
            switch type(column) {
            case .date, .timestamp: return true
            case .string, .bool: return !isTime
            default: return false
            }
        }
    }

    private func defaultKind() throws(ChartError) -> ChartKind {
        let hasValues = !y.isEmpty || freeNumbers.count > 0
        guard let axis = x ?? firstName() else {
            let numbers = freeNumbers.count + y.count
            if numbers == 1 { return .histogram }
            guard let first = try risingNumber() ?? freeNumbers.first else { return .line }
            return try kind(alongNumbers: first)
        }
        switch type(axis) {
        case .date, .timestamp: return hasValues ? .line : .histogram
        case .int64, .float64, .decimal, .duration: return hasValues ? try kind(alongNumbers: axis) : .histogram
        case .null, .bool, .string, .binary, .json, .list: return .bar
        }
    }

    /// The first free number that grows from row to row: what rows are counted or grouped by.
    private func risingNumber() throws(ChartError) -> Int? {
        for column in freeNumbers {
            var isRising = true, last = -Double.infinity
            try frame.withNumbers([column], isCancelled) { batch, numbers in
                for row in 0..<batch.count {
                    let value = numbers[0]?[row] ?? -.infinity
                    if value <= last { isRising = false }
                    last = value
                }
                return isRising
            }
            if isRising { return column }
        }
        return nil
    }

    /// Few ints that repeat are categories; what is in order makes a line, anything else points.
    private func kind(alongNumbers column: Int) throws(ChartError) -> ChartKind {
        var seen: Set<Double> = [], isSorted = true, last = -Double.infinity
        let isInt = type(column) == .int64
        try frame.withNumbers([column], isCancelled) { batch, numbers in
            for row in 0..<batch.count {
                guard let value = numbers[0]?[row] else { continue }
                if value < last { isSorted = false }
                last = value
                if seen.count <= ChartPlan.fewValues { seen.insert(value) }
            }
            return isSorted || (isInt && seen.count <= ChartPlan.fewValues)
        }
        if isInt, seen.count <= ChartPlan.fewValues, frame.count >= 2 * seen.count { return .bar }
        return isSorted ? .line : .point
    }

    private mutating func chooseHistogram() throws(ChartError) {
        if x != nil, !y.isEmpty { throw .severalColumns(part: .y(0)) }
        if y.count > 1 { throw .severalColumns(part: .y(1)) }
        x = x ?? y.first ?? freeNumbers.first ?? firstName(isTime: true)
        y = []
        if x == nil { throw nothingToDraw }
    }

    private mutating func chooseAxes(_ request: ChartRequest) throws(ChartError) {
        if x == nil {
            let numbers = freeNumbers
            // A number stands along the axis where another one is left to be drawn.
            let rising = request.kind == .point ? nil : try risingNumber()
            let number = numbers.count + y.count > 1 ? rising ?? numbers.first : nil
            switch kind {
            case .bar: x = firstName() ?? number
            case .line: x = firstName(isTime: true) ?? firstName() ?? number
            case .point, .histogram: x = number ?? firstName()
            }
            if x == nil, kind == .bar { throw nothingToDraw }
        }
        guard y.isEmpty else { return }
        let numbers = freeNumbers
        // How large a number is that names something says nothing.
        let values = numbers.filter { !frame.schema.fields[$0].name.isNumberOfThings }
        guard let first = values.first ?? numbers.first else {
            if kind == .bar { return }
            throw nothingToDraw
        }
        // What is split into series is one column, unless told.
        let alike = (values.isEmpty ? numbers : values).filter { type($0).isNumeric == type(first).isNumeric }
        y = Array(alike.prefix(by == nil ? ChartPlan.columns : 1))
        let rest = numbers.filter { !y.contains($0) }
        if !rest.isEmpty { notices.append(.columnsLeftOut(rest.map { frame.schema.fields[$0].name })) }
    }

    /// That no column has a type that is drawn.
    private var nothingToDraw: ChartError {
        .nothingToDraw(kind: kind, columns: frame.schema.fields.map { "\($0.name): \($0.type.name)" })
    }

    // MARK: Types

    private func checkTypes() throws(ChartError) {
        if kind == .histogram, let x, ChartMeasure(type(x)) == nil { throw wrongType(x, .x) }
        for (index, column) in y.enumerated() {
            guard type(column).isDrawn else { throw wrongType(column, .y(index)) }
            guard type(column).isNumeric == type(y[0]).isNumeric else {
                let (field, other) = (frame.schema.fields[column], frame.schema.fields[y[0]])
                throw .mixedMeasures(
                    name: field.name, type: field.type.name, other: other.name, otherType: other.type.name, part: .y(index))
            }
        }
    }

    private func wrongType(_ column: Int, _ part: ChartPart) -> ChartError {
        let field = frame.schema.fields[column]
        return .columnType(name: field.name, type: field.type.name, kind: kind, part: part)
    }
}

extension String {
    /// Whether a column of this name holds the numbers by which things are known: `id`, `customer_id`.
    fileprivate var isNumberOfThings: Bool {
        let name = lowercased()
        return name == "id" || name.hasSuffix("_id")
    }
}
