// What frames report, in words.
import QueryFrames

extension PlanError {
    var wording: Wording {
        switch self {
        case .unknownColumn(let name, let columns, _, let isValue):
            Wording(
                code: .unknownColumn, message: "there is no column `\(name)`",
                hint: Nearest.hint(name, in: columns) ?? (isValue ? OtherLanguages.hint(for: name, at: .value) ?? "a text stands in quotes: \"\(name)\"" : Wording.function(insteadOf: name, of: "frame")),
                notes: ["columns: \(columns.listed())"])
        case .unknownVariable(let name, _): Wording(code: .unknownName, message: "there is no variable `\(name)`")
        case .unknownFunction(let name, _):
            Wording(code: .unknownFunction, message: "there is no function `\(name)`", hint: Nearest.hint(name, in: (Functions.rows as [any Callable] + Aggregates.rows).map(\.name)))
        case .operatorTypes(let op, let operands, _):
            Wording(
                code: .type, message: "`\(op)` does not work on \(operands.joined(separator: " and "))", hint: PlanError.hint(for: op, on: operands))
        case .argumentType(let function, let index, let expected, let found, _):
            Wording(
                code: .type, message: "argument \(index + 1) of `\(function)` is of the type \(found)",
                hint: PlanError.hint(forArgument: found, of: function) ?? "\(expected) is expected",
                notes: PlanError.usage(of: function))
        case .argumentCount(let function, let usage, let found, _):
            Wording(code: .usage, message: "`\(function)` does not take \(found) argument\(found == 1 ? "" : "s")", notes: ["usage: \(usage)"])
        case .conditionType(let found, _):
            Wording(code: .type, message: "a condition is true or false, and this is of the type \(found)", hint: "compare it with something")
        case .literal(let text, let type, _):
            Wording(code: .type, message: "`\(text)` cannot be read as the \(type) that it is compared with", hint: PlanError.example(of: type))
        case .argumentValue(let function, let index, let expected, let found, _):
            Wording(
                code: .value, message: "argument \(index + 1) of `\(function)` cannot be \(found.literal)", hint: "\(expected) is expected",
                notes: PlanError.usage(of: function))
        case .argumentVaries(let function, let index, _):
            Wording(code: .type, message: "argument \(index + 1) of `\(function)` has to be the same for all rows")
        case .format(let text, let part, _):
            Wording(code: .value, message: "`\(text)` is no format that is understood here", hint: "`\(part)` is not known")
        case .pattern(let text, let reason, _):
            Wording(code: .value, message: "`\(text)` is no regular expression", hint: reason)
        case .duplicateColumn(let name, _):
            Wording(code: .unknownColumn, message: "two columns of the result would be called `\(name)`", hint: "give one another name: NEW = EXPR")
        case .listMisplaced: Wording(code: .type, message: "a list of values of several types stands where one value of one type is expected")
        case .notOrdered(let found, _):
            Wording(code: .type, message: "values of the type \(found) have no order to sort by", hint: "sort by what is in them: x[0], len(x), string(x)")
        case .notAList(let name, let found, _):
            Wording(code: .type, message: "`explode` makes rows of lists, and `\(name)` is of the type \(found)", hint: found == "string" ? "split(\(name), \",\") makes a list of it" : nil)
        case .aggregateMisplaced(let name, _):
            Wording(
                code: .usage, message: "`\(name)` is of many rows, and this is computed for each row by itself",
                hint: "aggregates stand in `summarize`; \(name)(...) over () is a window in `derive` and `select`")
        case .aggregateNested(let name, _):
            Wording(code: .usage, message: "`\(name)` stands inside another aggregate", hint: "summarize twice to take an aggregate of aggregates")
        case .columnNotGrouped(let name, let keys, _):
            Wording(
                code: .usage, message: "`\(name)` has many values in a group", hint: "an aggregate such as first(\(name)) makes one of them",
                notes: keys.isEmpty ? [] : ["grouped by: \(keys.listed())"])
        case .joinTypes(let left, let leftType, let right, let rightType, _):
            Wording(code: .type, message: "`\(left)` is of the type \(leftType) and `\(right)` of the other frame of the type \(rightType)")
        case .joinColumns(.cross, _): Wording(code: .usage, message: "`join cross` gives all pairs of rows and takes no `on`")
        case .joinColumns(let kind, _):
            Wording(code: .usage, message: "`join` has to know which columns are equal", hint: "join \(kind.rawValue) FRAME on COL")
        case .unionTypes(let name, let left, let right, _):
            Wording(
                code: .type, message: "`\(name)` is of the type \(left) here and of the type \(right) in the rows to be added",
                hint: "a column has one type")
        case .negativeCount(let count): Wording(code: .value, message: "\(count) is no number of rows")
        case .repeatedColumn(let name, _): Wording(code: .usage, message: "the column `\(name)` is named twice")
        case .unknownType(let name, let types, _):
            Wording(code: .type, message: "there is no type `\(name)`", hint: Nearest.hint(name, in: types), notes: ["types: \(types.listed())"])
        case .mixedColumns(let first, let other, _):
            Wording(
                code: .type, message: "values of the types \(first) and \(other) do not fit one column", hint: "cast makes them alike")
        case .windowWithoutOver(let function, _):
            Wording(
                code: .usage, message: "`\(function)` looks at other rows too, and wants to know which",
                hint: "\(function)(...) over (by COL sort EXPR)")
        case .windowMisplaced(let function, _):
            Wording(
                code: .usage, message: "`\(function)(...) over (...)` stands in derive and select alone",
                hint: "derive a column first: | derive x = \(function)(...) over (...)")
        case .notAWindow(let function, _):
            Wording(
                code: .usage, message: "`\(function)` looks at one row alone, so there is nothing to say with `over`",
                notes: ["windows: \((Windows.rows.map(\.name) + Aggregates.rows.map(\.name)).listed())"])
        }
    }

