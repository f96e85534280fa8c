// One key of a sort over all of its rows, however many batches they came in.

/// The values of a sort key by row number, in a form that compares fast.
struct SortKeyColumn {
    enum Values {
        /// A word a row, complemented already where the order is descending.
        case words(UnsafeMutablePointer<UInt64>)
        /// Where the string of each row is.
        case texts(UnsafeMutablePointer<Text>)
        /// The type `null`, which orders nothing.
        case none
    }

    let values: Values
    /// A bit a row, set where the row has a value; nil where all have.
    let valid: UnsafePointer<UInt8>?
    let descending: Bool
    let nullsFirst: Bool
    /// Keeps `values`, `valid` and the strings alive.
    private let owners: [AnyObject]

    init(
        _ batches: [Column], type: DataType, descending: Bool, nullsFirst: Bool, workers: Workers = .one, isCancelled: () -> Bool
    ) throws(EvaluationError) {
        self.descending = descending
        self.nullsFirst = nullsFirst
        var starts = [0]
        for batch in batches { starts.append(starts[starts.count - 1] + batch.count) }
        let count = starts[batches.count]
        var owners: [AnyObject] = []
        switch type.layout {
        case .none, .list: values = .none
        case .variable:
            if let ranks = try SortKeyColumn.ranks(batches, descending: descending, isCancelled: isCancelled) {
                owners.append(ranks)
                values = .words(ranks.values(as: UInt64.self))
                break
            }
            let memory = MutableBuffer(capacity: count * MemoryLayout<Text>.stride)
            let texts = memory.values(as: Text.self)
            workers.perform(batches.count) { batch, _, _ in
                let source = TextSource(batches[batch]), to = texts + starts[batch]
                for index in 0..<batches[batch].count { to[index] = source[index] }
                return true
            }
            owners.append(memory)
            owners += batches
            values = .texts(texts)
        default:
            let memory = MutableBuffer(capacity: count * 8)
            let words = memory.values(as: UInt64.self)
            workers.perform(batches.count) { batch, _, _ in
                SortWords.write(batches[batch], descending: descending, to: words + starts[batch])
                return true
            }
            owners.append(memory)
            values = .words(words)
        }
        if batches.contains(where: { $0.nullCount > 0 }), type != .null {
            let memory = MutableBuffer(capacity: Bitmap.byteCount(count), zeroed: true)
            let bits = memory.values(as: UInt8.self)
            var row = 0
            for batch in batches {
                for index in 0..<batch.count where !batch.isNull(index) { Bitmap.set(bits, row + index) }
                row += batch.count
            }
            owners.append(memory)
            valid = UnsafePointer(bits)
        } else {
            valid = nil
        }
        self.owners = owners
    }

    /// The rank of each row's string where all batches share one dictionary; nil where they do not.
    private static func ranks(
        _ batches: [Column], descending: Bool, isCancelled: () -> Bool
    ) throws(EvaluationError) -> MutableBuffer? {
        guard let first = batches.first, case .dictionary(_, let values) = first.storage, values.count > 0 else { return nil }
        for batch in batches {
            guard case .dictionary(_, let other) = batch.storage, other === values else { return nil }
        }
        // Equal strings of a dictionary have to share a rank, so that the sort is stable.
        let key = try SortKeyColumn([values], type: values.type, descending: descending, nullsFirst: false, isCancelled: isCancelled)
        var sorter = Sorter([key], count: values.count)
        let order = try sorter.sort(isCancelled)
        let source = TextSource(values)
        var rankOfValue = Array(repeating: UInt64(0), count: values.count)
        var rank: UInt64 = 0
        withExtendedLifetime(sorter) {
            for index in 1..<max(values.count, 1) {
                if !(source[Int(order[index])] == source[Int(order[index - 1])]) { rank += 1 }
                rankOfValue[Int(order[index])] = rank
            }
        }
        let memory = MutableBuffer(capacity: batches.reduce(0) { $0 + $1.count } * 8)
        let words = memory.values(as: UInt64.self)
        var row = 0
        for batch in batches {
            guard case .dictionary(let indices, _) = batch.storage else { continue }
            let at = indices.values(as: UInt32.self)
            for index in 0..<batch.count { words[row + index] = rankOfValue[min(Int(at[index]), values.count - 1)] }
            row += batch.count
        }
        return memory
    }

    /// The keys that order rows as `batches` do: a decimal is ordered by its upper 64 bits, then by its lower ones.
    static func parts(_ batches: [Column], type: DataType) -> [[Column]] {
        guard case .decimal = type else { return [batches] }
        return [batches.map { $0.decimalWords { Int64(truncatingIfNeeded: $0 &>> 64) } },
            batches.map { $0.decimalWords { Int64(truncatingIfNeeded: $0) ^ .min } }]
    }

    @inline(__always)
    func isNull(_ row: Int) -> Bool { valid.map { !Bitmap.get($0, row) } ?? false }

    /// Negative, zero or positive, as row `a` comes before, with or after row `b`.
    func order(_ a: Int, _ b: Int) -> Int {
        if valid != nil {
            switch (isNull(a), isNull(b)) {
            case (true, true): return 0
            case (true, false): return nullsFirst ? -1 : 1
            case (false, true): return nullsFirst ? 1 : -1
            case (false, false): break
            }
        }
        switch values {
        case .none: return 0
        case .words(let words): return Numbers.order(words[a], words[b])
        case .texts(let texts): return descending ? Text.order(texts[b], texts[a]) : Text.order(texts[a], texts[b])
        }
    }
}

extension Column {
    /// A word of each decimal.
    fileprivate func decimalWords(_ word: (Int128) -> Int64) -> Column {
        let values = fixed(as: Int128.self)
        let storage = withExtendedLifetime(self) { Int64.storage(count) { word(values[$0]) } }
        return Column(type: .int64, count: count, validity: validity, nullCount: nullCount, storage: storage)
    }
}
