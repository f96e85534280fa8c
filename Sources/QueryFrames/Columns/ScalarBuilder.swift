// Columns from single values, whose type is known but not at compile time.

/// Appends single values to the builder of their type.
public final class ScalarBuilder {
    private let builder: any ColumnBuilder

    /// An empty builder of columns of `type`, with room for `capacity` rows.
    public init(_ type: DataType, capacity: Int = 1024) {
        builder = switch type {
        case .null: NullBuilder()
        case .bool: BoolBuilder(capacity: capacity)
        case .int64, .timestamp, .duration: FixedBuilder<Int64>(type, capacity: capacity)
        case .float64: FixedBuilder<Double>(type, capacity: capacity)
        case .decimal: FixedBuilder<Int128>(type, capacity: capacity)
        case .date: FixedBuilder<Int32>(type, capacity: capacity)
        case .string, .json, .binary: StringBuilder(type, capacity: capacity)
        case .list(let element): ListBuilder(of: element, capacity: capacity)
        }
    }

    /// The type of the column under construction.
    public var type: DataType { builder.type }

    /// Rows appended so far.
    public var count: Int { builder.count }

    /// Appends `value`, which is null or of the builder's type (an int where it builds floats or decimals, a decimal of no
    /// greater scale, a date where it builds timestamps).
    public func append(_ value: Scalar) {
        switch (value, builder) {
        case (.bool(let value), let builder as BoolBuilder): builder.append(value)
        case (.int(let value), let builder as FixedBuilder<Int64>): builder.append(value)
        case (.int(let value), let builder as FixedBuilder<Double>): builder.append(Double(value))
        case (.int(let value), let builder as FixedBuilder<Int128>): append(Decimal128(value), to: builder)
        case (.decimal(let value), let builder as FixedBuilder<Int128>): append(value, to: builder)
        case (.float(let value), let builder as FixedBuilder<Double>): builder.append(value)
        case (.date(let value), let builder as FixedBuilder<Int32>): builder.append(value)
        case (.timestamp(let value, _), let builder as FixedBuilder<Int64>): builder.append(value)
        case (.date(let value), let builder as FixedBuilder<Int64>): TimeArithmetic.midnight(value).map { builder.append($0) } ?? builder.appendNull()
        case (.duration(let value), let builder as FixedBuilder<Int64>): builder.append(value)
        case (.string(let value), let builder as StringBuilder), (.json(let value), let builder as StringBuilder): builder.append(value)
        case (.binary(let bytes), let builder as StringBuilder): bytes.withUnsafeBytes { builder.append($0) }
        case (.list(let values), let builder as ListBuilder):
            for value in values { builder.elements.append(value) }
            builder.endRow()
        default: builder.appendNull()
        }
    }

    private func append(_ value: Decimal128, to builder: FixedBuilder<Int128>) {
        guard case .decimal(let scale) = builder.type, let value = value.rescaled(to: scale) else { return builder.appendNull() }
        builder.append(value.unscaled)
    }

    /// The column of the values appended; the builder must not be used afterwards.
    public func finish() -> Column { builder.finish() }
}

extension Column {
    /// A column of `values`, each null or of `type`.
    public convenience init(_ type: DataType, _ values: [Scalar]) {
        let builder = ScalarBuilder(type, capacity: values.count)
        for value in values { builder.append(value) }
        let column = builder.finish()
        self.init(type: type, count: column.count, validity: column.validity, nullCount: column.nullCount, storage: column.storage)
    }
}
