// Numbers the distinct 64-bit keys it is shown, in the order in which they come.

/// An open-addressing table from a key to its number. A key stands in the slot itself, so a look costs one miss.
final class IntegerTable {
    /// What stands where a key never came.
    static let absent = UInt32.max

    private struct Slot {
        var key: UInt64
        /// One more than the number of the key; 0 where the slot is free.
        var mark: UInt64
    }

    private var memory: MutableBuffer
    private var shift: UInt64
    private var nullNumber = IntegerTable.absent

    /// How many distinct keys there are, null being one of them.
    private(set) var count = 0

    init() {
        memory = MutableBuffer(capacity: 64 * MemoryLayout<Slot>.stride, zeroed: true)
        shift = 58
    }

    /// The number of `key`, or `absent`.
    @inline(__always)
    func find(_ key: UInt64) -> UInt32 {
        IntegerTable.find(key, memory.values(as: Slot.self), shift)
    }

    @inline(__always)
    private static func find(_ key: UInt64, _ slots: UnsafeMutablePointer<Slot>, _ shift: UInt64) -> UInt32 {
        let mask = (1 &<< (64 &- Int(truncatingIfNeeded: shift))) &- 1
        var place = Int(truncatingIfNeeded: Hash.of(key) &>> shift)
        while true {
            let slot = slots[place]
            // A free slot has the mark 0, which makes `absent`.
            if slot.key == key || slot.mark == 0 { return UInt32(truncatingIfNeeded: slot.mark &- 1) }
            place = (place &+ 1) & mask
        }
    }

    /// The number of `key`, a new one where it comes for the first time.
    func number(of key: UInt64) -> UInt32 {
        var number: UInt32 = 0
        withUnsafeMutablePointer(to: &number) { assign(1, to: $0, isNull: { _ in false }, key: { _ in key }) }
        return number
    }

    /// The number of null.
    private func numberOfNull() -> UInt32 {
        if nullNumber == IntegerTable.absent {
            nullNumber = UInt32(truncatingIfNeeded: count)
            count += 1
        }
        return nullNumber
    }

    /// Writes the number of each row's key, a new one where it comes for the first time. Null is a key.
    @inline(__always)
    func assign(_ rows: Int, to numbers: UnsafeMutablePointer<UInt32>, isNull: (Int) -> Bool, key: (Int) -> UInt64) {
        var slots = memory.values(as: Slot.self)
        var shift = self.shift
        var mask = (1 &<< (64 &- Int(truncatingIfNeeded: shift))) &- 1
        var count = self.count
        var row = 0
        while row < rows {
            if isNull(row) {
                self.count = count
                numbers[row] = numberOfNull()
                count = self.count
                row &+= 1
                continue
            }
            let key = key(row)
            var place = Int(truncatingIfNeeded: Hash.of(key) &>> shift)
            while true {
                let slot = slots[place]
                if slot.mark == 0 {
                    slots[place] = Slot(key: key, mark: UInt64(truncatingIfNeeded: count &+ 1))
                    numbers[row] = UInt32(truncatingIfNeeded: count)
                    count &+= 1
                    if count &* 2 > mask {
                        grow()
                        slots = memory.values(as: Slot.self)
                        shift = self.shift
                        mask = (1 &<< (64 &- Int(truncatingIfNeeded: shift))) &- 1
                    }
                    break
                }
                if slot.key == key {
                    numbers[row] = UInt32(truncatingIfNeeded: slot.mark &- 1)
                    break
                }
                place = (place &+ 1) & mask
            }
            row &+= 1
        }
        self.count = count
    }

    /// Writes the number of each row's key, `absent` where it never came or the row is null.
    @inline(__always)
    func find(_ rows: Int, to numbers: UnsafeMutablePointer<UInt32>, isNull: (Int) -> Bool, key: (Int) -> UInt64) {
        let slots = memory.values(as: Slot.self), shift = shift
        for row in 0..<rows {
            numbers[row] = isNull(row) ? IntegerTable.absent : IntegerTable.find(key(row), slots, shift)
        }
    }

    @inline(never)
    private func grow() {
        let old = memory, capacity = 1 << (64 - Int(shift))
        let factor = capacity < 1 << 16 ? 4 : 2
        let grown = MutableBuffer(capacity: capacity * factor * MemoryLayout<Slot>.stride, zeroed: true)
        shift -= UInt64(factor.trailingZeroBitCount)
        let from = old.values(as: Slot.self), to = grown.values(as: Slot.self)
        let mask = capacity * factor - 1
        for place in 0..<capacity where from[place].mark != 0 {
            var target = Int(truncatingIfNeeded: Hash.of(from[place].key) >> shift)
            while to[target].mark != 0 { target = (target + 1) & mask }
            to[target] = from[place]
        }
        memory = grown
    }
}

/// A set of 64-bit keys, which does not change once it is made.
struct IntegerSet: @unchecked Sendable {
    private let table = IntegerTable()

    init(_ keys: some Sequence<UInt64>) { for key in keys { _ = table.number(of: key) } }

    @inline(__always)
    func contains(_ key: UInt64) -> Bool { table.find(key) != IntegerTable.absent }
}
