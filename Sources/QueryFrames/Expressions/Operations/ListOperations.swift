// Lists of a row: `[a, b]`, `a + b`, `x[i]`, and their conversion from one type of elements to another.

/// `[a, b]`: a list of the operands, which all have the type of its elements; a null is an element.
struct ListConstruction: Operation {
    let type: DataType

    var isStrict: Bool { false }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        var places = ListPlaces(rows: count)
        for row in 0..<count {
            for (source, operand) in operands.enumerated() {
                let at = row & operand.mask
                places.append(at..<at + 1, of: source)
            }
            places.endRow()
        }
        var outcome = Outcome(places.finish(type, from: operands.map(\.column), validity: nil), of: type, count: count)
        outcome.failures = RowSet.union(outcome.failures, operands.failures(count: count))
        return outcome
    }

    func scalar(_ operands: [Scalar]) -> Scalar { .list(operands) }
}

/// `a + b` of lists of one type.
struct ListConcatenation: Operation {
    let type: DataType

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let left = ListRows(operands[0]), right = ListRows(operands[1])
        let validity = operands.validity(count: count), bits = validity?.values(as: UInt8.self)
        var places = ListPlaces(rows: count)
        for row in 0..<count {
            if bits.map({ Bitmap.get($0, row) }) ?? true {
                places.append(left[row], of: 0)
                places.append(right[row], of: 1)
            }
            places.endRow()
        }
        return Outcome(places.finish(type, from: [left.elements, right.elements], validity: validity), of: type, count: count)
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar { try ScalarOperators.apply(.add, operands[0], operands[1]) }
}

/// `x[i]` of a list: from 0, or from the end where `i` is negative; null where there is no such element.
struct ListElement: Operation {
    /// The type of the elements.
    let type: DataType

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let lists = ListRows(operands[0]), index = Int64.source(operands[1])
        let memory = MutableBuffer(capacity: count * 8), places = memory.values(as: UInt64.self)
        let valid = operands.validity(count: count)
        let found = Bitmap.rows(count) { row in
            places[row] = 0
            if let valid, !Bitmap.get(valid.values(as: UInt8.self), row) { return false }
            let range = lists[row]
            guard let place = ListElement.place(Int64.read(index, row), of: range.count) else { return false }
            places[row] = UInt64(range.lowerBound + place)
            return true
        }
        if lists.elements.count == 0 { return Outcome(.nulls(count, of: type)) }
        let gathered = withExtendedLifetime(memory) { ColumnGatherer([lists.elements], type: type).gather(places, count) }
        guard let gathered else { return Outcome(nil, of: type, count: count) }
        let validity = gathered.validity.map { Bitmap.and($0, found, count: count) } ?? found
        return Outcome(Column(type: type, count: count, validity: validity, storage: gathered.storage))
    }

    /// The place, from 0, that `index` means in a list of `count`.
    static func place(_ index: Int64, of count: Int) -> Int? {
        let place = index < 0 ? index &+ Int64(count) : index
        return place >= 0 && place < count ? Int(place) : nil
    }

    func scalar(_ operands: [Scalar]) -> Scalar {
        guard case .list(let values) = operands[0], case .int(let index) = operands[1] else { return .null }
        return ListElement.place(index, of: values.count).map { values[$0] } ?? .null
    }
}

/// Lists of one type of elements as lists of another, to which that one converts by itself.
struct ListConversion: Operation {
    let type: DataType
    let element: DataType
    let conversion: any Operation

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let column = operands[0].column
        guard case .list(let offsets, let elements) = column.storage else { return Outcome(nil, of: type, count: count) }
        let converted = conversion.evaluate([Operand(elements)], count: elements.count)
        let storage = Column.Storage.list(offsets: offsets, elements: converted.column)
        let result = Column(type: type, count: count, validity: column.validity, nullCount: column.nullCount, storage: storage)
        guard let failed = converted.failures else { return Outcome(result) }
        let rows = ListRows(column)
        return Outcome(result, failures: RowSet(count: count) { rows[$0].contains { failed.contains($0) } })
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar { try operands[0].converted(to: type) }
}