    /// The usage line of a function or aggregate.
    private static func usage(of name: String) -> [String] {
        let row: (any Callable)? = Functions.row(named: name) ?? Aggregates.row(named: name)
        return row.map { ["usage: \($0.usage)"] } ?? []
    }

    /// What makes an operator work on values of such types.
    private static func hint(for op: String, on types: [String]) -> String? {
        let numbers: Set = ["int", "float", "decimal"]
        if op.first == ".", let type = types.first { return Wording.function(insteadOf: String(op.dropFirst()), of: type) }
        if types.contains("json") { return "int(x), float(x), decimal(x) or string(x) says which type is meant" }
        if types.contains("frame") || types.contains("job") { return "rows are worked on by steps: j | derive x = ...; j.name is a list" }
        guard types.count == 2 else { return nil }
        let hasText = types.contains("string"), hasNumber = types.contains { numbers.contains($0) }
        let hasDate = types.contains { $0 == "date" || $0 == "timestamp" }
        if hasText, hasNumber { return op == "+" ? "\"${a}${b}\" or string(x) makes text, float(x) and int(x) numbers" : "float(x) and int(x) make numbers of text, string(x) makes text" }
        if hasDate, hasText { return "date(x) and timestamp(x) make dates and times of text, string(x) makes text" }
        if hasDate, hasNumber { return "a date is written @2024-05-01, a number of days 7d; year(d) is an int" }
        return nil
    }

    /// What to do with an argument that is no single value of a type.
    private static func hint(forArgument type: String, of function: String) -> String? {
        switch type {
        case "json": "int(x), float(x), decimal(x) or string(x) says which type is meant"
        case "frame" where function == "len" || function == "count", "job" where function == "len" || function == "count": "x | count gives the number of rows"
        case "frame", "job": "a column as a list is x.name; steps work on rows: x | derive y = \(function)(...)"
        default: nil
        }
    }

