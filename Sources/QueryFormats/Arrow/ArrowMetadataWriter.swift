// Schemas in Arrow's own terms: the flatbuffers of fields and types. Parquet files bear one too, for the types that parquet lacks.
import QueryFrames

enum ArrowMetadataWriter {
    /// The table `Schema`; `dictionaries` are the places of the columns that are written as indexes.
    static func schema(_ schema: Schema, dictionaries: Set<Int> = []) -> FlatValue {
        let fields = schema.fields.enumerated().map { index, field in
            self.field(field.name, field.type, dictionary: dictionaries.contains(index) ? Int64(index) : nil)
        }
        return .table([1: .tables(fields)])
    }

    /// A schema as a message of its own, as it stands in the metadata of parquet files.
    static func message(_ schema: Schema) -> [UInt8] {
        var metadata = FlatValue.table([0: .short(4), 1: .byte(1), 2: self.schema(schema), 3: .long(0)]).serialized
        while metadata.count % 8 != 0 { metadata.append(0) }
        return [0xff, 0xff, 0xff, 0xff] + withUnsafeBytes(of: Int32(truncatingIfNeeded: metadata.count).littleEndian) { Array($0) } + metadata
    }

    private static func field(_ name: String, _ type: DataType, dictionary: Int64?) -> FlatValue {
        let (kind, table) = self.type(type)
        var children: [FlatValue] = []
        if case .list(let element) = type { children = [field("item", element, dictionary: nil)] }
        var slots: [Int: FlatValue] = [0: .string(name), 1: .byte(1), 2: .byte(kind), 3: .table(table), 5: .tables(children)]
        if let dictionary {
            slots[4] = .table([0: .long(dictionary), 1: .table([0: .int(32), 1: .byte(1)])])
        }
        if type == .json {
            slots[6] = .tables([("ARROW:extension:name", "arrow.json"), ("ARROW:extension:metadata", "")].map { pair in
                .table([0: .string(pair.0), 1: .string(pair.1)])
            })
        }
        return .table(slots)
    }

    /// The member of the union `Type`, and its fields.
    private static func type(_ type: DataType) -> (UInt8, [Int: FlatValue]) {
        switch type {
        case .null: (1, [:])
        case .int64: (2, [0: .int(64), 1: .byte(1)])
        case .float64: (3, [0: .short(2)])
        case .binary: (4, [:])
        case .string, .json: (5, [:])
        case .bool: (6, [:])
        case .decimal(let scale): (7, [0: .int(Int32(Decimal128.maximumDigits)), 1: .int(Int32(scale)), 2: .int(128)])
        case .date: (8, [0: .short(0)])
        case .timestamp(let utc): (10, utc ? [0: .short(2), 1: .string("UTC")] : [0: .short(2)])
        case .list: (12, [:])
        case .duration: (18, [0: .short(2)])
        }
    }
}
