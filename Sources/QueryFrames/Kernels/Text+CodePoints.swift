// Code points of a string: case, white space. Strings are UTF-8 by promise; what is not cannot lead astray.

extension Text {
    /// The code point at `offset` and how many bytes it takes; U+FFFD for one byte that is no UTF-8.
    func codePoint(at offset: Int) -> (scalar: Unicode.Scalar, width: Int) {
        let first = start[offset]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let width = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
        guard first >= 0xc0, offset + width <= count else { return ("\u{fffd}", 1) }
        var value = UInt32(first) & (0x7f >> UInt32(width))
        for index in 1..<width { value = value << 6 | UInt32(start[offset + index] & 0x3f) }
        guard let scalar = Unicode.Scalar(value) else { return ("\u{fffd}", 1) }
        return (scalar, width)
    }

    /// Appends the string to `sink` with every code point mapped.
    @inline(__always)
    func mapped(to sink: inout TextSink, _ letters: LetterCase) {
        var at = 0
        while at < count {
            var end = at
            while end &+ 8 <= count {
                let word = UnsafeRawPointer(start + end).loadUnaligned(as: UInt64.self)
                guard word & 0x8080_8080_8080_8080 == 0, let room = sink.room(8) else { break }
                UnsafeMutableRawPointer(room).storeBytes(of: letters.mapped(ascii: word), as: UInt64.self)
                end &+= 8
            }
            at = end
            while end < count, start[end] < 0x80 { end &+= 1 }
            if let room = sink.room(end &- at) {
                for index in at..<end { room[index &- at] = letters.mapped(ascii: start[index]) }
            }
            at = end
            while at < count, start[at] >= 0x80 {
                let (scalar, width) = codePoint(at: at)
                letters.append(scalar, of: dropFirst(at), width, to: &sink)
                at &+= width
            }
        }
    }

    /// The string without white space at either end.
    var trimmed: Text {
        var from = 0
        var to = count
        while from < to {
            let (scalar, width) = codePoint(at: from)
            guard scalar.properties.isWhitespace else { break }
            from += width
        }
        while to > from {
            var last = to - 1
            while last > from, !Text.isBoundary(start[last]) { last -= 1 }
            guard codePoint(at: last).scalar.properties.isWhitespace else { break }
            to = last
        }
        return Text(start + from, to - from)
    }
}
