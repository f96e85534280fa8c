// Which columns a join compares and which it gives, worked out from two schemas before a row is read.

/// The columns of a join.
struct JoinColumns: Sendable {
    /// How the values of a key are compared.
    enum Comparison: Sendable {
        /// As values of this type, which both sides have.
        case same(DataType)
        /// As ints: one side has floats, of which those that are no ints equal nothing.
        case ints
        /// As decimals of this scale: one side has fewer digits, or ints or floats, of which those that are no such decimals equal
        /// nothing.
        case decimals(scale: Int)
        /// One side is of the type null, which equals nothing.
        case nothing

        /// The type by which keys are looked up.
        var type: DataType {
            switch self {
            case .same(let type): type
            case .ints: .int64
            case .decimals(let scale): .decimal(scale: scale)
            case .nothing: .null
            }
        }

        /// The column in the form in which it is compared.
        func form(_ column: Column) -> Column {
            switch self {
            case .same: column
            case .ints: column.type == .float64 ? column.exactInts() : column
            case .decimals(let scale): column.exactDecimals(scale: scale)
            case .nothing: .nulls(column.count)
            }
        }
    }

    /// A pair of columns that have to be equal.
    struct Key: Sendable {
        let left: Int
        let right: Int
        let comparison: Comparison
    }

    let keys: [Key]
    /// The columns of the result.
    let schema: Schema
    /// For each left column, the key by which it is filled from the right side where the row is only there.
    let filledFrom: [Int?]
    /// The right columns that come after the left ones.
    let rightColumns: [Int]

    init(_ kind: JoinKind, _ left: Schema, _ right: Schema, on pairs: [JoinKey], mark: Int32) throws(PlanError) {
        guard pairs.isEmpty == (kind == .cross) else { throw .joinColumns(kind: kind, mark: pairs.first?.leftMark ?? mark) }
        var keys: [Key] = []
        var fields = left.fields
        var filledFrom: [Int?] = left.fields.map { _ in nil }
        var shared: Set<Int> = []
        for pair in pairs {
            guard let a = left.index(of: pair.left) else { throw .unknownColumn(name: pair.left, columns: left.names, mark: pair.leftMark) }
            guard let b = right.index(of: pair.right) else {
                throw .unknownColumn(name: pair.right, columns: right.names, mark: pair.rightMark)
            }
            let types = (left.fields[a].type, right.fields[b].type)
            keys.append(Key(left: a, right: b, comparison: try JoinColumns.comparison(pair, types.0, types.1)))
            guard pair.isShared else { continue }
            shared.insert(b)
            filledFrom[a] = keys.count - 1
            // Where the column is filled from either side it has to have room for the values of both.
            if kind == .right || kind == .full {
                // Floats and decimals compare, but no column has room for both.
                guard let united = types.0.united(with: types.1) else { throw JoinColumns.mismatch(pair, types.0, types.1) }
                fields[a] = Field(pair.left, united)
            }
        }
        var rightColumns: [Int] = []
        if kind != .semi && kind != .anti {
            var names = Set(left.names)
            for (place, field) in right.fields.enumerated() where !shared.contains(place) {
                let name = left.index(of: field.name) == nil ? field.name : field.name + "_right"
                guard names.insert(name).inserted else { throw .duplicateColumn(name: name, mark: mark) }
                rightColumns.append(place)
                fields.append(Field(name, field.type))
            }
        }
        self.keys = keys
        schema = Schema(fields)
        self.filledFrom = filledFrom
        self.rightColumns = rightColumns
    }

    private static func comparison(_ pair: JoinKey, _ left: DataType, _ right: DataType) throws(PlanError) -> Comparison {
        if left == .null || right == .null { return .nothing }
        switch (left, right) {
        case (.int64, .float64), (.float64, .int64): return .ints
        case (.decimal(let scale), .float64), (.float64, .decimal(let scale)): return .decimals(scale: scale)
        case (.int64, .decimal), (.decimal, .int64), (.decimal, .decimal):
            return left == right ? .same(left) : .decimals(scale: max(left.decimalScale ?? 0, right.decimalScale ?? 0))
        default:
            guard left == right else { throw mismatch(pair, left, right) }
            return .same(left)
        }
    }

    private static func mismatch(_ pair: JoinKey, _ left: DataType, _ right: DataType) -> PlanError {
        .joinTypes(left: pair.left, leftType: left.name, right: pair.right, rightType: right.name, mark: pair.rightMark)
    }
}
