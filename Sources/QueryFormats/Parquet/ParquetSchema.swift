// The schema of a parquet file that is read: a tree of groups and leaves, each with the levels at which it is there.
import QueryFrames

/// One element of the schema and what stands below it.
struct ParquetNode {
    let name: String
    let repetition: ParquetRepetition
    /// What the leaf is; nil for a group.
    let leaf: ParquetLeaf?
    let children: [ParquetNode]
    /// Whether a group is annotated as a list.
    let isList: Bool
    /// The definition level from which on the element is there.
    let definition: Int
    /// The repetition level at which it repeats, with what is above it.
    let repetitionLevel: Int

    /// How many leaves there are.
    var leafCount: Int { leaf == nil ? children.reduce(0) { $0 + $1.leafCount } : 1 }
}

/// The values of one leaf.
struct ParquetLeaf {
    let physical: ParquetPhysical
    /// Bytes of a value of fixed length.
    let length: Int
    let kind: ParquetKind
}

/// Reads the schema's elements, which stand in the order of a walk.
struct ParquetSchemaReader {
    private let input: CheckedBytes
    private let elements: [ThriftRecord]
    private var next = 0

    private static let depthLimit = 64

    init(_ elements: [ThriftRecord], _ input: CheckedBytes) {
        self.elements = elements
        self.input = input.named("schema")
    }

    /// The columns.
    mutating func columns() throws(FormatError) -> [ParquetNode] {
        guard let root = elements.first else { throw input.damaged }
        next = 1
        var columns: [ParquetNode] = []
        for _ in 0..<max(0, root.number(5) ?? 0) { columns.append(try node(definition: 0, repetition: 0, depth: 0)) }
        guard next == elements.count else { throw input.damaged }
        return columns
    }

    private mutating func node(definition: Int, repetition: Int, depth: Int) throws(FormatError) -> ParquetNode {
        guard next < elements.count, depth < Self.depthLimit else { throw input.damaged }
        let element = elements[next]
        next += 1
        guard let name = try element.text(4), let kind = Int32(exactly: element.number(3) ?? 0).flatMap(ParquetRepetition.init(rawValue:)) else {
            throw input.damaged
        }
        let definition = definition + (kind == .required ? 0 : 1), repetition = repetition + (kind == .repeated ? 1 : 0)
        let count = element.number(5) ?? 0
        guard count > 0 || !element.has(1) else {
            return ParquetNode(
                name: name, repetition: kind, leaf: try ParquetLeaf(element, name, input), children: [], isList: false,
                definition: definition, repetitionLevel: repetition)
        }
        guard count >= 0, count <= elements.count else { throw input.damaged }
        var children: [ParquetNode] = []
        for _ in 0..<count { children.append(try node(definition: definition, repetition: repetition, depth: depth + 1)) }
        let isList = element.record(10)?.has(3) ?? false || element.number(6) == 3
        return ParquetNode(
            name: name, repetition: kind, leaf: nil, children: children, isList: isList, definition: definition, repetitionLevel: repetition)
    }
}
