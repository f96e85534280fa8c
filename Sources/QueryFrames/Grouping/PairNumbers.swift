// Numbers the distinct pairs of two numbers: how the keys of a grouping by several columns become one number.

/// The distinct pairs of numbers that it is shown, numbered in the order in which they come.
///
/// As long as all pairs that there could be are not many more than the rows, each has a place of its own in an array; after that
/// they are looked up by hash.
final class PairNumbers {
    /// One more than the number of a pair, at `left << shift | right`; 0 where it never came.
    private var places = MutableBuffer(capacity: 64, zeroed: true)
    private var shift = 0
    /// Left numbers that have places.
    private var lefts = 0
    /// Takes over once there are too many places; nil until then.
    private var table: IntegerTable?
    private var placed = 0
    private var rowsSeen = 0

    /// Places for each row seen so far, at most.
    private static let placesPerRow = 16

    /// How many distinct pairs there are.
    var count: Int { table?.count ?? placed }

    /// Replaces each left number by that of the pair. There are `lefts` and `rights` different numbers so far.
    func assign(_ rows: Int, _ numbers: UnsafeMutablePointer<UInt32>, lefts: Int, _ codes: UnsafePointer<UInt32>, rights: Int) {
        rowsSeen += rows
        if table == nil { makePlaces(lefts, rights) }
        if let table {
            table.assign(rows, to: numbers, isNull: { _ in false }, key: { PairNumbers.key(numbers[$0], codes[$0]) })
            return
        }
        let places = places.values(as: UInt32.self), shift = shift
        var next = UInt32(truncatingIfNeeded: placed)
        for row in 0..<rows {
            let place = Int(numbers[row]) &<< shift | Int(codes[row])
            var mark = places[place]
            if mark == 0 {
                next &+= 1
                mark = next
                places[place] = mark
            }
            numbers[row] = mark &- 1
        }
        placed = Int(next)
    }

    /// Replaces each left number by that of the pair, `IntegerTable.absent` where it never came.
    func find(_ rows: Int, _ numbers: UnsafeMutablePointer<UInt32>, _ codes: UnsafePointer<UInt32>) {
        let absent = IntegerTable.absent
        if let table {
            table.find(
                rows, to: numbers, isNull: { numbers[$0] == absent || codes[$0] == absent }, key: { PairNumbers.key(numbers[$0], codes[$0]) })
            return
        }
        let places = places.values(as: UInt32.self), shift = shift
        for row in 0..<rows where numbers[row] != absent {
            // Without a place the mark is 0, which makes `absent`.
            numbers[row] = codes[row] == absent ? absent : places[Int(numbers[row]) &<< shift | Int(codes[row])] &- 1
        }
    }

    @inline(__always)
    private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 { UInt64(left) &<< 32 | UInt64(right) }

    /// Sees to it that all pairs have places, or goes over to the table.
    private func makePlaces(_ lefts: Int, _ rights: Int) {
        let bits = rights <= 1 ? 0 : Int.bitWidth - (rights - 1).leadingZeroBitCount
        guard lefts > self.lefts || bits > shift else { return }
        let most = max(1 << 14, PairNumbers.placesPerRow * rowsSeen)
        guard bits < 32, lefts << bits <= most else { return goOver() }
        let room = max(lefts, min(self.lefts * 2, most >> bits))
        let wider = MutableBuffer(capacity: (room << bits) * 4, zeroed: true)
        let from = places.values(as: UInt32.self), to = wider.values(as: UInt32.self)
        // Places that were made in advance may be more than there is room for now; nothing stands there.
        for left in 0..<min(self.lefts, room) { (to + left << bits).update(from: from + left << shift, count: 1 << shift) }
        (places, shift, self.lefts) = (wider, bits, room)
    }

    private func goOver() {
        let memory = MutableBuffer(capacity: placed * 8), numberMemory = MutableBuffer(capacity: placed * 4)
        let keys = memory.values(as: UInt64.self), places = places.values(as: UInt32.self)
        for place in 0..<(lefts << shift) where places[place] != 0 {
            keys[Int(places[place]) - 1] = UInt64(place >> shift) << 32 | UInt64(place & (1 << shift - 1))
        }
        let table = IntegerTable()
        withExtendedLifetime((memory, numberMemory)) {
            table.assign(placed, to: numberMemory.values(as: UInt32.self), isNull: { _ in false }, key: { keys[$0] })
        }
        self.table = table
        self.places = MutableBuffer(capacity: 64)
    }
}
