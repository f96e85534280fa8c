// Numbers the distinct strings it is shown, in the order in which they come.

/// An open-addressing table from a string to its number; it holds copies of the strings.
final class TextTable {
    /// The strings that are longer than a key holds.
    private let bytes = MutableBuffer(capacity: 1024)
    private var byteCount = 0
    private let keys = MutableBuffer(capacity: 32 * MemoryLayout<TextKey>.stride)
    /// One more than the number of the string, below half of its hash; 0 where a slot is free.
    private var slots = MutableBuffer(capacity: 64 * 8, zeroed: true)
    private var shift: UInt64 = 58
    private var nullNumber = IntegerTable.absent

    /// How many distinct strings there are, null being one of them.
    private(set) var count = 0

    /// Rows that are looked up side by side, so that the memory they need is fetched at the same time.
    private static let block = 256
    /// What is remembered of a block; whoever looks into a table at the same time as others has one of its own.
    final class Block {
        let keys = MutableBuffer(capacity: block * MemoryLayout<TextKey>.stride)
        let hashes = MutableBuffer(capacity: block * 8)
        let slots = MutableBuffer(capacity: block * 8)
        /// What reading ahead has seen; kept so that it is not optimized away.
        var touched: UInt64 = 0
    }

    private let own = Block()

    /// Whether the string that stands in `slot` is the one of this key and hash.
    @inline(__always)
    private static func holds(
        _ slot: UInt64, _ key: TextKey, _ hash: UInt64, _ text: Text, _ keys: UnsafePointer<TextKey>, _ bytes: UnsafePointer<UInt8>
    ) -> Bool {
        // The table is found by the high bits of the hash, the tag holds the low ones.
        guard slot &>> 32 == hash & 0xffff_ffff, slot != 0 else { return false }
        let held = keys[Int(truncatingIfNeeded: slot & 0xffff_ffff) &- 1]
        guard held.first == key.first, held.second == key.second, held.count == key.count else { return false }
        if key.count <= 24 { return held.third == key.third }
        return tailsAreEqual(bytes + Int(held.third), text.start, text.count)
    }

    /// Whether two strings of more than 24 bytes, of which the first 16 are equal, are equal.
    @inline(__always)
    private static func tailsAreEqual(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let a = Text(a, count), b = Text(b, count)
        var at = 16
        while at &+ 8 < count {
            if a.word(at) != b.word(at) { return false }
            at &+= 8
        }
        return a.word(count &- 8) == b.word(count &- 8)
    }

    /// The slot of the string, or the free one where it would stand.
    private func place(_ key: TextKey, _ hash: UInt64, _ text: Text) -> Int {
        let slots = slots.values(as: UInt64.self), keys = keys.values(as: TextKey.self), bytes = bytes.values(as: UInt8.self)
        let mask = (1 &<< (64 &- Int(truncatingIfNeeded: shift))) &- 1
        var place = Int(truncatingIfNeeded: hash &>> shift)
        while slots[place] != 0, !TextTable.holds(slots[place], key, hash, text, keys, bytes) { place = (place &+ 1) & mask }
        return place
    }

    /// The number of `text`, or `IntegerTable.absent`.
    func find(_ text: Text) -> UInt32 {
        let key = TextKey(text)
        return find(key, Hash.of(key, text), text)
    }

    private func find(_ key: TextKey, _ hash: UInt64, _ text: Text) -> UInt32 {
        UInt32(truncatingIfNeeded: (slots.values(as: UInt64.self)[place(key, hash, text)] & 0xffff_ffff) &- 1)
    }

    /// The number of `text`, a new one where it comes for the first time.
    func number(of text: Text) -> UInt32 {
        let key = TextKey(text)
        return number(key, Hash.of(key, text), text)
    }

