// `like`: `%` stands for any text, `_` for one code point; case counts and nothing is escaped. A pattern is cut at its `%`
// once, and most patterns then are no more than a prefix, a suffix or a part to look for.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A pattern of `like`, ready to be matched.
struct LikePattern: Sendable {
    /// The texts between the `%`, where 0x5f (`_`) stands for a code point if the piece `hasBlanks`.
    private struct Piece: Sendable {
        let bytes: [UInt8]
        let hasBlanks: Bool
    }

    private let pieces: [Piece]

    init(_ pattern: String) {
        self.init(bytes: Array(pattern.utf8))
    }

    init(_ pattern: Text) { self.init(bytes: Array(pattern.bytes)) }

    private init(bytes: [UInt8]) {
        // Of the empty pieces between `%%` only the first and the last say something.
        let cut = bytes.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)
        pieces = cut.enumerated()
            .filter { $0.offset == 0 || $0.offset == cut.count - 1 || !$0.element.isEmpty }
            .map { Piece(bytes: Array($0.element), hasBlanks: $0.element.contains(UInt8(ascii: "_"))) }
    }

    /// The text that has to occur, where the pattern says no more: `%part%`.
    var part: [UInt8]? {
        guard pieces.count == 3, !pieces[1].hasBlanks, pieces[0].bytes.isEmpty, pieces[2].bytes.isEmpty else { return nil }
        return pieces[1].bytes
    }

    /// Whether the whole of `text` fits the pattern.
    func matches(_ text: Text) -> Bool {
        guard let end = end(of: pieces[0], in: text, at: 0) else { return false }
        if pieces.count == 1 { return end == text.count }
        var at = end
        for piece in pieces[1..<(pieces.count - 1)] {
            guard let after = firstEnd(of: piece, in: text, from: at) else { return false }
            at = after
        }
        return fitsEnd(pieces[pieces.count - 1], text, from: at)
    }

    /// Where `piece` ends if it stands at `offset`.
    @inline(__always)
    private func end(of piece: Piece, in text: Text, at offset: Int) -> Int? {
        if !piece.hasBlanks {
            let count = piece.bytes.count
            guard text.count &- offset >= count else { return nil }
            return piece.bytes.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return offset }
                return memcmp(text.start + offset, start, count) == 0 ? offset &+ count : nil
            }
        }
        var at = offset
        for byte in piece.bytes {
            guard at < text.count else { return nil }
            if byte == UInt8(ascii: "_") {
                repeat { at &+= 1 } while at < text.count && !Text.isBoundary(text.start[at])
            } else {
                guard text.start[at] == byte else { return nil }
                at &+= 1
            }
        }
        return at
    }

    /// Where the first occurrence of `piece` at or after `offset` ends. Taking the first one never spoils what comes later.
    private func firstEnd(of piece: Piece, in text: Text, from offset: Int) -> Int? {
        if !piece.hasBlanks {
            return piece.bytes.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return offset }
                return text.firstIndex(of: Text(start, bytes.count), from: offset).map { $0 + bytes.count }
            }
        }
        var at = offset
        while at <= text.count {
            if at == text.count || Text.isBoundary(text.start[at]), let end = end(of: piece, in: text, at: at) { return end }
            at &+= 1
        }
        return nil
    }

    /// Whether the text ends with `piece`, which begins at `from` or later.
    private func fitsEnd(_ piece: Piece, _ text: Text, from: Int) -> Bool {
        if !piece.hasBlanks {
            let start = text.count - piece.bytes.count
            return start >= from && end(of: piece, in: text, at: start) == text.count
        }
        // Count back as many code points as the piece has; it has its place there or nowhere.
        var points = piece.bytes.reduce(0) { $0 + (Text.isBoundary($1) ? 1 : 0) }
        var at = text.count
        while points > 0 {
            guard at > from else { return false }
            at &-= 1
            if Text.isBoundary(text.start[at]) { points &-= 1 }
        }
        return end(of: piece, in: text, at: at) == text.count
    }
}

extension LikePattern {
    /// The operation, with the text it takes beside the string, that a pattern of one piece without `_` comes down to: `mo%`
    /// is `starts_with(s, "mo")`. Nil for other patterns.
    var plain: (operation: any Operation, text: String)? {
        guard pieces.allSatisfy({ !$0.hasBlanks }) else { return nil }
        func text(_ piece: Int) -> String { String(decoding: pieces[piece].bytes, as: UTF8.self) }
        switch pieces.map(\.bytes.isEmpty) {
        case [true], [false]: return (TextComparison(spelling: .equal), text(0))
        case [false, true], [true, true]: return (mapBinary(type: .bool, function: StartsWith()), text(0))
        case [true, false]: return (mapBinary(type: .bool, function: EndsWith()), text(1))
        case [true, false, true]: return (mapBinary(type: .bool, function: Contains()), text(1))
        default: return nil
        }
    }
}

/// `like` with a pattern that is the same for all rows.
struct LikeConstant: UnaryFunction {
    private let pattern: LikePattern
    /// What `%part%` looks for, at hand without counting a reference a row.
    private let part: Text?
    private let owner: Buffer

    init(pattern: LikePattern) {
        self.pattern = pattern
        let bytes = pattern.part ?? []
        let memory = MutableBuffer(capacity: bytes.count)
        memory.pointer.copyMemory(from: bytes, byteCount: bytes.count)
        owner = memory.freeze(byteCount: bytes.count)
        part = bytes.isEmpty ? nil : Text(owner.values(as: UInt8.self), bytes.count)
    }

    @inline(__always)
    func call(_ a: Text, _ failed: inout Bool) -> Bool {
        if let part { return a.firstIndex(of: part) != nil }
        return pattern.matches(a)
    }
}

/// `like` with a pattern of each row's own.
struct LikeVarying: BinaryFunction {
    func call(_ a: Text, _ b: Text, _ failed: inout Bool) -> Bool { LikePattern(b).matches(a) }
}
