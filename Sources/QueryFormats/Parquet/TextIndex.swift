// The distinct texts of some rows, each with a number: the dictionary of a column chunk.
import QueryFrames

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Numbers texts in the order in which they first come; the columns have to outlive it.
struct TextIndex {
    private(set) var texts: [UnsafeRawBufferPointer] = []
    private var hashes: [UInt32] = []
    /// Numbers of texts plus one, by their hash; 0 where there is none.
    private var slots: [UInt32]
    /// Bytes of all texts.
    private(set) var byteCount = 0

    init() { slots = Array(repeating: 0, count: 1_024) }

    /// The number of `text`, which may be new.
    @inline(__always)
    mutating func number(_ text: UnsafeRawBufferPointer) -> UInt32 {
        let hash = TextIndex.hash(text)
        var slot = Int(hash) & (slots.count &- 1)
        while true {
            let found = slots[slot]
            if found == 0 { return insert(text, hash, slot) }
            if hashes[Int(found) &- 1] == hash, TextIndex.same(texts[Int(found) &- 1], text) { return found &- 1 }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
    }

    @inline(never)
    private mutating func insert(_ text: UnsafeRawBufferPointer, _ hash: UInt32, _ slot: Int) -> UInt32 {
        let number = UInt32(truncatingIfNeeded: texts.count)
        texts.append(text)
        hashes.append(hash)
        byteCount += text.count
        slots[slot] = number + 1
        if texts.count * 2 > slots.count { grow() }
        return number
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 4)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: number) + 1
        }
    }

    @inline(__always)
    private static func same(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count, let from = left.baseAddress, let to = right.baseAddress else { return left.count == right.count }
        return memcmp(from, to, left.count) == 0
    }

    @inline(__always)
    private static func hash(_ text: UnsafeRawBufferPointer) -> UInt32 {
        var hash = UInt64(truncatingIfNeeded: text.count) &* 0x9e37_79b9_7f4a_7c15
        guard let start = text.baseAddress else { return 0 }
        var at = 0
        while at &+ 8 <= text.count {
            hash = mix(hash ^ start.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at &+= 8
        }
        var rest: UInt64 = 0
        while at < text.count {
            rest = rest &<< 8 | UInt64(start.load(fromByteOffset: at, as: UInt8.self))
            at &+= 1
        }
        return UInt32(truncatingIfNeeded: mix(hash ^ rest) &>> 32)
    }

    @inline(__always)
    private static func mix(_ word: UInt64) -> UInt64 {
        let product = word.multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
        return product.high ^ product.low
    }
}
