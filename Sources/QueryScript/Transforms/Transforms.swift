// The rows of the transforms.
import QueryFrames

extension TransformRow {
    static let `where` = TransformRow(
        UsageLine(builtIn: "where EXPR"),
        summary: "Keep the rows for which the condition is true.",
        example: "j | where revenue > 1000 and region in [\"EU\", \"UK\"]"
    ) { (arguments) throws(ScriptError) in
        .transform(.where(try arguments.expression("expr")))
    }

    static let select = TransformRow(
        UsageLine(builtIn: "select COL | NAME = EXPR, ..."),
        summary: "Keep just these columns, in this order; new ones are given as NAME = EXPR.",
        example: "j | select region, net = revenue * 0.81", allowsWindows: true
    ) { (arguments) throws(ScriptError) in
        .transform(.select(try arguments.projections("items")))
    }

    static let derive = TransformRow(
        UsageLine(builtIn: "derive NAME = EXPR, ..."),
        summary: "Add columns, or replace those of the same name; each expression sees the ones before it.",
        example: "j | derive total = price * quantity, tax = total * 0.19", allowsWindows: true
    ) { (arguments) throws(ScriptError) in
        .transform(.derive(try arguments.projections("items")))
    }

    static let sort = TransformRow(
        UsageLine(builtIn: "sort EXPR [asc|desc] [nulls first|last], ..."),
        summary: "Order the rows; equal ones keep their order, nulls come last unless you say otherwise.",
        example: "j | sort revenue desc, region"
    ) { (arguments) throws(ScriptError) in
        var keys: [SortKey] = []
        for item in arguments.list("items") {
            keys.append(SortKey(
                try item.expression("expr"), descending: item.flag("asc") == "desc", nullsFirst: item.flag("nulls") == "first"))
        }
        return .transform(.sort(keys))
    }

    static let take = TransformRow(
        UsageLine(builtIn: "take N [by COL, ...]"),
        summary: "Keep the first rows, of the whole or of each group.",
        example: "j | sort revenue desc | take 3 by region"
    ) { (arguments) throws(ScriptError) in
        let count = try arguments.rowCount("n")
        return .transform(.take(count, by: try arguments.columns("by")))
    }

    static let skip = TransformRow(
        UsageLine(builtIn: "skip N"),
        summary: "Drop the first rows.",
        example: "j | sort revenue desc | skip 10 | take 10"
    ) { (arguments) throws(ScriptError) in
        .transform(.skip(try arguments.rowCount("n")))
    }

    static let tail = TransformRow(
        UsageLine(builtIn: "tail N"),
        summary: "Keep the last rows.",
        example: "j | sort month | tail 3"
    ) { (arguments) throws(ScriptError) in
        .transform(.tail(try arguments.rowCount("n")))
    }

    static let sample = TransformRow(
        UsageLine(builtIn: "sample N [seed N]"),
        summary: "Keep rows chosen by chance, in their order; the same seed chooses the same ones.",
        example: "j | sample 100 seed 42"
    ) { (arguments) throws(ScriptError) in
        .transform(.sample(try arguments.rowCount("n"), seed: try arguments.int("seed")))
    }

    static let distinct = TransformRow(
        UsageLine(builtIn: "distinct [COL, ...]"),
        summary: "Keep the first of equal rows, or the first row of each group of equal columns, whole.",
        example: "j | distinct region, customer"
    ) { (arguments) throws(ScriptError) in
        .transform(.distinct(try arguments.columns("items")))
    }

    static let summarize = TransformRow(
        UsageLine(builtIn: "summarize NAME = EXPR, ... [by COL | NAME = EXPR, ...]"),
        summary: "Make one row of each group, in order of first appearance; each EXPR is made of aggregates such as sum(x).",
        example: "j | summarize orders = count(), total = sum(revenue) by region"
    ) { (arguments) throws(ScriptError) in
        .transform(.summarize(try arguments.projections("items"), by: try arguments.projections("by")))
    }

    static let join = TransformRow(
        UsageLine(builtIn: "join [inner|left|right|full|semi|anti|cross] FRAME [on COL | LEFT == RIGHT, ...]"),
        summary: "Put rows beside those of another frame where the columns are equal; null equals nothing.",
        example: "j | join left customers on customer == name"
    ) { (arguments) throws(ScriptError) in
        let kind = arguments.flag("inner").flatMap { JoinKind(rawValue: $0) } ?? .inner
        var keys: [JoinKey] = []
        for item in arguments.list("on") {
            if item["left"] == nil {
                keys.append(JoinKey(try item.requiredWord("col"), mark: item.mark("col")))
            } else {
                keys.append(JoinKey(
                    try item.requiredWord("left"), equals: try item.requiredWord("right"), leftMark: item.mark("left"),
                    rightMark: item.mark("right")))
            }
        }
        return .transform(.join(kind, try arguments.frame("frame"), on: keys, mark: arguments.mark("frame")))
    }

    static let union = TransformRow(
        UsageLine(builtIn: "union FRAME"),
        summary: "Add the rows of another frame; columns go by name, and what a side lacks is null.",
        example: "j | union k"
    ) { (arguments) throws(ScriptError) in
        .transform(.union(try arguments.frame("frame"), mark: arguments.mark("frame")))
    }

    static let count = TransformRow(
        UsageLine(builtIn: "count -> int"),
        summary: "Give the number of rows.",
        example: "j | where returned | count"
    ) { (_) throws(ScriptError) in .count }
}

extension Arguments {
    /// A number of rows.
    fileprivate func rowCount(_ key: String) throws(ScriptError) -> Int {
        guard let count = try int(key), count >= 0 else { throw fault(key, "a number of rows that is not negative", "a negative one") }
        return Int(clamping: count)
    }

    /// A frame; the session has made one of whatever stands for it.
    fileprivate func frame(_ key: String) throws(ScriptError) -> Frame {
        guard case .frame(let frame)? = value(key) else { throw fault(key, "a frame", "nothing") }
        return frame
    }

    /// The columns of `take ... by` and `distinct`.
    fileprivate func columns(_ key: String) throws(ScriptError) -> [Expression] {
        var columns: [Expression] = []
        for item in list(key) {
            columns.append(Expression(nodes: [.init(.name(try item.requiredWord("col")), mark: item.mark("col"))]))
        }
        return columns
    }

    /// The columns of `select`, `derive` and `summarize`.
    fileprivate func projections(_ key: String) throws(ScriptError) -> [Projection] {
        var projections: [Projection] = []
        for item in list(key) {
            if item["expr"] != nil {
                projections.append(Projection(
                    name: try item.requiredWord("name"), expression: try item.expression("expr"), mark: item.mark("name")))
            } else {
                let name = try item.requiredWord("col")
                let column = Expression(nodes: [.init(.name(name), mark: item.mark("col"))])
                projections.append(Projection(name: name, expression: column, mark: item.mark("col")))
            }
        }
        return projections
    }
}
