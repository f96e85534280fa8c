// Numbers the distinct strings it is shown, in the order in which they come.

/// An open-addressing table from a string to its number; it holds copies of the strings.
struct TextTable {
    private var bytes: [UInt8] = []
    /// Where each string ends in `bytes`, after a 0.
    private var ends: [Int] = [0]
    private var hashes: [UInt64] = []
    /// One more than the number of the string that stands in a slot; 0 where the slot is free.
    private var slots: [UInt32]
    private var shift: UInt64

    /// How many distinct strings there are.
    var count: Int { hashes.count }

    init() {
        slots = Array(repeating: 0, count: 64)
        shift = 58
    }

    @inline(__always)
    private func isEqual(_ number: Int, _ hash: UInt64, _ text: Text) -> Bool {
        guard hashes[number] == hash, ends[number &+ 1] &- ends[number] == text.count else { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return true }
            return Text(start + ends[number], text.count) == text
        }
    }

    /// Calls `body` with the string of that number.
    func withText<R>(_ number: Int, _ body: (Text) -> R) -> R {
        bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return body(Text.empty) }
            return body(Text(start + ends[number], ends[number + 1] - ends[number]))
        }
    }

    /// The number of `text`, nil where it never came.
    func find(_ text: Text) -> Int? {
        let hash = Hash.of(text)
        var slot = Int(truncatingIfNeeded: hash &>> shift)
        while case let number = slots[slot], number != 0 {
            if isEqual(Int(number) &- 1, hash, text) { return Int(number) &- 1 }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        return nil
    }

    /// The number of `text`, a new one where it comes for the first time.
    mutating func number(of text: Text) -> Int {
        let hash = Hash.of(text)
        var slot = Int(truncatingIfNeeded: hash &>> shift)
        while case let number = slots[slot], number != 0 {
            if isEqual(Int(number) &- 1, hash, text) { return Int(number) &- 1 }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.start, count: text.count))
        ends.append(bytes.count)
        hashes.append(hash)
        slots[slot] = UInt32(truncatingIfNeeded: hashes.count)
        if hashes.count * 2 > slots.count { grow() }
        return hashes.count - 1
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        shift -= 1
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash >> shift)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: number + 1)
        }
    }
}

/// A set of strings.
struct TextSet: Sendable {
    private var table = TextTable()

    mutating func insert(_ text: String) {
        var text = text
        text.withText { _ = table.number(of: $0) }
    }

    @inline(__always)
    func contains(_ text: Text) -> Bool { table.find(text) != nil }

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
