// Loops over two operands of fixed width: one body, compiled for column and column, column and constant, constant and column.

/// Values by row.
protocol Values {
    associatedtype Value
    subscript(row: Int) -> Value { get }
}

/// The values of a column.
struct ColumnValues<Value>: Values {
    let start: UnsafePointer<Value>

    @inline(__always)
    subscript(row: Int) -> Value { start[row] }
}

/// One value for all rows.
struct OneValue<Value>: Values {
    let value: Value

    @inline(__always)
    subscript(row: Int) -> Value { value }
}

/// A loop over two operands.
protocol PairKernel {
    associatedtype Element
    associatedtype Output
    func run<L: Values, R: Values>(_ left: L, _ right: R, _ count: Int) -> Output
    where L.Value == Element, R.Value == Element
}

extension PairKernel {
    /// Runs the loop for what `left` and `right` are.
    func callAsFunction(_ left: Operand, _ right: Operand, _ count: Int) -> Output {
        let a = left.column.fixed(as: Element.self), b = right.column.fixed(as: Element.self)
        switch (left.isConstant, right.isConstant) {
        case (false, false): return run(ColumnValues(start: a), ColumnValues(start: b), count)
        case (false, true): return run(ColumnValues(start: a), OneValue(value: b[0]), count)
        case (true, false): return run(OneValue(value: a[0]), ColumnValues(start: b), count)
        case (true, true): return run(OneValue(value: a[0]), OneValue(value: b[0]), count)
        }
    }
}
