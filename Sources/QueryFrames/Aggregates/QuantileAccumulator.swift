// `median` and `quantile`: the values of each group are collected, put side by side, and the wanted one is selected.

extension Accumulator {
    /// The value below which the share `p` (0 to 1) of a group's floats lie, between two of them where need be.
    static func quantile(_ p: Double) -> Accumulator {
        // Values as words that sort as they do.
        let words = GroupedValues<UInt64>()
        return Accumulator(
            add: { columns, groups in
                let column = columns[0]
                if column.nullCount == groups.rows { return }
                let (to, toGroup) = words.room(groups.rows)
                let values = column.fixed(as: Double.self), numbers = groups.numbers
                var written = 0
                column.forEachValid { row in
                    to[written] = SortWords.word(values[row])
                    toGroup[written] = numbers[row]
                    written &+= 1
                }
                words.advance(by: written)
            },
            finish: { (groups) throws(EvaluationError) in
                words.arrange(groups)
                let quantile = Quantile(most: (0..<groups).reduce(0) { max($0, words.values(of: $1).count) })
                let results = MutableBuffer(capacity: groups * 8), validity = MutableBuffer(capacity: Bitmap.byteCount(groups), zeroed: true)
                let result = results.values(as: Double.self)
                withExtendedLifetime(words) {
                    for group in 0..<groups {
                        let all = words.values(of: group)
                        let found = all.baseAddress.flatMap { quantile.select($0, all.count, p) }
                        result[group] = found ?? 0
                        if found != nil { Bitmap.set(validity.values(as: UInt8.self), group) }
                    }
                }
                return Column(
                    type: .float64, count: groups, validity: validity.freeze(byteCount: Bitmap.byteCount(groups)),
                    storage: .fixed(results.freeze(byteCount: groups * 8)))
            })
    }
}

/// Selecting by rank in the order of all floats, in which NaN is the greatest.
struct Quantile {
    private static let buckets = 2048
    private let scratch: MutableBuffer
    private let countMemory = MutableBuffer(capacity: buckets * 4)

    /// For groups of at most `most` values.
    init(most: Int) { scratch = MutableBuffer(capacity: most * 8) }

    /// The quantile `p` of `count` floats, given as words that sort as they do; nil where there is none.
    func select(_ words: UnsafePointer<UInt64>, _ count: Int, _ p: Double) -> Double? {
        guard count > 0 else { return nil }
        let place = p * Double(count - 1)
        let below = min(Int(place), count - 1), share = place - Double(Int(place))
        let low = nth(words, count, below)
        guard share > 0, below + 1 < count else { return SortWords.float(low) }
        // The next in order: the same once more, or the least of those above.
        var high = UInt64.max, notAbove = 0
        for index in 0..<count {
            let word = words[index]
            notAbove &+= word <= low ? 1 : 0
            high = min(high, word > low ? word : .max)
        }
        if notAbove > below + 1 { return SortWords.float(low) }
        let a = SortWords.float(low), b = SortWords.float(high)
        return a + (b - a) * share
    }

    /// The word of rank `rank`: words are counted by their leading bits below what all have in common, and only those of
    /// the bucket in which the rank lies are looked at again. Linear for any data, as every round settles eleven bits.
    private func nth(_ all: UnsafePointer<UInt64>, _ total: Int, _ rank: Int) -> UInt64 {
        let kept = scratch.values(as: UInt64.self), counts = countMemory.values(as: UInt32.self)
        var words = all, count = total, rank = rank
        while count > 32 {
            var least = words[0], greatest = words[0]
            for index in 0..<count {
                least = min(least, words[index])
                greatest = max(greatest, words[index])
            }
            if least == greatest { return least }
            let shift = UInt64(max(0, 64 - (greatest - least).leadingZeroBitCount - 11))
            counts.update(repeating: 0, count: Quantile.buckets)
            for index in 0..<count { counts[Int(truncatingIfNeeded: (words[index] &- least) &>> shift)] &+= 1 }
            var bucket = 0
            while rank >= Int(counts[bucket]) {
                rank -= Int(counts[bucket])
                bucket += 1
            }
            if shift == 0 { return least + UInt64(bucket) }
            // Each word is written, and only one of the bucket moves on; the writing never gets ahead of the reading.
            let wanted = UInt64(bucket)
            var found = 0
            for index in 0..<count {
                let word = words[index]
                kept[found] = word
                found &+= (word &- least) &>> shift == wanted ? 1 : 0
            }
            words = UnsafePointer(kept)
            count = found
        }
        // Few are sorted by insertion.
        for index in 0..<count {
            let word = words[index]
            var place = index
            while place > 0, kept[place - 1] > word {
                kept[place] = kept[place - 1]
                place -= 1
            }
            kept[place] = word
        }
        return kept[rank]
    }
}
