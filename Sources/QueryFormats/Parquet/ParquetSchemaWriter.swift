// The schema of a parquet file that is written, as the footer holds it: groups and leaves in the order of a walk.
import QueryFrames

enum ParquetSchemaWriter {
    /// The elements of the schema, the root first.
    static func elements(_ schema: Schema) -> [ThriftValue] {
        var elements: [ThriftValue] = [.record([(4, .text("schema")), (5, .int(Int32(truncatingIfNeeded: schema.fields.count)))])]
        for field in schema.fields { append(field.name, field.type, to: &elements) }
        return elements
    }

    private static func append(_ name: String, _ type: DataType, to elements: inout [ThriftValue]) {
        if case .list(let element) = type {
            elements.append(
                .record([
                    (3, .int(ParquetRepetition.optional.rawValue)), (4, .text(name)), (5, .int(1)), (6, .int(3)), (10, .record([(3, .record([]))])),
                ]))
            elements.append(.record([(3, .int(ParquetRepetition.repeated.rawValue)), (4, .text("list")), (5, .int(1))]))
            return append("element", element, to: &elements)
        }
        elements.append(leaf(name, type))
    }

    private static func leaf(_ name: String, _ type: DataType) -> ThriftValue {
        var fields: [(id: Int, value: ThriftValue)] = [(1, .int(physical(type).rawValue))]
        if case .decimal = type { fields.append((2, .int(16))) }
        fields += [(3, .int(ParquetRepetition.optional.rawValue)), (4, .text(name))]
        /// What older readers know, and what newer ones do.
        let none: ThriftValue = .record([])
        switch type {
        case .string: fields += [(6, .int(0)), (10, .record([(1, none)]))]
        case .decimal(let scale):
            let scale = ThriftValue.int(Int32(scale)), precision = ThriftValue.int(Int32(Decimal128.maximumDigits))
            fields += [(6, .int(5)), (7, scale), (8, precision), (10, .record([(5, .record([(1, scale), (2, precision)]))]))]
        case .date: fields += [(6, .int(6)), (10, .record([(6, none)]))]
        case .timestamp(let utc):
            if utc { fields.append((6, .int(10))) }
            fields.append((10, .record([(8, .record([(1, .bool(utc)), (2, .record([(2, none)]))]))])))
        case .null: fields.append((10, .record([(11, none)])))
        case .json: fields += [(6, .int(19)), (10, .record([(12, none)]))]
        case .bool, .int64, .float64, .duration, .binary, .list: break
        }
        return .record(fields)
    }

    static func physical(_ type: DataType) -> ParquetPhysical {
        switch type {
        case .bool: .boolean
        case .null, .date: .int32
        case .int64, .timestamp, .duration: .int64
        case .float64: .double
        case .decimal: .fixedBytes
        case .string, .json, .binary: .byteArray
        case .list(let element): physical(element)
        }
    }

    /// The names on the way to the leaf of a column.
    static func path(_ field: Field) -> [String] {
        [field.name] + Array(repeating: ["list", "element"], count: field.type.listDepth).flatMap { $0 }
    }
}
