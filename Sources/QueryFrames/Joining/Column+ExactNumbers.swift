// Ints and floats that meet in a join or a union: a number is itself in either type, or it is not there at all.

extension DataType {
    /// The type in which columns of these types stand one above the other; nil where there is none.
    func united(with other: DataType) -> DataType? {
        switch (self, other) {
        case (_, .null): self
        case (.null, _): other
        case (.int64, .float64), (.float64, .int64): .float64
        default: self == other ? self : nil
        }
    }
}

extension Column {
    /// Floats as the ints that they are; null where they are none.
    func exactInts() -> Column {
        withExtendedLifetime(self) {
            let values = fixed(as: Double.self), valid = validBits
            let validity = Bitmap.rows(count) { row in
                Int64(exactly: values[row]) != nil && (valid.map { Bitmap.get($0, row) } ?? true)
            }
            let storage = Int64.storage(count) { Int64(exactly: values[$0]) ?? 0 }
            return Column(type: .int64, count: count, validity: validity, storage: storage)
        }
    }

    /// Ints as the floats that they are; an error of `operation` at the first that none is.
    func exactFloats(_ operation: String, rowsBefore: Int?, mark: Int32) throws(EvaluationError) -> Column {
        let values = fixed(as: Int64.self)
        for row in 0..<count where Int64(exactly: Double(values[row])) != values[row] && !isNull(row) {
            throw .inexact(operator: operation, value: .int(values[row]), row: rowsBefore.map { $0 + row + 1 }, mark: mark)
        }
        return withExtendedLifetime(self) {
            Column(type: .float64, count: count, validity: validity, nullCount: nullCount, storage: Double.storage(count) { Double(values[$0]) })
        }
    }
}