    private static func example(of type: String) -> String? {
        switch type {
        case "date": "as in \"2024-05-01\""
        case "timestamp": "as in \"2024-05-01T10:00:00Z\""
        default: nil
        }
    }
}

extension EvaluationError {
    var wording: Wording {
        switch self {
        case .overflow(let op, .null, _, let row, _) where Aggregates.row(named: op) != nil:
            Wording(code: .overflow, message: "the `\(op)` of a group has more than 38 digits\(Self.place(row))")
        case .overflow(let op, _, _, let row, _) where Aggregates.row(named: op) != nil:
            Wording(
                code: .overflow, message: "the `\(op)` of a group does not fit an int\(Self.place(row))",
                hint: "\(op)(float(x)) has room for it, with fewer exact digits")
        case .overflow(let op, .decimal(let value), .null, let row, _):
            Wording(
                code: .overflow, message: "`\(op)` of \(Scalar.decimal(value).text) has more than 38 digits\(Self.place(row))",
                hint: Self.fewerDigits)
        case .overflow(let op, let left, let right, let row, _) where left.typeName == "decimal" || right.typeName == "decimal":
            Wording(
                code: .overflow, message: "\(left.text) \(op) \(right.text) has more than 38 digits\(Self.place(row))",
                hint: Self.fewerDigits)
        case .overflow(let op, let left, .null, let row, _):
            Wording(code: .overflow, message: "`\(op)` of \(left.text) does not fit an int\(Self.place(row))", hint: Self.floatHasRoom)
        case .overflow(let op, let left, let right, let row, _):
            Wording(
                code: .overflow, message: "\(left.text) \(op) \(right.text) does not fit an int\(Self.place(row))",
                hint: Self.floatHasRoom)
        case .conversion(let function, let value, let row, _):
            Wording(code: .value, message: "`\(function)` cannot read \(value.literal)\(Self.place(row))")
        case .outOfRange(let op, let row, _):
            Wording(code: .overflow, message: "the result of `\(op)` lies outside of the years 0001 to 9999\(Self.place(row))")
        case .partialDay(let op, let duration, let row, _):
            Wording(
                code: .value, message: "`\(op)` with a date takes whole days, and \(duration.text) is none\(Self.place(row))",
                hint: "timestamp(d) makes a time of the date")
        case .limit(let op, let row, _):
            Wording(code: .limit, message: "`\(op)` would make a value that is longer than a row may be\(Self.place(row))")
        case .memory(let op, let row, let limit, _):
            Wording(
                code: .limit, message: "`\(op)` would take more memory than the \(limit.bytesText) for all frames\(Self.place(row))",
                hint: Wording.lessMemory)
        case .pattern(let text, let reason, let row, _):
            Wording(code: .value, message: "`\(text)` is no regular expression\(Self.place(row))", hint: reason)
        case .inexact(let op, let value, let row, _):
            Wording(
                code: .value, message: "`\(op)` cannot make a float of \(value.text) without losing digits\(Self.place(row))",
                hint: "string(x) on both sides keeps them")
        case .tooManyColumns(let name, let limit, _):
            Wording(
                code: .limit, message: "`\(name)` has more than \(limit) values, and each would be a column",
                hint: "summarize by it, or keep fewer of its values")
        case .plan(let error): error.wording
        case .cancelled: Wording(code: .cancelled, message: "stopped")
        }
    }

    private static var floatHasRoom: String { "float(x) has room for it, with fewer exact digits" }

    private static var fewerDigits: String { "round(x, n) leaves fewer digits after the point; float(x) has room for it, with fewer exact digits" }

    private static func place(_ row: Int?) -> String { row.map { ", in row \($0)" } ?? "" }
}

extension Diagnostic {
    /// What a plan says although it runs.
    static func message(of warning: PlanWarning) -> String {
        switch warning {
        case .columnHidesVariable(let name, _):
            "`\(name)` is a column and a variable; the column is meant. $\(name) is the variable"
        }
    }
}
