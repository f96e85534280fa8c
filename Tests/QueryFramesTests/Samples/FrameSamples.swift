// Columns and frames as tests write them, in every layout that a column can have.
@testable import QueryFrames

/// A column of `type` that holds `values`.
func column(_ type: DataType, _ values: [Scalar]) -> Column { Column(type, values) }

/// The same strings as a dictionary, of which the first value is used by no row. Null rows have an index out of range.
func dictionary(_ values: [Scalar]) -> Column {
    var distinct: [Scalar] = [.string("unused")]
    let indices = FixedBuilder<Int32>(.date, capacity: 1)
    var validity = ValidityBuilder()
    for (row, value) in values.enumerated() {
        guard case .string(let text) = value else {
            indices.append(1_000_000)
            validity.appendNull(row)
            continue
        }
        let found = distinct.firstIndex { if case .string(let other) = $0 { other.utf8.elementsEqual(text.utf8) } else { false } }
        if found == nil { distinct.append(value) }
        indices.append(Int32(found ?? distinct.count - 1))
        validity.appendValid(row)
    }
    guard case .fixed(let buffer) = indices.finish().storage else { preconditionFailure("a fixed-width column") }
    let (valid, nulls) = validity.finish(values.count)
    return Column(
        type: .string, count: values.count, validity: valid, nullCount: nulls,
        storage: .dictionary(indices: buffer, values: column(.string, distinct)))
}

/// A named column of a frame under construction.
struct Data {
    let name: String
    let type: DataType
    let values: [Scalar]

    init(_ name: String, _ type: DataType, _ values: [Scalar]) {
        self.name = name
        self.type = type
        self.values = values
    }

    static func ints(_ name: String, _ values: [Int64?]) -> Data {
        Data(name, .int64, values.map { $0.map { .int($0) } ?? .null })
    }

    static func floats(_ name: String, _ values: [Double?]) -> Data {
        Data(name, .float64, values.map { $0.map { .float($0) } ?? .null })
    }

    static func strings(_ name: String, _ values: [String?]) -> Data {
        Data(name, .string, values.map { $0.map { .string($0) } ?? .null })
    }

    static func bools(_ name: String, _ values: [Bool?]) -> Data {
        Data(name, .bool, values.map { $0.map { .bool($0) } ?? .null })
    }

    static func dates(_ name: String, _ values: [Int32?]) -> Data {
        Data(name, .date, values.map { $0.map { .date($0) } ?? .null })
    }
}

/// How the columns of a frame are laid out.
enum Layout: CaseIterable {
    /// One batch of plain columns.
    case plain
    /// Batches of three rows.
    case batches
    /// Slices that begin at odd rows of longer columns.
    case slices
    /// Strings as dictionaries, batches of seven rows.
    case dictionaries
}

/// A frame of these columns.
func frame(_ data: [Data], _ layout: Layout = .plain) -> Frame {
    let schema = Schema(data.map { Field($0.name, $0.type) })
    let count = data.first?.values.count ?? 0
    func batch(_ rows: Range<Int>) -> RecordBatch {
        RecordBatch(count: rows.count, columns: data.map { data in
            let values = Array(data.values[rows])
            switch layout {
            case .plain, .batches: return column(data.type, values)
            case .slices:
                // What lies around the slice are values that occur, and nulls.
                let some = values.first ?? .null
                return column(data.type, [some, .null, some] + values + [.null, some]).slice(3, values.count)
            case .dictionaries: return data.type == .string ? dictionary(values) : column(data.type, values)
            }
        })
    }
    let size = switch layout {
    case .plain, .slices: max(count, 1)
    case .batches: 3
    case .dictionaries: 7
    }
    return Frame(schema: schema, batches: stride(from: 0, to: count, by: size).map { batch($0..<min($0 + size, count)) })
}

extension Frame {
    /// The values of a column, first to last.
    func values(_ column: Int) -> [Scalar] {
        batches.flatMap { batch in (0..<batch.count).map { batch.columns[column].scalar($0) } }
    }

    /// The values of the column called `name`.
    func values(_ name: String) -> [Scalar] { schema.index(of: name).map { values($0) } ?? [] }
}

/// Whether two values are the same to the last bit; all NaNs are one, and decimals are what they are at any scale.
func same(_ a: Scalar, _ b: Scalar) -> Bool {
    switch (a, b) {
    case (.float(let x), .float(let y)): x.bitPattern == y.bitPattern || (x.isNaN && y.isNaN)
    case (.string(let x), .string(let y)): x.utf8.elementsEqual(y.utf8)
    case (.decimal(let x), .decimal(let y)): x.shortest == y.shortest
    case (.list(let x), .list(let y)): same(x, y)
    default: a == b
    }
}

/// Whether two lists of values are.
func same(_ a: [Scalar], _ b: [Scalar]) -> Bool { a.count == b.count && zip(a, b).allSatisfy { same($0, $1) } }

/// The one column of `expression` over the frame.
func evaluate(_ sample: Sample, _ frame: Frame, _ variables: [String: Scalar] = [:]) throws -> [Scalar] {
    let select = Transform.select([Projection(name: "result", expression: sample.expression)])
    return try Plan([select], schema: frame.schema, variables: variables).run(over: frame).values(0)
}

/// The value of an expression over one row without columns.
func evaluate(_ sample: Sample, _ variables: [String: Scalar] = [:]) throws -> Scalar {
    let one = Frame(schema: Schema([]), batches: [RecordBatch(count: 1, columns: [])])
    return try evaluate(sample, one, variables)[0]
}

/// The error with which the expression does not fit the schema; nil where it does.
func planError(_ sample: Sample, _ fields: [Field] = [], _ variables: [String: Scalar] = [:]) -> PlanError? {
    do throws(PlanError) {
        _ = try Plan([.select([Projection(name: "result", expression: sample.expression)])], schema: Schema(fields), variables: variables)
        return nil
    } catch {
        return error
    }
}

/// The error with which evaluating stops; nil where it does not.
func evaluationError(_ sample: Sample, _ frame: Frame) -> EvaluationError? {
    do {
        _ = try evaluate(sample, frame)
        return nil
    } catch {
        return error as? EvaluationError
    }
}
