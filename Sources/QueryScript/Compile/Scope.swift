// Names of variables while a script is compiled: globals, which live as long as the session, and locals in registers.

/// The variables of a session's outermost level, by name; a prompt's lines share them.
struct GlobalNames: Sendable {
    private(set) var slots: [String: Int] = [:]
    private(set) var names: [String] = []

    /// A slot for a new variable; an older one of the name is shadowed from here on.
    mutating func declare(_ name: String) -> Int {
        names.append(name)
        slots[name] = names.count - 1
        return names.count - 1
    }

    /// Forgets the variables whose slots `isDefined` denies: their `let` failed.
    mutating func keep(_ isDefined: (Int) -> Bool) {
        slots = slots.filter { isDefined($0.value) }
    }
}

/// Where a variable's value is.
enum Place {
    case register(Int)
    case global(Int)
}
