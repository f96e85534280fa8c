// Rows repeated as they are: what `unpivot` and `explode` do with the columns that they do not turn into rows.

extension Column {
    /// Row `i` is this column's row `rows[i]`, which may be any number of times the same: strings are not copied. Nil
    /// where lists are more than a batch can hold.
    func repeatedRows(_ rows: Buffer, count: Int) -> Column? {
        let row = rows.values(as: UInt32.self)
        guard case .variable = storage, self.count > 0 else { return repeatedLists(row, count) }
        let values = Column(type: type, count: self.count, validity: nil, storage: storage)
        let valid = validity.map { bits in
            let bits = bits.values(as: UInt8.self)
            return Bitmap.rows(count) { Bitmap.get(bits, Int(row[$0])) }
        }
        return Column(type: type, count: count, validity: valid, storage: .dictionary(indices: rows, values: values))
    }

    private func repeatedLists(_ row: UnsafePointer<UInt32>, _ count: Int) -> Column? {
        guard case .list = storage else { return gather(row, count) }
        let lists = ListRows(self)
        var total = 0
        for index in 0..<count { total += lists[Int(row[index])].count }
        guard total <= ListRows.elementLimit else { return nil }
        let memory = MutableBuffer(capacity: count * 8), places = memory.values(as: UInt64.self)
        for index in 0..<count { places[index] = UInt64(row[index]) }
        return withExtendedLifetime(memory) { ColumnGatherer([self], type: type).gather(places, count) }
    }
}
