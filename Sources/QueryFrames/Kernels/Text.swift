// A string as kernels see it: bytes somewhere in a column, compared by code point, which for UTF-8 is by byte.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

#if canImport(Glibc)
// The module of glibc hides it without _GNU_SOURCE. It runs in linear time.
@_silgen_name("memmem")
private func memmem(
    _ text: UnsafeRawPointer, _ count: Int, _ part: UnsafeRawPointer, _ partCount: Int
) -> UnsafeMutableRawPointer?
#endif

/// The UTF-8 of one row; valid as long as its column lives.
struct Text: @unchecked Sendable {
    let start: UnsafePointer<UInt8>
    let count: Int

    @inline(__always)
    init(_ start: UnsafePointer<UInt8>, _ count: Int) {
        self.start = start
        self.count = count
    }

    /// The bytes as a buffer.
    @inline(__always)
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    @inline(__always)
    static func == (left: Text, right: Text) -> Bool {
        left.count == right.count && memcmp(left.start, right.start, left.count) == 0
    }

    /// Negative, zero or positive, as `left` comes before, with or after `right`.
    @inline(__always)
    static func order(_ left: Text, _ right: Text) -> Int {
        let order = memcmp(left.start, right.start, min(left.count, right.count))
        return order != 0 ? Int(order) : left.count &- right.count
    }

    /// The bytes from `offset` on.
    @inline(__always)
    func dropFirst(_ offset: Int) -> Text { Text(start + offset, count &- offset) }

    /// Whether the byte at `offset` begins a code point.
    @inline(__always)
    static func isBoundary(_ byte: UInt8) -> Bool { byte & 0xc0 != 0x80 }

    /// How many code points there are.
    var codePoints: Int {
        var following = 0
        var at = 0
        while at &+ 8 <= count {
            // The bytes 10xxxxxx go on with a code point: their first bit is set and their second is not.
            let word = UnsafeRawPointer(start + at).loadUnaligned(as: UInt64.self)
            following &+= ((word &>> 7) & ~(word &>> 6) & 0x0101_0101_0101_0101).nonzeroBitCount
            at &+= 8
        }
        while at < count {
            following &+= Text.isBoundary(start[at]) ? 0 : 1
            at &+= 1
        }
        return count &- following
    }

    /// The byte where code point `index` (from 0) begins, or the end where there are not so many.
    func offset(ofCodePoint index: Int) -> Int {
        var left = index
        var at = 0
        while at < count {
            if Text.isBoundary(start[at]) {
                if left == 0 { return at }
                left &-= 1
            }
            at &+= 1
        }
        return count
    }

    /// Where `part` first occurs at or after `offset`; an empty part occurs at once.
    func firstIndex(of part: Text, from offset: Int = 0) -> Int? {
        guard part.count <= count - offset else { return nil }
        if part.count == 0 { return offset }
        if count &- offset <= Text.shortLength { return firstIndexInShort(part, from: offset) }
        guard let found = memmem(start + offset, count - offset, part.start, part.count) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(start)
    }

    /// Texts up to this length are searched without preparation: what that costs in the worst case is bounded.
    private static let shortLength = 64

    /// The same in few bytes: from one occurrence of the part's first byte to the next.
    private func firstIndexInShort(_ part: Text, from offset: Int) -> Int? {
        var at = offset
        let last = count &- part.count
        while at <= last {
            guard let found = memchr(start + at, Int32(part.start[0]), last &- at &+ 1) else { return nil }
            at = UnsafeRawPointer(found) - UnsafeRawPointer(start)
            if memcmp(found, part.start, part.count) == 0 { return at }
            at &+= 1
        }
        return nil
    }

    func hasPrefix(_ part: Text) -> Bool { part.count <= count && memcmp(start, part.start, part.count) == 0 }

    func hasSuffix(_ part: Text) -> Bool {
        part.count <= count && memcmp(start + (count - part.count), part.start, part.count) == 0
    }
}

/// Where the strings of an operand are, whatever its layout.
struct TextSource {
    private let offsets: UnsafePointer<Int32>
    private let bytes: UnsafePointer<UInt8>
    private let indices: UnsafePointer<Int32>?
    private let distinct: UInt32
    private let mask: Int
    /// The last place from which 32 bytes can be read.
    let readableEnd: UnsafePointer<UInt8>

    init(_ column: Column, mask: Int = -1) {
        self.mask = mask
        switch column.storage {
        case .variable(let offsets, let bytes):
            self.offsets = offsets.values(as: Int32.self)
            self.bytes = bytes.values(as: UInt8.self)
            readableEnd = TextSource.readableEnd(bytes)
            indices = nil
            distinct = 0
        case .dictionary(let indices, let values):
            guard case .variable(let offsets, let bytes) = values.storage else {
                preconditionFailure("a dictionary's values are plain strings")
            }
            self.offsets = offsets.values(as: Int32.self)
            self.bytes = bytes.values(as: UInt8.self)
            readableEnd = TextSource.readableEnd(bytes)
            self.indices = indices.values(as: Int32.self)
            distinct = UInt32(values.count)
        default:
            preconditionFailure("not a string column: \(column.type)")
        }
    }

    private static func readableEnd(_ bytes: Buffer) -> UnsafePointer<UInt8> {
        bytes.values(as: UInt8.self) + (bytes.byteCount - 32 + (bytes.owner is MutableBuffer ? MutableBuffer.padding : 0))
    }

    /// The string of `row`; where the row is null, some string or an empty one.
    @inline(__always)
    subscript(row: Int) -> Text {
        var at = row & mask
        if let indices {
            let index = UInt32(bitPattern: indices[at])
            // The index of a null row may be anything.
            if index >= distinct { return Text(bytes, 0) }
            at = Int(index)
        }
        let start = Int(offsets[at])
        return Text(bytes + start, Int(offsets[at &+ 1]) &- start)
    }
}
