// A schema that came from another program, checked once: which column type each field becomes, before any array is looked at.
import CArrow

/// The type of an imported array: its format, and the column type that follows.
struct ArrowType {
    /// The place of the array in its table: `prices.item`.
    let path: String
    /// The format string, for messages.
    let formatText: String
    let format: ArrowFormat
    /// The type of the column that is made.
    let type: DataType
    /// The type of a list's elements, or of a struct's fields; nothing for others.
    let elements: [ArrowType]
    /// The names of a struct's fields.
    let names: [String]
    /// The type of a dictionary's values, where the array is one of indexes; else nothing.
    let values: [ArrowType]

    /// Lists may be nested so deep.
    static let nestingLimit = 64

    init(_ schema: UnsafePointer<ArrowSchema>, path: String, depth: Int = 0) throws(ArrowError) {
        guard schema.pointee.release != nil else { throw .released }
        guard depth < ArrowType.nestingLimit else { throw .malformed(field: path, fault: .nestingTooDeep(limit: ArrowType.nestingLimit)) }
        guard let text = schema.pointee.format, let formatText = String(validatingCString: text) else {
            throw .malformed(field: path, fault: .format(""))
        }
        guard let isJSON = ArrowMetadata.isJSON(schema.pointee.metadata) else { throw .malformed(field: path, fault: .metadata) }
        guard let format = ArrowFormat(formatText) else { throw .unsupportedType(field: path, format: formatText) }
        let children = schema.pointee.n_children
        guard children == format.childCount.map({ Int64($0) }) ?? min(max(children, 0), ArrowTableType.columnLimit) else {
            throw .malformed(field: path, fault: .childCount(expected: format.childCount ?? 0, found: children))
        }
        var elements: [ArrowType] = [], names: [String] = [], values: [ArrowType] = []
        for index in 0..<Int(children) {
            guard let child = schema.pointee.children?[index] else { throw .malformed(field: path, fault: .missingChild(index)) }
            guard child.pointee.release != nil else { throw .released }
            guard let name = child.pointee.name.map({ String(validatingCString: $0) }) ?? "" else { throw .malformed(field: path, fault: .name) }
            names.append(name)
            elements.append(try ArrowType(child, path: "\(path).\(format == .record ? name : "item")", depth: depth + 1))
        }
        if let dictionary = schema.pointee.dictionary {
            guard case .integer = format else { throw .malformed(field: path, fault: .format(formatText)) }
            values = [try ArrowType(dictionary, path: path, depth: depth + 1)]
        }
        self.path = path
        self.formatText = formatText
        self.format = format
        self.elements = elements
        self.names = names
        self.values = values
        let inner = values.first?.type
        type = inner == .string && isJSON ? .json : inner ?? format.type(element: elements.first?.type, isJSON: isJSON)
    }
}

/// The types of a table: a struct whose children are the columns.
struct ArrowTableType {
    let schema: Schema
    let columns: [ArrowType]

    /// Column names that differ in nothing but their place are an error: which one is meant could not be said.
    init(_ schema: UnsafePointer<ArrowSchema>) throws(ArrowError) {
        guard schema.pointee.release != nil else { throw .released }
        guard let format = schema.pointee.format, String(cString: format) == "+s" else { throw .malformed(field: "", fault: .notATable) }
        let count = schema.pointee.n_children
        guard count >= 0, count <= ArrowTableType.columnLimit, count == 0 || schema.pointee.children != nil else {
            throw .malformed(field: "", fault: .length(count))
        }
        var columns: [ArrowType] = [], fields: [Field] = [], names: Set<String> = []
        for index in 0..<Int(count) {
            guard let child = schema.pointee.children?[index] else { throw .malformed(field: "", fault: .missingChild(index)) }
            // A released struct has no name that could be read.
            guard child.pointee.release != nil else { throw .released }
            guard let name = child.pointee.name.map({ String(validatingCString: $0) }) ?? "" else {
                throw .malformed(field: "column \(index + 1)", fault: .name)
            }
            guard names.insert(name).inserted else { throw .repeatedName(name) }
            let type = try ArrowType(UnsafePointer(child), path: name)
            columns.append(type)
            fields.append(Field(name, type.type))
        }
        self.columns = columns
        self.schema = Schema(fields)
    }

    fileprivate static let columnLimit: Int64 = 1 << 20
}
