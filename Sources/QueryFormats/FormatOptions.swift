// The options of one read or write: what a script gave after `with`, and what only the host knows.
import QueryFrames

/// Options by name, as they stand after `with`, and the host's own settings.
public struct FormatOptions: Sendable {
    /// The values given, by the option's name.
    public var values: [String: Scalar]
    /// Columns of the terminal that the text is for; nil where it is for none, and nothing may be cut.
    public var width: Int?
    /// Whether the terminal takes colour and dim text.
    public var styled: Bool

    public init(values: [String: Scalar] = [:], width: Int? = nil, styled: Bool = false) {
        self.values = values
        self.width = width
        self.styled = styled
    }
}

/// Reads a format's options, each once and checked; `Arguments` are what is left of `FormatOptions` for one format.
struct FormatArguments {
    let format: String
    let values: [String: Scalar]

    /// Refuses an option that `known` does not name.
    init(_ options: FormatOptions, format: String, known: [FormatOption]) throws(FormatError) {
        self.format = format
        values = options.values
        let names = known.map(\.name)
        if let stranger = values.keys.filter({ !names.contains($0) }).min() {
            throw .unknownOption(format: format, name: stranger, known: names)
        }
    }

    func bool(_ name: String, default fallback: Bool) throws(FormatError) -> Bool {
        switch values[name] {
        case nil: return fallback
        case .bool(let value)?: return value
        case let value?: throw .optionType(format: format, name: name, expected: "bool", found: value.typeName)
        }
    }

    func string(_ name: String) throws(FormatError) -> String? {
        switch values[name] {
        case nil: return nil
        case .string(let value)?: return value
        case let value?: throw .optionType(format: format, name: name, expected: "string", found: value.typeName)
        }
    }

    /// A number of at least `minimum`.
    func count(_ name: String, minimum: Int64) throws(FormatError) -> Int? {
        switch values[name] {
        case nil: return nil
        case .int(let value)?:
            guard value >= minimum else {
                throw .optionValue(format: format, name: name, value: String(value), expected: "a number from \(minimum) on")
            }
            return Int(value)
        case let value?: throw .optionType(format: format, name: name, expected: "int", found: value.typeName)
        }
    }
}
