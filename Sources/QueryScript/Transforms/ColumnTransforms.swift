// The rows of the transforms that name columns and leave their values, or turn them into rows.
import QueryFrames

extension TransformRow {
    static let rename = TransformRow(
        UsageLine(builtIn: "rename NEW = OLD, ..."),
        summary: "Give columns other names, all at once.",
        example: "j | rename country = region, amount = revenue"
    ) { (arguments) throws(ScriptError) in
        var names: [(new: ColumnName, old: ColumnName)] = []
        for item in arguments.list("items") { names.append((try item.columnName("new"), try item.columnName("old"))) }
        return .transform(.rename(names))
    }

    static let drop = TransformRow(
        UsageLine(builtIn: "drop COL, ..."),
        summary: "Drop columns.",
        example: "j | drop note, id"
    ) { (arguments) throws(ScriptError) in
        var columns: [ColumnName] = []
        for item in arguments.list("items") { columns.append(try item.columnName("col")) }
        return .transform(.drop(columns))
    }

    static let cast = TransformRow(
        UsageLine(builtIn: "cast COL = TYPE, ..."),
        summary: "Convert columns to types, as the functions of these names do; a value that would change is an error.",
        example: "j | cast id = string, day = date"
    ) { (arguments) throws(ScriptError) in
        var casts: [(column: ColumnName, type: ColumnName)] = []
        for item in arguments.list("items") { casts.append((try item.columnName("col"), try item.columnName("type"))) }
        return .transform(.cast(casts))
    }

    static let explode = TransformRow(
        UsageLine(builtIn: "explode COL"),
        summary: "Make a row of each element of a list or JSON list, the other columns repeated; null or an empty list makes one row with null.",
        example: "j | derive tag = split(tags, \",\") | explode tag"
    ) { (arguments) throws(ScriptError) in .transform(.explode(try arguments.columnName("col"))) }

    static let pivot = TransformRow(
        UsageLine(builtIn: "pivot COL = AGGREGATE by COL, ..."),
        summary: "Make a column of each value of COL, in order of first appearance, and a row of each group; each cell is the aggregate of its rows.",
        example: "j | pivot month = sum(revenue) by region"
    ) { (arguments) throws(ScriptError) in
        var groups: [ColumnName] = []
        for item in arguments.list("by") { groups.append(try item.columnName("col")) }
        return .transform(.pivot(try arguments.columnName("col"), try arguments.expression("aggregate"), by: groups))
    }

    static let unpivot = TransformRow(
        UsageLine(builtIn: "unpivot COL, ... into NAME, VALUE"),
        summary: "Make a row of each value of the columns, with the column's name beside it; the others are repeated.",
        example: "j | unpivot jan, feb, mar into month, revenue"
    ) { (arguments) throws(ScriptError) in
        var columns: [ColumnName] = []
        for item in arguments.list("items") { columns.append(try item.columnName("col")) }
        return .transform(.unpivot(columns, name: try arguments.columnName("name"), value: try arguments.columnName("value")))
    }
}

extension Arguments {
    /// A name with its place.
    fileprivate func columnName(_ key: String) throws(ScriptError) -> ColumnName {
        ColumnName(try requiredWord(key), mark: mark(key))
    }
}
