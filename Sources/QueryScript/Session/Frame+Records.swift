// Frames of records: `[{region: "EU", n: 2}, {region: "UK", n: 3}]`.
import QueryFrames

extension Frame {
    /// A frame of one row for each record; columns in order of first appearance, a missing field is null. Ints and floats of
    /// one column make floats, ints and decimals decimals of the greatest scale, lists of one type a column of lists; records and lists of
    /// several types make JSON. Other types must not be mixed.
    init(records: [[ScriptValue.RecordField]]) throws(ScriptError) {
        var names: [String] = []
        var cells: [String: [ScriptValue]] = [:]
        for (row, record) in records.enumerated() {
            if row % 256 == 255, Cancellation.stopsHere { throw ScriptError(.cancelled) }
            for field in record {
                if cells[field.name] == nil {
                    names.append(field.name)
                    cells[field.name] = Array(repeating: .null, count: row)
                }
                cells[field.name]?.append(field.value)
            }
            for name in names where cells[name]?.count == row { cells[name]?.append(.null) }
        }
        var fields: [Field] = []
        var columns: [Column] = []
        for name in names {
            if Cancellation.stopsHere { throw ScriptError(.cancelled) }
            let column = try Column.of(cells[name] ?? [], name: name)
            fields.append(Field(name, column.type))
            columns.append(column)
        }
        self.init(schema: Schema(fields), batches: [RecordBatch(count: records.count, columns: columns)])
    }
}

extension Column {
    /// A column of values of one type, or of JSON where one of them is nested.
    fileprivate static func of(_ values: [ScriptValue], name: String) throws(ScriptError) -> Column {
        guard values.contains(where: \.isNested) else { return try of(values.map { $0.scalar ?? .null }, name: name) }
        let builder = StringBuilder(.json, capacity: values.count), text = TextBuffer()
        for value in values {
            if case .scalar(.null) = value {
                builder.appendNull()
                continue
            }
            text.removeAll()
            if let found = value.appendJSON(to: text) { throw ScriptError(.mixedColumn(name: name, first: "values", found: found)) }
            text.withBytes { builder.append($0) }
        }
        return builder.finish()
    }

    /// A column of values of one type (ints and floats together are floats, ints and decimals are decimals).
    static func of(_ scalars: [Scalar], name: String) throws(ScriptError) -> Column {
        var type = DataType.null
        for scalar in scalars {
            guard let next = scalar.type, next != .null, next != type else { continue }
            if type == .null {
                type = next
            } else if let united = type.united(with: next) {
                type = united
            } else if let wider = DataType.common([type, next]), wider.listDepth > 0 {
                type = wider
            } else {
                throw ScriptError(.mixedColumn(name: name, first: type.name, found: next.name))
            }
        }
        let builder = ScalarBuilder(type)
        for scalar in scalars {
            // An int that a float cannot hold exactly must not become one unseen.
            if type == .float64, case .int(let value) = scalar, Int64(exactly: Double(value)) != value {
                throw ScriptError(.mixedColumn(name: name, first: "float", found: "an int with more digits than a float"))
            }
            builder.append(scalar)
        }
        let column = builder.finish()
        // A decimal without room for its digits beside those of the others would be a null.
        for (row, scalar) in scalars.enumerated() where scalar != .null && column.isNull(row) {
            throw ScriptError(.mixedColumn(name: name, first: "decimals with other digits after the point", found: scalar.text))
        }
        return column
    }
}
