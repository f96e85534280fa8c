// The names and types of a frame's columns.

/// One column's name and type.
public struct Field: Hashable, Sendable {
    /// The name, any text at all.
    public let name: String
    /// The type of the column's values.
    public let type: DataType

    public init(_ name: String, _ type: DataType) {
        self.name = name
        self.type = type
    }
}

/// The columns of a frame in order. Names are unique: whoever reads data from outside makes them so.
public struct Schema: Hashable, Sendable {
    /// The columns, first to last.
    public let fields: [Field]

    public init(_ fields: [Field]) { self.fields = fields }

    /// The place of the column called `name`.
    public func index(of name: String) -> Int? { fields.firstIndex { $0.name == name } }

    /// The names, first to last.
    public var names: [String] { fields.map(\.name) }
}
