// Names of columns as they come from data, made unique: a frame's columns can be told apart by name.

/// Gives each column a name of its own.
public struct ColumnNames: Sendable {
    /// The names given so far, in order.
    public private(set) var names: [String] = []
    /// Which names had to be changed: the column, from 1, what it was called, and what it is called now.
    public private(set) var changes: [(index: Int, from: String, to: String)] = []

    /// The names of `wanted` where they are free; `name_2` for the second of a name, `column_3` for a third column without one.
    public init(_ wanted: [String]) {
        // Names that need no change win over those made up, whatever their order.
        let given = Set(wanted)
        var taken: Set<String> = []
        var suffixes: [String: Int] = [:]
        for (index, name) in wanted.enumerated() {
            var unique = name.isEmpty ? "column_\(index + 1)" : name
            if taken.contains(unique) || (name.isEmpty && given.contains(unique)) {
                let stem = unique
                var number = suffixes[stem] ?? 1
                repeat {
                    number += 1
                    unique = "\(stem)_\(number)"
                } while taken.contains(unique) || given.contains(unique)
                suffixes[stem] = number
            }
            taken.insert(unique)
            names.append(unique)
            if unique != name { changes.append((index + 1, name, unique)) }
        }
    }
}
