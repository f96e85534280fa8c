// Numbers the distinct 64-bit keys it is shown, in the order in which they come.

/// An open-addressing table from a key to its number.
struct IntegerTable {
    private var keys: [UInt64] = []
    /// One more than the number of the key that stands in a slot; 0 where the slot is free.
    private var slots: [UInt32]
    private var shift: UInt64

    /// How many distinct keys there are.
    var count: Int { keys.count }

    init() {
        slots = Array(repeating: 0, count: 64)
        shift = 58
    }

    /// The number of `key`, nil where it never came.
    @inline(__always)
    func find(_ key: UInt64) -> Int? {
        var slot = Int(truncatingIfNeeded: Hash.of(key) &>> shift)
        while case let number = slots[slot], number != 0 {
            if keys[Int(number) &- 1] == key { return Int(number) &- 1 }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        return nil
    }

    /// The number of `key`, a new one where it comes for the first time.
    mutating func number(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: Hash.of(key) &>> shift)
        while case let number = slots[slot], number != 0 {
            if keys[Int(number) &- 1] == key { return Int(number) &- 1 }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        keys.append(key)
        slots[slot] = UInt32(truncatingIfNeeded: keys.count)
        if keys.count * 2 > slots.count { grow() }
        return keys.count - 1
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        shift -= 1
        for (number, key) in keys.enumerated() {
            var slot = Int(truncatingIfNeeded: Hash.of(key) >> shift)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: number + 1)
        }
    }
}

/// A set of 64-bit keys.
struct IntegerSet: Sendable {
    private var table = IntegerTable()

    mutating func insert(_ key: UInt64) { _ = table.number(of: key) }

    @inline(__always)
    func contains(_ key: UInt64) -> Bool { table.find(key) != nil }
}
