// Which columns a join compares and which it gives, worked out from two schemas before a row is read.

/// The columns of a join.
struct JoinColumns: Sendable {
    /// How the values of a key are compared.
    enum Comparison: Sendable {
        /// As values of this type, which both sides have.
        case same(DataType)
        /// As ints: one side has floats, of which those that are no ints equal nothing.
        case ints
        /// One side is of the type null, which equals nothing.
        case nothing

        /// The type by which keys are looked up.
        var type: DataType {
            switch self {
            case .same(let type): type
            case .ints: .int64
            case .nothing: .null
            }
        }

        /// The column in the form in which it is compared.
        func form(_ column: Column) -> Column {
            switch self {
            case .same: column
            case .ints: column.type == .float64 ? column.exactInts() : column
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
            if kind == .right || kind == .full { fields[a] = Field(pair.left, types.0.united(with: types.1) ?? types.0) }
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
        default:
            guard left == right else {
                throw .joinTypes(left: pair.left, leftType: left.name, right: pair.right, rightType: right.name, mark: pair.rightMark)
            }
            return .same(left)
        }
    }
}
