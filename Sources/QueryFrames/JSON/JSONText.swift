// The text of JSON strings and values taken apart: escapes undone, blanks left out. JSONSyntax has checked what comes here.

/// Writes into memory that has room for as many bytes as are read.
public enum JSONText {
    /// `a\n\u00e9` as a line end and `é`; the scanner has checked every escape.
    public static func unescape(_ from: UnsafePointer<UInt8>, _ length: Int, _ to: UnsafeMutablePointer<UInt8>) -> Int {
        var at = 0, written = 0
        while at < length {
            guard from[at] == UInt8(ascii: "\\"), at + 1 < length else {
                to[written] = from[at]
                written += 1
                at += 1
                continue
            }
            let escape = from[at + 1]
            at += 2
            if escape == UInt8(ascii: "u"), at + 4 <= length {
                var code = hex(from + at)
                at += 4
                if code & 0xfc00 == 0xd800, at + 6 <= length {
                    code = 0x10000 + (code & 0x3ff) << 10 + hex(from + at + 2) & 0x3ff
                    at += 6
                }
                written += encode(code, to + written)
                continue
            }
            to[written] =
                switch escape {
                case UInt8(ascii: "n"): 0x0a
                case UInt8(ascii: "t"): 0x09
                case UInt8(ascii: "r"): 0x0d
                case UInt8(ascii: "b"): 0x08
                case UInt8(ascii: "f"): 0x0c
                default: escape
                }
            written += 1
        }
        return written
    }

    /// The four hexadecimal digits at `digits`.
    @inlinable
    public static func hex(_ digits: UnsafePointer<UInt8>) -> UInt32 {
        var value: UInt32 = 0
        for index in 0..<4 {
            let digit = digits[index]
            value = value << 4 | UInt32(digit <= 0x39 ? digit & 0xf : (digit & 0xf) + 9)
        }
        return value
    }

    private static func encode(_ code: UInt32, _ to: UnsafeMutablePointer<UInt8>) -> Int {
        func byte(_ lead: UInt32, _ shift: UInt32) -> UInt8 {
            UInt8(truncatingIfNeeded: lead | (code >> shift & (lead == 0x80 ? 0x3f : 0xff)))
        }
        if code < 0x80 {
            to[0] = UInt8(truncatingIfNeeded: code)
            return 1
        }
        if code < 0x800 {
            to[0] = byte(0xc0, 6)
            to[1] = byte(0x80, 0)
            return 2
        }
        if code < 0x10000 {
            to[0] = byte(0xe0, 12)
            to[1] = byte(0x80, 6)
            to[2] = byte(0x80, 0)
            return 3
        }
        to[0] = byte(0xf0, 18)
        to[1] = byte(0x80, 12)
        to[2] = byte(0x80, 6)
        to[3] = byte(0x80, 0)
        return 4
    }

    /// `{"a": [1, 2]}` as `{"a":[1,2]}`.
    public static func compact(_ from: UnsafePointer<UInt8>, _ length: Int, _ to: UnsafeMutablePointer<UInt8>) -> Int {
        var written = 0, quoted = false, escaped = false
        for index in 0..<length {
            let byte = from[index]
            if quoted {
                if escaped {
                    escaped = false
                } else if byte == UInt8(ascii: "\\") {
                    escaped = true
                } else if byte == UInt8(ascii: "\"") {
                    quoted = false
                }
            } else if byte == UInt8(ascii: " ") || (byte >= 0x09 && byte <= 0x0d) {
                continue
            } else if byte == UInt8(ascii: "\"") {
                quoted = true
            }
            to[written] = byte
            written += 1
        }
        return written
    }
}
