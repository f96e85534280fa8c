// Sorting row numbers by several keys. Runs of rows that are equal so far are taken from a list of work, one key, or seven
// bytes of a string, at a time; nothing recurses.

/// Orders rows that follow one another by keys, stably.
struct Sorter {
    /// Rows `low ..< high` of the order, which no key before `key` tells apart, nor the first `depth` bytes of that key's strings.
    private struct Run {
        var low: Int
        var high: Int
        var key: Int
        var depth: Int
        /// Whether nulls of the key were taken out already.
        var hasNoNulls: Bool
    }

    private let keys: [SortKeyColumn]
    /// The number of the first row.
    private let base: Int
    private let count: Int
    private let memory: (order: MutableBuffer, other: MutableBuffer, words: MutableBuffer, scratch: MutableBuffer)
    private var runs: [Run] = []
    /// Whether any run was sorted, after which the order is no longer that of the rows.
    private var isStarted = false

    /// Below this a run is sorted by insertion, comparing whole keys.
    private static let insertionLimit = 16
    /// Below this counting digits costs more than it saves.
    private static let radixLimit = 400

    init(_ keys: [SortKeyColumn], count: Int) { self.init(keys, rows: 0..<count) }

    init(_ keys: [SortKeyColumn], rows: Range<Int>) {
        self.keys = keys
        base = rows.lowerBound
        count = rows.count
        memory = (
            MutableBuffer(capacity: count * 4), MutableBuffer(capacity: count * 4),
            MutableBuffer(capacity: count * 8), MutableBuffer(capacity: count * 8)
        )
    }

    /// The row numbers in order; valid as long as the sorter lives.
    mutating func sort(_ isCancelled: () -> Bool) throws(EvaluationError) -> UnsafeMutablePointer<UInt32> {
        let order = memory.order.values(as: UInt32.self)
        for row in 0..<count { order[row] = UInt32(truncatingIfNeeded: base + row) }
        push(0, count, key: 0)
        var sorted = 0
        while let run = runs.popLast() {
            // A run of any size counts as some work, so that a million short ones are interrupted too.
            sorted += run.high - run.low + 16
            if sorted > 1 << 18 {
                sorted = 0
                if isCancelled() { throw .cancelled }
            }
            if keys[run.key].valid != nil, !run.hasNoNulls {
                isStarted = true
                partition(run)
            } else {
                try refine(run, isCancelled)
            }
        }
        return order
    }

    /// Puts a run on the list of work, or sorts it at once where it is short.
    private mutating func push(_ low: Int, _ high: Int, key: Int, depth: Int = 0, hasNoNulls: Bool = false) {
        guard high - low > 1, key < keys.count else { return }
        if high - low <= Sorter.insertionLimit {
            insert(low, high, from: key)
        } else {
            runs.append(Run(low: low, high: high, key: key, depth: depth, hasNoNulls: hasNoNulls))
        }
    }

    private func insert(_ low: Int, _ high: Int, from key: Int) {
        let order = memory.order.values(as: UInt32.self)
        for index in (low + 1)..<high {
            let row = order[index]
            var at = index
            while at > low, comes(Int(row), before: Int(order[at - 1]), from: key) {
                order[at] = order[at - 1]
                at -= 1
            }
            order[at] = row
        }
    }

    private func comes(_ a: Int, before b: Int, from first: Int) -> Bool {
        for key in first..<keys.count {
            let order = keys[key].order(a, b)
            if order != 0 { return order < 0 }
        }
        return false
    }

    /// Moves the rows that are null in the key to one end of the run.
    private mutating func partition(_ run: Run) {
        let order = memory.order.values(as: UInt32.self), other = memory.other.values(as: UInt32.self)
        let key = keys[run.key]
        var kept = run.low, nulls = 0
        for index in run.low..<run.high {
            if key.isNull(Int(order[index])) {
                other[nulls] = order[index]
                nulls += 1
            } else {
                order[kept] = order[index]
                kept += 1
            }
        }
        let values = kept - run.low
        if key.nullsFirst {
            (order + run.low + nulls).update(from: order + run.low, count: values)
            (order + run.low).update(from: other, count: nulls)
            push(run.low, run.low + nulls, key: run.key + 1)
            push(run.low + nulls, run.high, key: run.key, hasNoNulls: true)
        } else {
            (order + kept).update(from: other, count: nulls)
            push(kept, run.high, key: run.key + 1)
            push(run.low, kept, key: run.key, hasNoNulls: true)
        }
    }

