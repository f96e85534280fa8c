// What an operation takes: a column of the batch, or one value that stands for all of its rows.

/// An operand of a kernel.
struct Operand: Sendable {
    /// `count` rows of the batch, or a single row where `isConstant`.
    let column: Column
    /// Whether the one row of `column` stands for every row.
    let isConstant: Bool
    /// Rows (or the one row) that could not be computed; what `column` holds there means nothing.
    var failures: RowSet?

    init(_ column: Column, isConstant: Bool = false, failures: RowSet? = nil) {
        self.column = column
        self.isConstant = isConstant
        self.failures = failures
    }

    /// One value.
    init(constant value: Scalar) { self.init(.constant(value), isConstant: true) }

    /// Whether every row is the null of a constant.
    var isNullConstant: Bool { isConstant && column.nullCount == 1 }

    /// What turns a row of the batch into a row of `column`: `row & mask`.
    var mask: Int { isConstant ? 0 : -1 }

    /// Whether computing `row` failed.
    func hasFailed(_ row: Int) -> Bool { failures?.contains(row & mask) ?? false }

    /// The failures as rows of a batch of `count`.
    func failures(count: Int) -> RowSet? {
        guard isConstant, let failures, failures.contains(0) else { return isConstant ? nil : failures }
        return RowSet(count: count) { _ in true }
    }
}

/// What a kernel gives: a column, and the rows for which there was no result.
struct Outcome {
    var column: Column
    var failures: RowSet?

    init(_ column: Column, failures: RowSet? = nil) {
        self.column = column
        self.failures = failures
    }
}

extension [Operand] {
    /// The rows that are null in no operand, as a bitmap of `count` bits; nil where there is no null at all.
    func validity(count: Int) -> Buffer? {
        var all: Buffer?
        for operand in self where !operand.isConstant {
            guard let validity = operand.column.validity else { continue }
            all = all.map { Bitmap.and($0, validity, count: count) } ?? validity
        }
        return all
    }

    /// The rows for which computing any operand failed.
    func failures(count: Int) -> RowSet? {
        reduce(nil) { RowSet.union($0, $1.failures(count: count)) }
    }
}
