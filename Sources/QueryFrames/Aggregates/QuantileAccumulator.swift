// `median` and `quantile`: the values of each group are collected, put side by side, and the wanted one is selected.

extension Accumulator {
    /// The value below which the share `p` (0 to 1) of a group's floats lie, between two of them where need be.
    static func quantile(_ p: Double) -> Accumulator {
        let memory = MutableBuffer(capacity: 64), groupMemory = MutableBuffer(capacity: 64)
        var held = 0
        return Accumulator(
            add: { columns, groups in
                let column = columns[0]
                memory.reserve((held + groups.rows) * 8, used: held * 8)
                groupMemory.reserve((held + groups.rows) * 4, used: held * 4)
                if column.nullCount == groups.rows { return }
                let to = memory.values(as: Double.self), toGroup = groupMemory.values(as: UInt32.self)
                let values = column.fixed(as: Double.self), numbers = groups.numbers
                var at = held
                column.forEachValid { row in
                    to[at] = values[row]
                    toGroup[at] = numbers[row]
                    at &+= 1
                }
                held = at
            },
            finish: { (groups) throws(EvaluationError) in
                let values = memory.values(as: Double.self), numbers = groupMemory.values(as: UInt32.self)
                let places = GroupedRows(numbers, count: held, groups: groups)
                let sorted = MutableBuffer(capacity: held * 8)
                let to = sorted.values(as: Double.self)
                for index in 0..<held { to[index] = values[Int(places.rows[index])] }
                return withExtendedLifetime((memory, sorted, places)) {
                    Double.column(.float64, groups: groups, { group in
                        let rows = places.range(group)
                        return Quantile.select(to + rows.lowerBound, rows.count, p)
                    }, empty: 0)
                }
            })
    }
}

/// Selecting by rank in the order of all floats, in which NaN is the greatest.
enum Quantile {
    /// The quantile `p` of `count` values, which are moved around; nil where there is none.
    static func select(_ values: UnsafeMutablePointer<Double>, _ count: Int, _ p: Double) -> Double? {
        guard count > 0 else { return nil }
        let place = p * Double(count - 1)
        let below = min(Int(place), count - 1)
        let low = nth(values, count, below)
        let share = place - Double(below)
        guard share > 0, below + 1 < count else { return low }
        // What lies above the place is not less than `low`; its least is the next in order.
        var high = values[below + 1]
        for index in (below + 1)..<count where Numbers.isLess(values[index], high) { high = values[index] }
        return low == high ? low : low + (high - low) * share
    }

    /// Moves the value of rank `rank` to its place, no greater one before it and no lesser one after it. Where the pivots
    /// keep falling badly the rest is sorted, so that no data makes this quadratic.
    private static func nth(_ values: UnsafeMutablePointer<Double>, _ count: Int, _ rank: Int) -> Double {
        var low = 0, high = count - 1
        var patience = 2 * (Int.bitWidth - count.leadingZeroBitCount) + 8
        while low < high {
            if patience == 0 {
                var rest = UnsafeMutableBufferPointer(start: values + low, count: high - low + 1)
                rest.sort { Numbers.isLess($0, $1) }
                break
            }
            patience -= 1
            let pivot = middle(values[low], values[low + (high - low) / 2], values[high])
            var left = low, right = high
            while left <= right {
                while Numbers.isLess(values[left], pivot) { left += 1 }
                while Numbers.isLess(pivot, values[right]) { right -= 1 }
                if left <= right {
                    (values[left], values[right]) = (values[right], values[left])
                    left += 1
                    right -= 1
                }
            }
            if rank <= right { high = right } else if rank >= left { low = left } else { break }
        }
        return values[rank]
    }

    private static func middle(_ a: Double, _ b: Double, _ c: Double) -> Double {
        let (low, high) = Numbers.isLess(a, b) ? (a, b) : (b, a)
        return Numbers.isLess(c, low) ? low : Numbers.isLess(high, c) ? high : c
    }
}
