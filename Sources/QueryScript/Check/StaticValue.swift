// What is known of a value before the script runs: itself, its type, its columns, or nothing.
import QueryFrames

/// What a check knows of a value.
indirect enum StaticValue {
    case unknown
    /// The value itself: a literal, or what a name always stands for.
    case exact(ScriptValue)
    /// A single value of this type.
    case scalar(DataType)
    case list
    /// A list of records, and the columns that they make where rows are wanted.
    case records(StaticSchema)
    case range
    /// A record with these fields, in order.
    case record([(name: String, value: StaticValue)])
    /// Rows, and their columns where they are known.
    case frame(StaticSchema?)
    /// A job, and the columns of its rows where they are known.
    case job(StaticSchema?)
    /// A function of a script.
    case function(StaticFunction)
}

/// The columns of rows.
struct StaticSchema {
    var schema: Schema
    /// Whether the types are known as well as the names; a type that is not is given as null, which goes with all others.
    var hasTypes: Bool
}

/// A function of a script, as its calls have to know it.
struct StaticFunction {
    var name: String
    var arity: ClosedRange<Int>
    /// The place of its name, in the file `file`.
    var span: Span
    var file: String
}

extension StaticValue {
    /// A value that stands for all those that it could be, where a check of its type alone takes one.
    var sample: ScriptValue? {
        switch self {
        case .exact(let value): value
        case .scalar(let type): type.sample.map { .scalar($0) }
        case .list, .records: .list([])
        case .range: .range(0, 0)
        case .record: .record([])
        case .frame: .frame(Frame(schema: Schema([]), batches: []))
        case .function(let function): .function(function.name)
        case .job, .unknown: nil
        }
    }

    /// The type of a single value; nil where it is none, not known, or one whose values are more than their type says, as JSON.
    var scalarType: DataType? {
        switch self {
        case .exact(.scalar(let value)): value.type == .null ? nil : value.type
        case .scalar(let type): type == .null || type.sample == nil ? nil : type
        default: nil
        }
    }

    /// The name of its type, where that is known.
    var typeName: String? {
        if case .job = self { return "job" }
        return sample?.typeName
    }

    /// The columns of the rows that it is or stands for.
    var schema: StaticSchema? {
        switch self {
        case .frame(let schema), .job(let schema): schema
        case .records(let schema): schema
        default: nil
        }
    }
}

extension StaticSchema {
    /// The columns of a list of records; nil where not all of its items are known to be some.
    init?(records: [StaticValue]) {
        var fields: [Field] = []
        hasTypes = true
        for item in records {
            guard case .record(let values) = item else { return nil }
            for (name, value) in values {
                let type = value.scalarType ?? .null
                guard let place = fields.firstIndex(where: { $0.name == name }) else {
                    fields.append(Field(name, type))
                    continue
                }
                if fields[place].type != type { fields[place] = Field(name, .null) }
            }
        }
        schema = Schema(fields)
        hasTypes = fields.allSatisfy { $0.type != .null }
    }
}

extension DataType {
    /// A value of the type, for checks that look at nothing but that; nil where a script has no single values of it.
    fileprivate var sample: Scalar? {
        switch self {
        case .bool: .bool(true)
        case .int64: .int(1)
        case .float64: .float(1)
        case .string: .string("")
        case .date: .date(0)
        case .timestamp(let utc): .timestamp(0, utc: utc)
        case .duration: .duration(1)
        default: nil
        }
    }
}
