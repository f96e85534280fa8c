// A function of the script while a call of it becomes part of an expression over columns.

/// One call: `net(revenue)`, where `def net(x) { x * 0.81 }` becomes `revenue * 0.81`.
struct RowFunction {
    /// Where a name is looked up.
    enum Scope: Hashable {
        /// In the blocks of a function that is being compiled, up to one of them, and in what is around it.
        case local(function: Int, block: Int)
        /// Among these globals.
        case globals([String: Int])
    }

    /// Where a variable lives.
    enum Origin: Hashable {
        case local(function: Int, block: Int)
        case global(Int)
    }

    /// A variable of a script, or what a path such as `.rate` leads to from it.
    struct Capture: Hashable {
        var name: String
        var origin: Origin
        var path: [String] = []
    }

    /// What a name that is called means.
    struct Called {
        let name: String
        let origin: Origin
        let definition: Definition
    }

    let called: Called
    /// From where its own names are looked up.
    let scope: Scope
    /// The place of the call, where the function stands in another source than the call.
    let callSpan: Span?
    /// The nodes of its arguments and variables by name.
    var values: [String: Int] = [:]
}
