// `x.name` and `x[i]` of a row expression: into JSON and lists of the row, or into what the script has.
import QueryFrames

extension Compiler {
    /// The node of `x.name[0]`. Where `x` can only be the script's own (`$r.month`, a pipeline, a call of a `def`), the script computes
    /// it before. Where `x` may be a column or a variable, both are there, and the schema decides.
    mutating func rowReach(_ id: NodeID, _ nodes: inout [Expression.Node], _ layout: inout CallLayout) -> Int {
        var links: [NodeID] = []
        var root = id
        walk: while true {
            switch tree[root] {
            case .member(let next, _), .index(let next, _):
                links.append(root)
                root = next
            default: break walk
            }
        }
        // In the body of a function, names from around it are captured; what the function was given differs from row to row.
        if let called = rowFunctions.last {
            switch tree[root] {
            case .name(let name) where called.values[tree.text(name)] == nil: return rowPath(id, &nodes, &layout)
            case .variable, .pipeline, .record, .range: return rowPath(id, &nodes, &layout)
            default: return rowLinks(links, from: root, computed: nil, &nodes, &layout)
            }
        }
        // The longest part that the script can follow, without an index that has columns in it.
        var computed: (link: NodeID, name: String)?
        switch tree[root] {
        case .variable, .pipeline, .record, .range: return scriptValue(id, &nodes, &layout)
        case .call(let name, _)
        where Functions.row(named: tree.text(name)) == nil && (place(of: name) != nil || CommandTable.standard.function(tree.text(name)) != nil):
            return scriptValue(id, &nodes, &layout)
        case .name(let name) where place(of: name) != nil:
            var last: NodeID?
            for link in links.reversed() {
                guard isScripted(link) else { break }
                last = link
            }
            computed = last.map { ($0, attempted($0, &layout)) }
        default: break
        }
        return rowLinks(links, from: root, computed: computed, &nodes, &layout)
    }

    /// The nodes of `links`, the last one first, over that of `root`.
    private mutating func rowLinks(
        _ links: [NodeID], from root: NodeID, computed: (link: NodeID, name: String)?, _ nodes: inout [Expression.Node],
        _ layout: inout CallLayout
    ) -> Int {
        var current = rowNode(root, &nodes, &layout)
        for link in links.reversed() {
            let whole = link == computed?.link ? computed?.name : nil
            switch tree[link] {
            case .member(_, let name): current = add(.member(current, tree.text(name), computed: whole), link, &nodes, &layout)
            case .index(_, let index):
                let place = rowNode(index, &nodes, &layout)
                current = add(.index(current, place, computed: whole), link, &nodes, &layout)
            default: break
            }
        }
        return current
    }

    /// Whether the link is one that the script can follow: a name, or an index without columns in it.
    private mutating func isScripted(_ link: NodeID) -> Bool {
        guard case .index(_, let index) = tree[link] else { return true }
        switch tree[index] {
        case .literal, .variable, .pipeline: return true
        case .unary(_, let operand): if case .literal = tree[operand] { return true } else { return false }
        case .name(let name): return place(of: name) != nil
        default: return false
        }
    }

    /// The name of a variable of the call that holds what the script computes for `id`. Its variable may not be meant at all, so what goes
    /// wrong is kept as the value.
    private mutating func attempted(_ id: NodeID, _ layout: inout CallLayout) -> String {
        let name = program.source.text(tree.span(id)), span = tree.span(id)
        if layout.variables.contains(where: { $0.name == name }) { return name }
        let target = register(span)
        let begin = emit(.init(.beginTry, a: UInt8(target)), span)
        value(id, into: target)
        emit(.init(.endTry), span)
        patch(begin)
        layout.variables.append((name, target - layout.base))
        return name
    }
}
