// What charts report, in words.
import QueryFormats
import QueryFrames

extension ChartError {
    var wording: Wording {
        switch self {
        case .noRows: Wording(code: .value, message: "there is nothing to draw: the frame has no rows")
        case .unknownColumn(let name, let columns, _):
            PlanError.unknownColumn(name: name, columns: columns, mark: 0, isValue: false).wording
        case .columnType(let name, let type, let kind, let part):
            Wording(
                code: .type, message: "`\(name)` is of the type \(type), and \(ChartError.place(part, of: kind)) takes \(ChartError.taken(part))",
                hint: ChartError.hint(name, type))
        case .nothingToDraw(let kind, let columns):
            Wording(
                code: .type, message: "no column can be drawn as \(kind == .bar ? "bars" : kind == .histogram ? "a histogram" : "\(kind.rawValue)s")",
                hint: "numbers and durations are drawn; cast makes numbers of text", notes: ["columns: \(columns.listed())"])
        case .noValues(let columns):
            Wording(code: .value, message: "there is nothing to draw: no row has a value of \(columns.map { "`\($0)`" }.joined(separator: " and of "))")
        case .severalColumns:
            Wording(code: .usage, message: "a histogram counts the values of one column", hint: "plot histogram x COL; `by` splits it")
        case .mixedMeasures(let name, let type, let other, let otherType, _):
            Wording(
                code: .type, message: "`\(name)` is of the type \(type) and `\(other)` of the type \(otherType), which have no axis in common",
                hint: "plot them one after the other")
        case .evaluation(let error): error.wording
        case .cancelled: Wording(code: .cancelled, message: "stopped")
        }
    }

    private static func place(_ part: ChartPart, of kind: ChartKind) -> String {
        switch part {
        case .x: kind == .histogram ? "a histogram" : "`x`"
        case .y: "`y`"
        case .by: "`by`"
        }
    }

    private static func taken(_ part: ChartPart) -> String {
        switch part {
        case .x: "numbers, durations, dates and times"
        case .y: "numbers and durations"
        case .by: "values that can be told apart"
        }
    }

    private static func hint(_ name: String, _ type: String) -> String? {
        switch type {
        case "string", "json": "where it holds numbers: | cast \(name) = float"
        case "bool", "date", "timestamp": "x \(name) draws along it; by \(name) splits by it"
        default: nil
        }
    }
}

extension Diagnostic {
    /// What a chart does not show.
    static func message(of notice: ChartNotice) -> String {
        switch notice {
        case .categoriesLeftOut(let column, let shown, let leftOut):
            "the first \(shown) values of `\(column)` are drawn; \(leftOut) more \(leftOut == 1 ? "is" : "are") left out"
        case .seriesLeftOut(let shown, let leftOut): "the first \(shown) series are drawn; \(leftOut) more \(leftOut == 1 ? "is" : "are") left out"
        case .columnsLeftOut(let names): "not drawn: \(names.listed()) (`y` says what is)"
        case .addedUp(let column): "rows with the same `\(column)` are added up; summarize first for anything else"
        case .repeatedPlaces(let column):
            "several rows have the same `\(column)`, and the line goes through all of them; summarize first, or split them with `by`"
        }
    }
}