    @inline(never)
    private func number(_ key: TextKey, _ hash: UInt64, _ text: Text) -> UInt32 {
        let place = place(key, hash, text)
        let slot = slots.values(as: UInt64.self)[place]
        if slot != 0 { return UInt32(truncatingIfNeeded: slot & 0xffff_ffff) &- 1 }
        var key = key
        if text.count > 24 {
            bytes.reserve(byteCount + text.count, used: byteCount)
            (bytes.pointer + byteCount).copyMemory(from: text.start, byteCount: text.count)
            key.third = UInt64(byteCount)
            byteCount += text.count
        }
        append(key)
        slots.values(as: UInt64.self)[place] = hash &<< 32 | UInt64(count)
        if count * 2 > 1 << (64 - Int(shift)) { grow() }
        return UInt32(truncatingIfNeeded: count - 1)
    }

    /// The number of null.
    func numberOfNull() -> UInt32 {
        if nullNumber == IntegerTable.absent {
            nullNumber = UInt32(truncatingIfNeeded: count)
            append(TextKey(Text.empty))
        }
        return nullNumber
    }

    /// Writes the number of each row's string, a new one where it comes for the first time. Null is one too.
    func assign(_ column: Column, to numbers: UnsafeMutablePointer<UInt32>) {
        lookUp(column, to: numbers, own, null: { numberOfNull() }, other: { number($0, $1, $2) })
    }

    /// Writes the number of each row's string, `IntegerTable.absent` where it never came or the row is null.
    func find(_ column: Column, to numbers: UnsafeMutablePointer<UInt32>, _ memory: Block) {
        lookUp(column, to: numbers, memory, null: { IntegerTable.absent }, other: { find($0, $1, $2) })
    }

    /// Looks for each row's string, a block of rows at a time and each in steps that follow no pointer of the step before it, so
    /// that the memory of all of them is waited for together. What is not found at once is left to `other`.
    @inline(__always)
    private func lookUp(
        _ column: Column, to numbers: UnsafeMutablePointer<UInt32>, _ memory: Block, null: () -> UInt32, other: (TextKey, UInt64, Text) -> UInt32
    ) {
        let source = TextSource(column), valid = column.validBits, rows = column.count
        let blockKeys = memory.keys.values(as: TextKey.self), hashes = memory.hashes.values(as: UInt64.self)
        let found = memory.slots.values(as: UInt64.self)
        var start = 0
        while start < rows {
            let count = min(TextTable.block, rows &- start)
            for row in 0..<count {
                let text = source[start &+ row]
                let key = TextKey(text, in: source)
                blockKeys[row] = key
                hashes[row] = Hash.of(key, text)
            }
            memory.touched = readAhead(hashes, blockKeys, count, to: found)
            var keys = UnsafePointer(keys.values(as: TextKey.self)), bytes = UnsafePointer(bytes.values(as: UInt8.self))
            for row in 0..<count {
                if let valid, !Bitmap.get(valid, start &+ row) {
                    numbers[start &+ row] = null()
                    continue
                }
                let slot = found[row], text = source[start &+ row]
                if TextTable.holds(slot, blockKeys[row], hashes[row], text, keys, bytes) {
                    numbers[start &+ row] = UInt32(truncatingIfNeeded: slot & 0xffff_ffff) &- 1
                } else {
                    numbers[start &+ row] = other(blockKeys[row], hashes[row], text)
                    keys = UnsafePointer(self.keys.values(as: TextKey.self))
                    bytes = UnsafePointer(self.bytes.values(as: UInt8.self))
                }
            }
            start &+= count
        }
    }

