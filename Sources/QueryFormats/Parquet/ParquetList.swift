// Lists in parquet's schema: the group of three levels that the format asks for, and the older ways of writing the same.
import QueryFrames

/// The levels of one list on the way to a leaf.
struct ParquetList {
    /// The definition level from which on the list is not null.
    let present: Int
    /// The definition level from which on it has an element.
    let repeated: Int
}

/// A column whose values are those of one leaf, within any number of lists.
struct ParquetColumn {
    let name: String
    let lists: [ParquetList]
    let node: ParquetNode
    let leaf: ParquetLeaf
    /// The type of the frame's column.
    let type: DataType
    /// The place of the leaf among all leaves.
    let index: Int

    /// Nil where the column is a struct, a map, or has one in its lists.
    init?(_ column: ParquetNode, index: Int) {
        var lists: [ParquetList] = []
        var node = column
        while true {
            if node.repetition == .repeated {
                // A repeated field without a list around it is one, which cannot be null.
                lists.append(ParquetList(present: lists.last?.repeated ?? 0, repeated: node.definition))
                guard node.leaf == nil else { break }
                return nil
            }
            if node.leaf != nil { break }
            guard node.isList, node.children.count == 1, let inner = node.children.first, inner.repetition == .repeated else { return nil }
            lists.append(ParquetList(present: node.definition, repeated: inner.definition))
            if inner.leaf != nil {
                node = inner
                break
            }
            // A repeated group with one field is only there to repeat, unless its name says that it is a struct.
            guard inner.children.count == 1, let element = inner.children.first, inner.name != "array", inner.name != node.name + "_tuple" else {
                return nil
            }
            node = element
            if node.repetition == .repeated { return nil }
        }
        guard let leaf = node.leaf, lists.count <= DataType.listLimit else { return nil }
        name = column.name
        self.lists = lists
        self.node = node
        self.leaf = leaf
        self.index = index
        type = lists.reduce(leaf.kind.type(leaf.physical)) { type, _ in .list(type) }
    }
}
