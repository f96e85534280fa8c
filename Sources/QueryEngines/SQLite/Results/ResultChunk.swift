// One column of a batch of result rows: every value as SQLite has it, before the type of the whole column is known.
import CSQLite
import QueryFrames

/// The values of one column in one batch of rows.
///
/// A row has a tag (SQLite's type code) and eight bytes: the integer, the bits of the real, or where the bytes of the text
/// or blob end in `bytes`.
struct ResultChunk {
    var count: Int
    var tags: MutableBuffer
    var payload: MutableBuffer
    var bytes: MutableBuffer
    var byteCount: Int
    /// A bit for each tag that occurs.
    var seen: UInt8

    static func bit(_ tag: Int32) -> UInt8 { 1 << UInt8(truncatingIfNeeded: tag) }

    func tag(_ row: Int) -> Int32 { Int32(tags.values(as: UInt8.self)[row]) }
    func int(_ row: Int) -> Int64 { payload.values(as: Int64.self)[row] }
    func float(_ row: Int) -> Double { payload.values(as: Double.self)[row] }

    /// The bytes of the text or blob of `row`.
    func text(_ row: Int) -> UnsafeRawBufferPointer {
        let ends = payload.values(as: Int64.self)
        var before = row - 1
        // Numbers in between have no end; in a column of texts and nulls alone, the row before always has one.
        while before >= 0, tag(before) == SQLITE_INTEGER || tag(before) == SQLITE_FLOAT { before -= 1 }
        let start = before < 0 ? 0 : Int(ends[before])
        return UnsafeRawBufferPointer(start: bytes.pointer + start, count: Int(ends[row]) - start)
    }
}

extension ResultChunk {
    /// Whether every text is UTF-8; blobs are judged when the column's type is chosen.
    var hasValidTexts: Bool {
        guard seen & ResultChunk.bit(SQLITE_TEXT) != 0 else { return true }
        let all = UnsafeRawBufferPointer(start: bytes.pointer, count: byteCount)
        // Of columns without blobs, all bytes at once are looked at: if they are UTF-8 and no text begins with the rest of
        // a character, each text is.
        if seen & ResultChunk.bit(SQLITE_BLOB) == 0 {
            guard UTF8Validation.isValid(all) else { return false }
            let ends = payload.values(as: Int64.self)
            for row in 0..<count where tag(row) == SQLITE_TEXT {
                let end = Int(ends[row])
                if end < byteCount, all[end] & 0xc0 == 0x80 { return false }
            }
            return true
        }
        for row in 0..<count where tag(row) == SQLITE_TEXT && !UTF8Validation.isValid(text(row)) { return false }
        return true
    }

    /// Whether every blob is UTF-8 and so can be taken as text.
    var hasTextualBlobs: Bool {
        guard seen & ResultChunk.bit(SQLITE_BLOB) != 0 else { return true }
        for row in 0..<count where tag(row) == SQLITE_BLOB && !UTF8Validation.isValid(text(row)) { return false }
        return true
    }
}
