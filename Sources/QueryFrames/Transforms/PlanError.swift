// What can be wrong with an expression or a step, as facts; the words are made where diagnostics are rendered.

/// Why a plan does not fit its schema. Every case carries the mark of the node it is about.
public enum PlanError: Error, Hashable, Sendable {
    /// There is neither a column nor a variable `name`; `columns` are those of the schema at that step.
    /// `isValue`: the name stands in an expression, and not alone as a column's would.
    case unknownColumn(name: String, columns: [String], mark: Int32, isValue: Bool = false)
    /// `$name` is not defined.
    case unknownVariable(name: String, mark: Int32)
    case unknownFunction(name: String, mark: Int32)
    /// The operator does not take operands of these types, by name.
    case operatorTypes(operator: String, operands: [String], mark: Int32)
    /// Argument `index` (from 0) of the function has the type `found`.
    case argumentType(function: String, index: Int, expected: String, found: String, mark: Int32)
    case argumentCount(function: String, usage: String, found: Int, mark: Int32)
    /// A condition (`where`, `and`, `not`, `if`) is not a bool.
    case conditionType(found: String, mark: Int32)
    /// A literal cannot be read as the type of the column it is compared with.
    case literal(text: String, as: String, mark: Int32)
    /// Argument `index` (from 0) of the function is of the right type, but not one of the values that `expected` names.
    case argumentValue(function: String, index: Int, expected: String, found: Scalar, mark: Int32)
    /// Argument `index` (from 0) of the function has to be the same for all rows.
    case argumentVaries(function: String, index: Int, mark: Int32)
    /// A format is not valid; `part` is what is not understood of it.
    case format(text: String, part: String, mark: Int32)
    /// A regular expression is not valid; `reason` is RE2's.
    case pattern(text: String, reason: String, mark: Int32)
    /// Two columns of the result would bear one name.
    case duplicateColumn(name: String, mark: Int32)
    /// A list of values of several types, or one nested too deep, stands where a column's value is expected.
    case listMisplaced(mark: Int32)
    /// An aggregate stands where rows are not summarized.
    case aggregateMisplaced(name: String, mark: Int32)
    /// An aggregate stands in the argument of another one.
    case aggregateNested(name: String, mark: Int32)
    /// A column stands outside of aggregates, and the rows are not grouped by it but by `keys`.
    case columnNotGrouped(name: String, keys: [String], mark: Int32)
    /// The columns that a join compares have different types.
    case joinTypes(left: String, leftType: String, right: String, rightType: String, mark: Int32)
    /// A join has to know columns to compare, or may know none (`cross`).
    case joinColumns(kind: JoinKind, mark: Int32)
    /// A column has one type here and another in the frame that `union` adds.
    case unionTypes(name: String, left: String, right: String, mark: Int32)
    /// `take` was given a negative number.
    case negativeCount(Int)
    /// `drop`, `rename`, `cast` or `unpivot` names a column twice.
    case repeatedColumn(name: String, mark: Int32)
    /// `cast` to what is no type, or none that a column can be given; `types` are those there are.
    case unknownType(name: String, types: [String], mark: Int32)
    /// `unpivot` would put values of both types, by name, into one column.
    case mixedColumns(first: String, other: String, mark: Int32)
    /// A sort by values of a type that has no order.
    case notOrdered(found: String, mark: Int32)
    /// `explode` of a column that is no list, but of the type `found`.
    case notAList(name: String, found: String, mark: Int32)
    /// A window function is called without `over`.
    case windowWithoutOver(function: String, mark: Int32)
    /// A window stands outside of `derive` and `select`.
    case windowMisplaced(function: String, mark: Int32)
    /// `over` follows a function that looks at one row alone.
    case notAWindow(function: String, mark: Int32)
}

/// Why evaluating stopped at a row.
public enum EvaluationError: Error, Hashable, Sendable {
    /// An integer result does not fit 64 bits. `row` counts from 1; nil for a single value.
    case overflow(operator: String, left: Scalar, right: Scalar, row: Int?, mark: Int32)
    /// A conversion such as `int("x")` has no result.
    case conversion(function: String, value: Scalar, row: Int?, mark: Int32)
    /// A date or time would leave the years 0001 to 9999.
    case outOfRange(operator: String, row: Int?, mark: Int32)
    /// `duration` was added to a date, or taken from one, and is no whole number of days.
    case partialDay(operator: String, duration: Scalar, row: Int?, mark: Int32)
    /// A string would get longer than a row, or the strings of a batch longer than a batch, may be.
    case limit(operator: String, row: Int?, mark: Int32)
    /// The columns would take more than the `limit` bytes that there may be.
    case memory(operator: String, row: Int?, limit: Int, mark: Int32)
    /// A regular expression that came from a column is not valid; `reason` is RE2's.
    case pattern(text: String, reason: String, row: Int?, mark: Int32)
    /// An int would have to become a float, and is none.
    case inexact(operator: String, value: Scalar, row: Int?, mark: Int32)
    /// A column has more values than `pivot` makes columns.
    case tooManyColumns(of: String, limit: Int, mark: Int32)
    /// The work was cancelled from outside.
    case cancelled
    /// Types do not fit that were not known before: those of a single value, or of columns made of data. A plan error says it.
    case plan(PlanError)
}

extension EvaluationError {
    /// The row it is about, from 1; nil for a single value.
    public var row: Int? {
        switch self {
        case .overflow(_, _, _, let row, _), .conversion(_, _, let row, _), .outOfRange(_, let row, _), .partialDay(_, _, let row, _),
            .limit(_, let row, _), .memory(_, let row, _, _), .pattern(_, _, let row, _), .inexact(_, _, let row, _):
            row
        case .cancelled, .plan, .tooManyColumns: nil
        }
    }

    /// The same error about `row` (from 1; nil for a single value) of the operator or function `name`, which bears `mark`.
    func located(_ name: String, row: Int?, mark: Int32) -> EvaluationError {
        switch self {
        case .overflow(_, let left, let right, _, _): .overflow(operator: name, left: left, right: right, row: row, mark: mark)
        case .conversion(_, let value, _, _): .conversion(function: name, value: value, row: row, mark: mark)
        case .outOfRange: .outOfRange(operator: name, row: row, mark: mark)
        case .partialDay(_, let duration, _, _): .partialDay(operator: name, duration: duration, row: row, mark: mark)
        case .limit: .limit(operator: name, row: row, mark: mark)
        case .memory(_, _, let limit, _): .memory(operator: name, row: row, limit: limit, mark: mark)
        case .pattern(let text, let reason, _, _): .pattern(text: text, reason: reason, row: row, mark: mark)
        case .inexact(_, let value, _, _): .inexact(operator: name, value: value, row: row, mark: mark)
        case .cancelled, .plan, .tooManyColumns: self
        }
    }
}

/// What a person should know of a plan that runs all the same.
public enum PlanWarning: Hashable, Sendable {
    /// `name` is a column and also a variable; the column is meant.
    case columnHidesVariable(name: String, mark: Int32)
}
