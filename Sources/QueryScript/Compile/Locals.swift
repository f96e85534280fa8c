// The local variables of a function while it is compiled, block within block.

/// A variable of a block.
struct Local {
    var register: Int
    /// Whether it lives in a cell, because a function may still see it when its block has ended.
    var isCell: Bool

    var place: Place { isCell ? .cell(register) : .register(register) }
}

/// The variables of the open blocks of one function. Most functions have few, which are looked at in turn, the innermost first.
struct Locals {
    private struct Entry {
        let name: Name
        /// Nil where the name is known and the variable is not there yet, or not any more.
        var local: Local?
        /// The cell that is there before the variable is: functions of the block refer to it.
        var pendingCell: Int?
        /// The entry of the same name further out, where `places` is in use.
        var outer: Int?
    }

    private var entries: [Entry] = []
    /// The first entry of each open block.
    private var starts: [Int] = []
    /// The innermost entry of each name, where there are many entries.
    private var places: [Name: Int] = [:]

    /// The functions among them that a `def` made, by entry.
    private var definitions: [Int: Definition] = [:]

    private static let few = 24

    var blockCount: Int { starts.count }

    var names: [Name] { entries.compactMap { $0.local == nil ? nil : $0.name } }

    /// Forgets everything but its memory.
    mutating func clear() {
        entries.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        places = [:]
        definitions = [:]
    }

    mutating func openBlock() { starts.append(entries.count) }

    mutating func closeBlock() {
        let start = starts.removeLast()
        if entries.count > Locals.few {
            if start <= Locals.few {
                places = [:]
            } else {
                for entry in entries[start...].reversed() { places[entry.name] = entry.outer }
            }
        }
        if !definitions.isEmpty { definitions = definitions.filter { $0.key < start } }
        entries.removeLast(entries.count - start)
    }

    // MARK: Finding

    /// The variable of that name in the innermost block that has one.
    subscript(_ name: Name) -> Local? {
        if let index = find(name, below: entries.count) { entries[index].local } else { nil }
    }

    /// The block, at most this one, that has a variable of that name.
    func block(of name: Name, upTo block: Int) -> Int? {
        let end = block + 1 < starts.count ? starts[block + 1] : entries.count
        guard block >= 0, let index = find(name, below: end) else { return nil }
        return starts.lastIndex { $0 <= index }
    }

    /// The function that a `def` of the block has made of that name.
    func definition(of name: Name, inBlock block: Int) -> Definition? {
        let end = block + 1 < starts.count ? starts[block + 1] : entries.count
        guard let index = find(name, below: end), index >= starts[block] else { return nil }
        return definitions[index]
    }

    private func find(_ name: Name, below end: Int) -> Int? {
        var index = last(name)
        while let found = index {
            if found < end, entries[found].local != nil { return found }
            index = before(found, name)
        }
        return nil
    }

    /// The innermost entry of that name, whether there is a variable or not.
    private func last(_ name: Name) -> Int? {
        entries.count > Locals.few ? places[name] : before(entries.count, name)
    }

    /// The entry of that name before `index`.
    private func before(_ index: Int, _ name: Name) -> Int? {
        if entries.count > Locals.few { return entries[index].outer }
        var index = index
        while index > 0 {
            index -= 1
            if entries[index].name == name { return index }
        }
        return nil
    }

    // MARK: Declaring

    /// Makes a variable of the innermost block; one of the same name there is hidden.
    mutating func declare(_ name: Name, _ local: Local, definition: Definition? = nil) {
        let index = entry(name)
        entries[index].local = local
        if definition != nil || !definitions.isEmpty { definitions[index] = definition }
        entries[index].pendingCell = nil
    }

    /// Takes a variable of the innermost block back, up to its own `let`, which will find its cell.
    mutating func postpone(_ name: Name, cell: Int) {
        let index = entry(name)
        entries[index].local = nil
        entries[index].pendingCell = cell
    }

    /// The cell that waits for a variable of the innermost block.
    func pendingCell(_ name: Name) -> Int? {
        guard let index = last(name), index >= starts[starts.count - 1] else { return nil }
        return entries[index].pendingCell
    }

    /// The entry of that name in the innermost block, a new one where it has none.
    private mutating func entry(_ name: Name) -> Int {
        let outer = last(name)
        if let outer, outer >= starts[starts.count - 1] { return outer }
        entries.append(Entry(name: name))
        if entries.count == Locals.few + 1 {
            for index in entries.indices {
                entries[index].outer = places.updateValue(index, forKey: entries[index].name)
            }
        } else if entries.count > Locals.few {
            entries[entries.count - 1].outer = outer
            places[name] = entries.count - 1
        }
        return entries.count - 1
    }
}
