// The names of a source: from the bytes of each to its number, and back to its text, which is made once.

/// The distinct names of a source, in the order in which they come, after the words of the grammar.
///
/// A lookup is a hash of the name, eight bytes at a time, and mostly one comparison: of its first eight bytes.
struct NameTable {
    private(set) var texts: [String] = []
    private var entries: [Entry] = []
    /// The bytes of the names beyond their first eight.
    private var rests: [UInt8] = []
    /// An open-addressing table: above, half of a name's hash; below, one more than its number; 0 where a slot is free.
    private var slots = [UInt64](repeating: 0, count: 128)
    /// Names with letters beyond ASCII, which are the same name whichever way those letters are composed.
    private var foreign: [String: Name] = [:]
    private let seeds = NameTable.seeds

    /// What a name is compared by.
    private struct Entry {
        /// The first eight bytes, zeros after a shorter name.
        var head: UInt64
        /// How many bytes the name has.
        var count: UInt32
        /// Where those beyond the first eight begin among the rests.
        var rest: UInt32
    }

    /// Differ from process to process, so that nobody can choose names that all meet in one slot.
    private static let seeds = (UInt64(truncatingIfNeeded: Hasher().finalize()), UInt64(truncatingIfNeeded: true.hashValue) | 1)

    /// The words of the grammar and nothing else.
    static let words: NameTable = {
        var table = NameTable()
        for word in Word.allCases { _ = table.intern(word.text) }
        return table
    }()

    func text(_ name: Name) -> String { texts[Int(name.number)] }

    /// How many names there are.
    var count: Int { texts.count }

    /// The name of that text, a new one where there is none.
    mutating func intern(_ text: String) -> Name {
        var text = text
        return text.withUTF8 { name(NameBytes($0, count: $0.count)) }
    }

    /// The name of that text; nil where there is none.
    func find(_ text: String) -> Name? {
        var text = text
        return text.withUTF8 { utf8 in
            let bytes = NameBytes(utf8, count: utf8.count), head = bytes.word(at: 0)
            return find(bytes, head, hash(bytes, head))
        } ?? foreign[text]
    }

    /// The name of those bytes, a new one where there is none.
    @inline(__always)
    mutating func name(_ bytes: NameBytes) -> Name {
        let head = bytes.word(at: 0), hash = hash(bytes, head)
        // Nearly every name is short and in the first slot.
        let slot = slots[Int(truncatingIfNeeded: hash >> 32) & (slots.count &- 1)]
        if slot != 0, bytes.count <= 8 {
            let number = UInt32(truncatingIfNeeded: slot) &- 1, entry = entries[Int(number)]
            if entry.head == head, Int(entry.count) == bytes.count { return Name(number: number) }
        }
        return nameElsewhere(bytes, head, hash)
    }

    @inline(never)
    private mutating func nameElsewhere(_ bytes: NameBytes, _ head: UInt64, _ hash: UInt64) -> Name {
        find(bytes, head, hash) ?? insert(bytes, head, hash)
    }

    @inline(__always)
    private func hash(_ bytes: NameBytes, _ head: UInt64) -> UInt64 {
        let hash = NameTable.mix(head ^ seeds.0, UInt64(truncatingIfNeeded: bytes.count) ^ seeds.1)
        return bytes.count <= 8 ? hash : NameTable.hashRest(bytes, hash, seeds.1)
    }

    @inline(never)
    private static func hashRest(_ bytes: NameBytes, _ hash: UInt64, _ seed: UInt64) -> UInt64 {
        var hash = hash
        for offset in stride(from: 8, to: bytes.count, by: 8) { hash = mix(hash ^ bytes.word(at: offset), seed) }
        return hash
    }

    @inline(__always)
    private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    private func find(_ bytes: NameBytes, _ head: UInt64, _ hash: UInt64) -> Name? {
        let mask = slots.count &- 1
        var place = Int(truncatingIfNeeded: hash >> 32) & mask
        while true {
            let slot = slots[place]
            if slot == 0 { return nil }
            if slot >> 32 == hash >> 32 {
                let number = UInt32(truncatingIfNeeded: slot) &- 1, entry = entries[Int(number)]
                if entry.head == head, Int(entry.count) == bytes.count, bytes.count <= 8 || hasRest(bytes, entry.rest) { return Name(number: number) }
            }
            place = (place &+ 1) & mask
        }
    }

    /// Whether the bytes beyond the first eight are those at `start` of the rests.
    private func hasRest(_ bytes: NameBytes, _ start: UInt32) -> Bool {
        rests[Int(start)..<Int(start) + bytes.count - 8].elementsEqual(bytes.own[8...])
    }

    private mutating func insert(_ bytes: NameBytes, _ head: UInt64, _ hash: UInt64) -> Name {
        let text = String(decoding: bytes.own, as: UTF8.self), name = Name(number: UInt32(texts.count))
        if bytes.own.contains(where: { $0 >= 0x80 }) {
            if let known = foreign[text] { return known }
            foreign[text] = name
        }
        texts.append(text)
        entries.append(Entry(head: head, count: UInt32(truncatingIfNeeded: bytes.count), rest: UInt32(truncatingIfNeeded: rests.count)))
        rests.append(contentsOf: bytes.own.dropFirst(8))
        if texts.count * 2 > slots.count { grow() }
        enter(hash & ~0xffff_ffff | UInt64(texts.count))
        return name
    }

    private mutating func enter(_ slot: UInt64) {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: slot >> 32) & mask
        while slots[place] != 0 { place = (place + 1) & mask }
        slots[place] = slot
    }

    private mutating func grow() {
        let taken = slots
        slots = [UInt64](repeating: 0, count: taken.count * 2)
        for slot in taken where slot != 0 { enter(slot) }
    }
}

/// The bytes of a name, somewhere in memory that outlives this.
struct NameBytes {
    /// What the name begins: eight bytes are read at once where there are so many, all of the name or not.
    private let memory: UnsafeBufferPointer<UInt8>
    let count: Int

    @inline(__always)
    init(_ memory: UnsafeBufferPointer<UInt8>, count: Int) {
        self.memory = memory
        self.count = count
    }

    var own: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: memory[..<count]) }

    /// The eight bytes at `offset`, zeros from the end of the name on.
    @inline(__always)
    func word(at offset: Int) -> UInt64 {
        let left = count &- offset
        if memory.count &- offset >= 8 {
            let word = UInt64(littleEndian: UnsafeRawBufferPointer(memory).loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            return left >= 8 ? word : word & ((1 &<< UInt64(truncatingIfNeeded: left &* 8)) &- 1)
        }
        var word: UInt64 = 0
        for index in 0..<left { word |= UInt64(memory[offset + index]) << UInt64(index * 8) }
        return word
    }
}