    /// Writes the first slot on each hash's way that bears its tag, or 0, and touches the key and the bytes it stands for.
    private func readAhead(
        _ hashes: UnsafePointer<UInt64>, _ blockKeys: UnsafePointer<TextKey>, _ count: Int, to found: UnsafeMutablePointer<UInt64>
    ) -> UInt64 {
        let slots = slots.values(as: UInt64.self), shift = shift
        let keys = keys.values(as: TextKey.self), bytes = bytes.values(as: UInt8.self)
        let mask = (1 &<< (64 &- Int(truncatingIfNeeded: shift))) &- 1
        for row in 0..<count { found[row] = slots[Int(truncatingIfNeeded: hashes[row] &>> shift)] }
        for row in 0..<count where found[row] &>> 32 != hashes[row] & 0xffff_ffff {
            var place = Int(truncatingIfNeeded: hashes[row] &>> shift)
            while slots[place] != 0, slots[place] &>> 32 != hashes[row] & 0xffff_ffff { place = (place &+ 1) & mask }
            found[row] = slots[place]
        }
        // What is small is in the cache anyway.
        if self.count < 1_000 { return 0 }
        var seen: UInt64 = 0
        for row in 0..<count {
            let number = Int(truncatingIfNeeded: found[row] & 0xffff_ffff)
            seen |= keys[max(number &- 1, 0)].count
        }
        for row in 0..<count where blockKeys[row].count > 24 && found[row] != 0 {
            let key = keys[Int(truncatingIfNeeded: found[row] & 0xffff_ffff) &- 1]
            if key.count > 24 { seen |= UInt64(bytes[Int(key.third)]) }
        }
        return seen
    }

    private func append(_ key: TextKey) {
        let size = MemoryLayout<TextKey>.stride
        keys.reserve((count + 1) * size, used: count * size)
        keys.values(as: TextKey.self)[count] = key
        count += 1
    }

    private func grow() {
        let old = slots.values(as: UInt64.self), capacity = 1 << (64 - Int(shift))
        let factor = capacity < 1 << 18 ? 4 : 2
        let grown = MutableBuffer(capacity: capacity * factor * 8, zeroed: true)
        let to = grown.values(as: UInt64.self)
        shift -= UInt64(factor.trailingZeroBitCount)
        let mask = capacity * factor - 1
        for place in 0..<capacity where old[place] != 0 {
            let hash = hash(of: Int(old[place] & 0xffff_ffff) - 1)
            var target = Int(truncatingIfNeeded: hash >> shift)
            while to[target] != 0 { target = (target + 1) & mask }
            to[target] = old[place]
        }
        slots = grown
    }

    private func hash(of number: Int) -> UInt64 {
        var key = keys.values(as: TextKey.self)[number]
        if key.count <= 24 { return Hash.of(key, Text.empty) }
        let text = Text(bytes.values(as: UInt8.self) + Int(key.third), Int(key.count))
        key.third = 0
        return Hash.of(key, text)
    }

    /// Calls `body` with the string of that number.
    func withText<R>(_ number: Int, _ body: (Text) -> R) -> R {
        let key = keys.values(as: TextKey.self)[number]
        let count = Int(key.count)
        if count > 24 {
            return withExtendedLifetime(bytes) { body(Text(bytes.values(as: UInt8.self) + Int(key.third), count)) }
        }
        let words = (key.first.littleEndian, key.second.littleEndian, key.third.littleEndian)
        return withUnsafeBytes(of: words) { raw in
            body(Text(raw.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? Text.empty.start, count))
        }
    }
}

/// A set of strings, which does not change once it is made.
struct TextSet: @unchecked Sendable {
    private let table = TextTable()

    init(_ strings: some Sequence<String>) {
        for var text in strings { text.withText { _ = table.number(of: $0) } }
    }

    @inline(__always)
    func contains(_ text: Text) -> Bool { table.find(text) != IntegerTable.absent }

    /// The rows of a column that hold a string of the set, where the set is so small that looking for each string in turn is
    /// faster than hashing every row; else nil.
    func rows(_ column: Column) -> Buffer? {
        guard table.count <= 6 else { return nil }
        var found = Bitmap.words(column.count) { _ in 0 }
        for number in 0..<table.count {
            guard let rows = table.withText(number, { ShortText($0) })?.rows(column) else { return nil }
            let before = found.values(as: UInt8.self), more = rows.values(as: UInt8.self)
            found = withExtendedLifetime((found, rows)) {
                Bitmap.words(column.count) { Bitmap.word(before, $0, count: column.count) | Bitmap.word(more, $0, count: column.count) }
            }
        }
        return found
    }
}
