// Windows that look at where a row stands: `row_number`, `rank`, `lag`, `lead`.

/// `row_number()`
struct RowNumber: WindowOperation {
    var type: DataType { .int64 }

    func result(_ input: WindowInput) throws(EvaluationError) -> WindowResult {
        let order = input.groups.order, count = input.groups.count
        let out = MutableBuffer(capacity: count * 8)
        let values = out.values(as: Int64.self)
        try input.groups.forEach { (group) throws(EvaluationError) in
            for index in group { values[Int(order[index])] = Int64(index &- group.lowerBound &+ 1) }
        }
        return .values(Column(type: type, count: count, validity: nil, storage: .fixed(out.freeze(byteCount: count * 8))))
    }
}

/// `rank()`
struct Rank: WindowOperation {
    var type: DataType { .int64 }

    func result(_ input: WindowInput) throws(EvaluationError) -> WindowResult {
        let groups = input.groups
        let order = groups.order, count = groups.count
        let out = MutableBuffer(capacity: count * 8)
        let values = out.values(as: Int64.self)
        try groups.forEach { (group) throws(EvaluationError) in
            var first = group.lowerBound
            for index in group {
                if index > first, !groups.arePeers(order[index &- 1], order[index]) { first = index }
                values[Int(order[index])] = Int64(first &- group.lowerBound &+ 1)
            }
        }
        return .values(Column(type: type, count: count, validity: nil, storage: .fixed(out.freeze(byteCount: count * 8))))
    }
}

/// `lag(x, n)`, and `lead(x, n)` as the lag of a negative number.
struct Offset: WindowOperation {
    let type: DataType
    let back: Int64

    func result(_ input: WindowInput) throws(EvaluationError) -> WindowResult {
        let order = input.groups.order, count = input.groups.count
        let out = MutableBuffer(capacity: count * 4)
        let rows = out.values(as: UInt32.self)
        try input.groups.forEach { (group) throws(EvaluationError) in
            if back.magnitude >= UInt64(group.count) {
                for index in group { rows[Int(order[index])] = WindowResult.noRow }
                return
            }
            let back = Int(truncatingIfNeeded: back)
            for index in group {
                let from = index &- back
                rows[Int(order[index])] = group.contains(from) ? order[from] : WindowResult.noRow
            }
        }
        return .rows(out.freeze(byteCount: count * 4))
    }
}
