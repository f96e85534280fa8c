// Numbers the distinct strings it is shown, in the order in which they come.

/// An open-addressing table from a string to its number; it holds copies of the strings.
final class TextTable {
    /// A string that came: short ones are known by their first bytes alone.
    private struct Entry {
        var prefix: UInt64
        /// Where all of the string stands in `bytes`.
        var start: Int
        var count: Int
    }

    private let bytes = MutableBuffer(capacity: 1024)
    private var byteCount = 0
    private let entries = MutableBuffer(capacity: 32 * MemoryLayout<Entry>.stride)
    /// One more than the number of the string, below the high half of its hash; 0 where a slot is free.
    private var slots = MutableBuffer(capacity: 64 * 8, zeroed: true)
    private var shift: UInt64 = 58
    private var nullNumber = IntegerTable.absent

    /// How many distinct strings there are, null being one of them.
    private(set) var count = 0

    private static let tag: UInt64 = 0xffff_ffff_0000_0000

    /// The slot of `text`, or the free one where it would stand.
    @inline(__always)
    private func place(_ text: Text, _ prefix: UInt64, _ hash: UInt64) -> Int {
        let slots = slots.values(as: UInt64.self), entries = entries.values(as: Entry.self)
        let mask = (1 &<< (64 &- Int(truncatingIfNeeded: shift))) &- 1
        // The table is found by the high bits, the tag by the low ones.
        let tag = hash &<< 32
        var place = Int(truncatingIfNeeded: hash &>> shift)
        while true {
            let slot = slots[place]
            if slot == 0 { return place }
            if slot & TextTable.tag == tag {
                let entry = entries[Int(truncatingIfNeeded: slot & 0xffff_ffff) &- 1]
                if entry.prefix == prefix && entry.count == text.count {
                    if text.count <= 8 { return place }
                    if Text(bytes.values(as: UInt8.self) + entry.start, entry.count).hasSameRest(text) { return place }
                }
            }
            place = (place &+ 1) & mask
        }
    }

    /// The number of `text`, or `IntegerTable.absent`.
    @inline(__always)
    func find(_ text: Text) -> UInt32 {
        let prefix = text.prefix
        let slot = slots.values(as: UInt64.self)[place(text, prefix, Hash.of(text, prefix: prefix))]
        return UInt32(truncatingIfNeeded: (slot & 0xffff_ffff) &- 1)
    }

    /// The number of `text`, a new one where it comes for the first time.
    @inline(__always)
    func number(of text: Text) -> UInt32 {
        let prefix = text.prefix
        let hash = Hash.of(text, prefix: prefix)
        let place = place(text, prefix, hash)
        let slot = slots.values(as: UInt64.self)[place]
        return slot == 0 ? insert(text, prefix, hash, place) : UInt32(truncatingIfNeeded: slot & 0xffff_ffff) &- 1
    }

    /// The number of null.
    func numberOfNull() -> UInt32 {
        if nullNumber == IntegerTable.absent {
            nullNumber = UInt32(truncatingIfNeeded: count)
            append(Entry(prefix: 0, start: byteCount, count: 0))
        }
        return nullNumber
    }

    @inline(never)
    private func insert(_ text: Text, _ prefix: UInt64, _ hash: UInt64, _ place: Int) -> UInt32 {
        bytes.reserve(byteCount + text.count, used: byteCount)
        if text.count > 0 { (bytes.pointer + byteCount).copyMemory(from: text.start, byteCount: text.count) }
        append(Entry(prefix: prefix, start: byteCount, count: text.count))
        byteCount += text.count
        slots.values(as: UInt64.self)[place] = hash &<< 32 | UInt64(count)
        if count * 2 > 1 << (64 - Int(shift)) { grow() }
        return UInt32(truncatingIfNeeded: count - 1)
    }

    private func append(_ entry: Entry) {
        let size = MemoryLayout<Entry>.stride
        entries.reserve((count + 1) * size, used: count * size)
        entries.values(as: Entry.self)[count] = entry
        count += 1
    }

    private func grow() {
        let old = slots.values(as: UInt64.self), capacity = 1 << (64 - Int(shift))
        let factor = capacity < 1 << 16 ? 4 : 2
        let grown = MutableBuffer(capacity: capacity * factor * 8, zeroed: true)
        let to = grown.values(as: UInt64.self), entries = entries.values(as: Entry.self)
        shift -= UInt64(factor.trailingZeroBitCount)
        let mask = capacity * factor - 1
        for place in 0..<capacity where old[place] != 0 {
            let entry = entries[Int(old[place] & 0xffff_ffff) - 1]
            let hash = Hash.of(Text(bytes.values(as: UInt8.self) + entry.start, entry.count), prefix: entry.prefix)
            var target = Int(truncatingIfNeeded: hash >> shift)
            while to[target] != 0 { target = (target + 1) & mask }
            to[target] = old[place]
        }
        slots = grown
    }

    /// Calls `body` with the string of that number.
    func withText<R>(_ number: Int, _ body: (Text) -> R) -> R {
        let entry = entries.values(as: Entry.self)[number]
        return withExtendedLifetime(bytes) { body(Text(bytes.values(as: UInt8.self) + entry.start, entry.count)) }
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
