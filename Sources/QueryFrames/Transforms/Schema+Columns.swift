// Steps that name columns: where the named ones are, and what the schema is afterwards.

extension Schema {
    /// The place of the column of that name; an error where there is none.
    func place(of column: ColumnName) throws(PlanError) -> Int {
        guard let place = index(of: column.name) else { throw .unknownColumn(name: column.name, columns: names, mark: column.mark) }
        return place
    }

    /// The places of these columns, each of which may be named once.
    func places(of columns: [ColumnName]) throws(PlanError) -> [Int] {
        var places: [Int] = []
        var seen: Set<Int> = []
        for column in columns {
            let place = try place(of: column)
            guard seen.insert(place).inserted else { throw .repeatedColumn(name: column.name, mark: column.mark) }
            places.append(place)
        }
        return places
    }

    /// The places of all other columns.
    func places(without columns: [ColumnName]) throws(PlanError) -> [Int] {
        let dropped = Set(try places(of: columns))
        return fields.indices.filter { !dropped.contains($0) }
    }

    /// The same columns, some under other names.
    func renamed(_ names: [(new: ColumnName, old: ColumnName)]) throws(PlanError) -> Schema {
        var fields = fields
        for (place, name) in zip(try places(of: names.map(\.old)), names) { fields[place] = Field(name.new.name, fields[place].type) }
        for (new, _) in names where fields.count(where: { $0.name == new.name }) > 1 {
            throw .duplicateColumn(name: new.name, mark: new.mark)
        }
        return Schema(fields)
    }
}
