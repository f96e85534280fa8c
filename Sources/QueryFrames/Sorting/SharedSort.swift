// Sorting by several threads: each orders a part of the rows, and the parts are merged, the merge being cut into pieces too.

/// The order of all rows by keys, stable, as `Sorter` gives it.
struct SharedSort {
    private let keys: [SortKeyColumn]
    private let workers: Workers

    init(_ keys: [SortKeyColumn], _ workers: Workers) {
        self.keys = keys
        self.workers = workers
    }

    /// The numbers of the rows in order, as UInt32.
    func order(of count: Int, _ isCancelled: () -> Bool) throws(EvaluationError) -> MutableBuffer {
        var bounds = (0...workers.count).map { $0 * count / workers.count }
        var from = MutableBuffer(capacity: count * 4), to = MutableBuffer(capacity: count * 4)
        let first = from.values(as: UInt32.self)
        _ = try workers.map(workers.count, isCancelled: isCancelled) { (part, _, stop) throws(EvaluationError) in
            var sorter = Sorter(keys, rows: bounds[part]..<bounds[part + 1])
            let order = try sorter.sort(stop.isRaised)
            withExtendedLifetime(sorter) { (first + bounds[part]).update(from: order, count: bounds[part + 1] - bounds[part]) }
        }
        while bounds.count > 2 {
            bounds = try merge(bounds, from.values(as: UInt32.self), to.values(as: UInt32.self), count, isCancelled)
            swap(&from, &to)
        }
        return withExtendedLifetime(to) { from }
    }

    /// Rows of two neighbouring parts that are merged to where the first of them stands.
    private struct Piece {
        let a: Range<Int>
        let b: Range<Int>
        let place: Int
    }

    /// Merges each two neighbouring parts; gives the bounds of what came of them.
    private func merge(
        _ bounds: [Int], _ from: UnsafePointer<UInt32>, _ to: UnsafeMutablePointer<UInt32>, _ count: Int, _ isCancelled: () -> Bool
    ) throws(EvaluationError) -> [Int] {
        var pieces: [Piece] = []
        var merged = [0]
        for part in stride(from: 0, to: bounds.count - 1, by: 2) {
            let middle = bounds[part + 1], end = part + 2 < bounds.count ? bounds[part + 2] : middle
            let a = bounds[part]..<middle, b = middle..<end
            let cuts = max(1, 4 * workers.count * (a.count + b.count) / max(count, 1))
            var last = 0, done = 0
            for cut in 1...cuts {
                let next = (a.count + b.count) * cut / cuts
                let fromA = cut == cuts ? a.count : share(next, a, b, from)
                pieces.append(Piece(
                    a: (a.lowerBound + last)..<(a.lowerBound + fromA), b: (b.lowerBound + done - last)..<(b.lowerBound + next - fromA),
                    place: a.lowerBound + done))
                (last, done) = (fromA, next)
            }
            merged.append(end)
        }
        _ = try workers.map(pieces.count, isCancelled: isCancelled) { (piece, _, _) throws(EvaluationError) in
            merge(pieces[piece], from, to)
        }
        return merged
    }

    /// How many of the first `count` rows of the merge are of `a`.
    private func share(_ count: Int, _ a: Range<Int>, _ b: Range<Int>, _ rows: UnsafePointer<UInt32>) -> Int {
        var low = max(0, count - b.count), high = min(count, a.count)
        while low < high {
            let middle = (low + high) / 2
            if comes(rows[b.lowerBound + count - middle - 1], before: rows[a.lowerBound + middle]) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        return low
    }

    private func merge(_ piece: Piece, _ from: UnsafePointer<UInt32>, _ to: UnsafeMutablePointer<UInt32>) {
        var a = piece.a.lowerBound, b = piece.b.lowerBound, place = piece.place
        while a < piece.a.upperBound, b < piece.b.upperBound {
            // Of equal rows that of the first part comes first.
            if comes(from[b], before: from[a]) {
                to[place] = from[b]
                b += 1
            } else {
                to[place] = from[a]
                a += 1
            }
            place += 1
        }
        (to + place).update(from: from + a, count: piece.a.upperBound - a)
        (to + place + piece.a.upperBound - a).update(from: from + b, count: piece.b.upperBound - b)
    }

    @inline(__always)
    private func comes(_ one: UInt32, before other: UInt32) -> Bool {
        for key in keys {
            let order = key.order(Int(one), Int(other))
            if order != 0 { return order < 0 }
        }
        return false
    }
}
