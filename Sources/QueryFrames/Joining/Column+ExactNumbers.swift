// Ints, decimals and floats that meet in a join or a union: a number is itself in either type, or it is not there at all.

extension DataType {
    /// The type in which columns of these types stand one above the other; nil where there is none.
    public func united(with other: DataType) -> DataType? {
        switch (self, other) {
        case (_, .null): self
        case (.null, _): other
        case (.int64, .float64), (.float64, .int64): .float64
        case (.int64, .decimal), (.decimal, .int64), (.decimal, .decimal): DataType.common([self, other])
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

    /// Ints, decimals or floats as the decimals of `scale` that they are; null where they are none.
    func exactDecimals(scale: Int) -> Column {
        switch type {
        case .int64:
            let values = fixed(as: Int64.self)
            return exactDecimals(scale) { Decimal128(values[$0]).rescaled(to: scale) }
        case .float64:
            let values = fixed(as: Double.self)
            return exactDecimals(scale) { Decimal128(exactly: values[$0], scale: scale) }
        case .decimal(let own):
            if own == scale { return self }
            let values = fixed(as: Int128.self)
            return exactDecimals(scale) { Decimal128(cell: values[$0], scale: own).rescaled(to: scale) }
        default: return .nulls(count, of: .decimal(scale: scale))
        }
    }

    private func exactDecimals(_ scale: Int, _ value: (Int) -> Decimal128?) -> Column {
        let builder = FixedBuilder<Int128>(.decimal(scale: scale), capacity: count)
        for row in 0..<count {
            if !isNull(row), let value = value(row) { builder.append(value.unscaled) } else { builder.appendNull() }
        }
        return builder.finish()
    }

    /// Numbers as those of a wider type; an error of `operation` at the first that is not exactly one.
    func exactly(_ type: DataType, _ operation: String, rowsBefore: Int?, mark: Int32) throws(EvaluationError) -> Column {
        guard case .decimal(let scale) = type else { return try exactFloats(operation, rowsBefore: rowsBefore, mark: mark) }
        let decimals = exactDecimals(scale: scale)
        if decimals.nullCount != nullCount, let row = (0..<count).first(where: { decimals.isNull($0) && !isNull($0) }) {
            throw .overflow(operator: operation, left: scalar(row), right: .null, row: rowsBefore.map { $0 + row + 1 }, mark: mark)
        }
        return decimals
    }

    /// Ints as the floats that they are; an error of `operation` at the first that none is.
    private func exactFloats(_ operation: String, rowsBefore: Int?, mark: Int32) throws(EvaluationError) -> Column {
        let values = fixed(as: Int64.self)
        for row in 0..<count where Int64(exactly: Double(values[row])) != values[row] && !isNull(row) {
            throw .inexact(operator: operation, value: .int(values[row]), row: rowsBefore.map { $0 + row + 1 }, mark: mark)
        }
        return withExtendedLifetime(self) {
            Column(type: .float64, count: count, validity: validity, nullCount: nullCount, storage: Double.storage(count) { Double(values[$0]) })
        }
    }
}
