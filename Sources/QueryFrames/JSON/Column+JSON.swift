// Columns from JSON text: what an engine that knows no lists hands back for a column of them.

extension Column {
    /// The texts of a string column as JSON values, or as lists whose elements `type` tells; nil where one does not say such a value.
    public convenience init?(reading texts: Column, asJSONOf type: DataType) {
        let builder = ScalarBuilder(type, capacity: texts.count), document = JSONDocument()
        for row in 0..<texts.count {
            if texts.isNull(row) {
                builder.append(.null)
                continue
            }
            document.load(texts.utf8(row))
            guard let place = try? document.value(), let value = Scalar(document[place], as: type) else { return nil }
            builder.append(value)
        }
        let column = builder.finish()
        self.init(type: type, count: column.count, validity: column.validity, nullCount: column.nullCount, storage: column.storage)
    }
}

extension Scalar {
    /// The value of `type` that a JSON value is written for; nil where it is none. It recurses where the type is a list of lists, which
    /// is never deep.
    init?(_ json: UnsafeRawBufferPointer, as type: DataType) {
        if type == .json {
            let text = [UInt8](unsafeUninitializedCapacity: json.count) { memory, count in
                guard let from = json.baseAddress, let to = memory.baseAddress else { return }
                count = JSONText.compact(from.assumingMemoryBound(to: UInt8.self), json.count, to)
            }
            self = .json(String(decoding: text, as: UTF8.self))
            return
        }
        if case .list(let element) = type {
            let document = JSONDocument()
            document.load(json)
            guard document.isList else { return nil }
            var values: [Scalar] = []
            for place in document.elements() {
                if document[place].first == UInt8(ascii: "n") {
                    values.append(.null)
                    continue
                }
                guard let value = Scalar(document[place], as: element) else { return nil }
                values.append(value)
            }
            self = .list(values)
            return
        }
        switch (Scalar(json: json), type) {
        case (let value, _) where value.type == type: self = value
        case (.int(let value), .float64): self = .float(Double(value))
        case (.string(let text), .date), (.string(let text), .timestamp):
            guard let value = Scalar(reading: text, as: type) else { return nil }
            self = value
        default: return nil
        }
    }
}
