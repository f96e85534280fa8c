// Where in an input something stands: lines and columns are counted only when there is something to say about them.
import QueryFrames

import QueryFrames

extension ByteSource {
    /// The line (from 1) in which the byte at `offset` stands; CR, LF and CRLF end a line.
    func line(at offset: Int) -> Int {
        var line = 1
        var index = 0
        while index < offset {
            if bytes[index] == UInt8(ascii: "\n") {
                line += 1
            } else if bytes[index] == UInt8(ascii: "\r"), index + 1 == count || bytes[index + 1] != UInt8(ascii: "\n") {
                line += 1
            }
            index += 1
        }
        return line
    }

    /// The line and the character in it (both from 1) of the byte at `offset`.
    func place(at offset: Int) -> (line: Int, column: Int) {
        var column = 1
        var index = min(offset, count)
        while index > 0, bytes[index - 1] != UInt8(ascii: "\n"), bytes[index - 1] != UInt8(ascii: "\r") {
            index -= 1
            // Only the first byte of a character counts, and a byte order mark is none.
            if bytes[index] & 0xc0 != 0x80, !(index == 0 && hasByteOrderMark) { column += 1 }
        }
        return (line(at: offset), column)
    }

    /// Whether U+FEFF stands first, which only says that the text is UTF-8.
    var hasByteOrderMark: Bool { count >= 3 && bytes[0] == 0xef && bytes[1] == 0xbb && bytes[2] == 0xbf }

    /// Refuses bytes that are not UTF-8; after this, any cut at ASCII characters leaves valid text.
    public func checkUTF8(_ workers: Workers = .one) throws(FormatError) {
        // Each worker has parts that begin with a character. Where one of them is wrong, the first wrong byte is looked for in order.
        let parts = workers.count > 1 ? workers.count * 4 : 1
        let bounds = (0...parts).map { part in
            var at = count / parts * part
            while part > 0, at < count, bytes[at] & 0xc0 == 0x80 { at += 1 }
            return part == parts ? count : at
        }
        let isRight = workers.perform(parts) { part, _, _ in
            UTF8Validation.firstInvalid(UnsafeRawBufferPointer(rebasing: bytes[bounds[part]..<bounds[part + 1]])) == nil
        }
        guard !isRight, let offset = UTF8Validation.firstInvalid(bytes) else { return }
        throw .invalidUTF8(path: path, offset: offset, line: line(at: offset))
    }
}