    /// Sorts a run by one word of its key, and puts the runs that are still equal on the list of work.
    private mutating func refine(_ run: Run, _ isCancelled: () -> Bool) throws(EvaluationError) {
        let key = keys[run.key]
        let order = memory.order.values(as: UInt32.self) + run.low
        let words = memory.words.values(as: UInt64.self)
        let count = run.high - run.low
        // The first run of all is in the order of the rows, which saves looking each of them up.
        let isFirst = !isStarted
        isStarted = true
        switch key.values {
        case .none: return push(run.low, run.high, key: run.key + 1)
        case .words(let all) where isFirst: words.update(from: all + base, count: count)
        case .words(let all):
            for index in 0..<count { words[index] = all[Int(order[index])] }
        case .texts(let texts):
            let flip: UInt64 = key.descending ? .max : 0
            for index in 0..<count { words[index] = SortWords.word(texts[Int(order[index])], depth: run.depth) ^ flip }
        }
        var least = UInt64.max, greatest: UInt64 = 0, isAscending = true
        var last: UInt64 = 0
        for index in 0..<count {
            let word = words[index]
            least = min(least, word)
            greatest = max(greatest, word)
            if word < last { isAscending = false }
            last = word
        }
        if least == greatest, case .texts(let texts) = key.values, (least ^ (key.descending ? .max : 0)) & 0xff == 8 {
            let depth = Sorter.commonPrefix(texts, order, count, from: run.depth)
            return push(run.low, run.high, key: run.key, depth: depth, hasNoNulls: true)
        }
        if isAscending { return split(run, key, words, shift: 0, dropped: 0, base: 0) }

        // The words, less what they share, and each row's place in the run, packed into one word: sorting those moves eight
        // bytes a row. Where both do not fit, low bits of the words are dropped, and rows that then look equal come again.
        let range = greatest - least
        let placeBits = 64 - (UInt64(count - 1)).leadingZeroBitCount
        let rangeBits = 64 - range.leadingZeroBitCount
        let dropped = max(0, rangeBits - (64 - placeBits))
        let shift = UInt64(placeBits), drop = UInt64(dropped)
        for index in 0..<count { words[index] = ((words[index] &- least) &>> drop) &<< shift | UInt64(index) }
        var sorted = words
        if count < Sorter.radixLimit {
            var packed = UnsafeMutableBufferPointer(start: words, count: count)
            packed.sort()
        } else {
            let scratch = memory.scratch.values(as: UInt64.self)
            let high = placeBits + rangeBits - dropped
            guard let result = RadixSort.sort(words, scratch, count, low: placeBits, high: high, isCancelled) else { throw .cancelled }
            sorted = result
        }
        let places = (1 as UInt64) &<< shift &- 1
        if isFirst {
            for index in 0..<count { order[index] = UInt32(truncatingIfNeeded: base &+ Int(truncatingIfNeeded: sorted[index] & places)) }
        } else {
            let other = memory.other.values(as: UInt32.self)
            for index in 0..<count { other[index] = order[Int(truncatingIfNeeded: sorted[index] & places)] }
            order.update(from: other, count: count)
        }
        split(run, key, sorted, shift: shift, dropped: dropped, base: least)
    }

    /// How many bytes the strings of these rows have in common, of which they are known to share the first `depth`.
    private static func commonPrefix(
        _ texts: UnsafePointer<Text>, _ order: UnsafePointer<UInt32>, _ count: Int, from depth: Int
    ) -> Int {
        let first = texts[Int(order[0])]
        var common = first.count
        for index in 1..<count {
            let text = texts[Int(order[index])]
            let most = min(common, text.count)
            var at = depth
            while at &+ 8 <= most, text.word(at) == first.word(at) { at &+= 8 }
            while at < most, text.start[at] == first.start[at] { at &+= 1 }
            common = at
        }
        return common
    }

    /// Puts the parts of a sorted run whose words (less their lowest `shift` bits) are equal on the list of work.
    private mutating func split(
        _ run: Run, _ key: SortKeyColumn, _ words: UnsafeMutablePointer<UInt64>, shift: UInt64, dropped: Int, base: UInt64
    ) {
        let isText = if case .texts = key.values { true } else { false }
        if dropped == 0, !isText, run.key == keys.count - 1 { return }
        let count = run.high - run.low
        var start = 0
        while start < count {
            let word = words[start] &>> shift
            var end = start &+ 1
            while end < count, words[end] &>> shift == word { end &+= 1 }
            if end &- start > 1 {
                let low = run.low + start, high = run.low + end
                if dropped > 0 {
                    push(low, high, key: run.key, depth: run.depth, hasNoNulls: true)
                } else if isText, ((word &+ base) ^ (key.descending ? .max : 0)) & 0xff == 8 {
                    push(low, high, key: run.key, depth: run.depth + 7, hasNoNulls: true)
                } else {
                    push(low, high, key: run.key + 1)
                }
            }
            start = end
        }
    }
}
