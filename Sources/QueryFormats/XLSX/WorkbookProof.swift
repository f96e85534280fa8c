// Whether a finished workbook is whole. The library writes its parts to temporary files and does not look whether there was room, so that
// what a full disk has cut would be saved as if nothing were missing.
import CZlib
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import QueryFrames

/// Reads a zip file that the library has written.
struct WorkbookProof {
    private let file: Int32

    init(_ file: Int32) { self.file = file }

    /// Whether every part ends as XML does, and the sheets hold rows of so many bytes.
    func holds(rows: [Int]) -> Bool {
        guard let parts = directory() else { return false }
        var sheets = 0
        for part in parts {
            guard let proof = expand(part), proof.isWhole else { return false }
            guard part.name.hasPrefix("xl/worksheets/sheet") else { continue }
            guard let number = Int(part.name.dropFirst(19).dropLast(4)), rows.indices.contains(number - 1), proof.rowBytes == rows[number - 1] else {
                return false
            }
            sheets += 1
        }
        return sheets == rows.count
    }

    /// A part as the zip file's directory has it.
    private struct Part {
        let name: String
        let offset: Int
        let packed: Int
        let size: Int
    }

    private func bytes(_ offset: Int, _ count: Int) -> [UInt8]? {
        guard offset >= 0, count >= 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let taken = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress.map { $0 + done }, count - done, off_t(offset + done)) }
            guard taken > 0 else { return nil }
            done += taken
        }
        return bytes
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ width: Int) -> Int {
        (0..<width).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }

    /// The directory at the end of the file, before a record of 22 bytes that tells where it is.
    private func directory() -> [Part]? {
        var status = stat()
        guard fstat(file, &status) == 0, let end = bytes(Int(status.st_size) - 22, 22), Self.number(end, 0, 4) == 0x0605_4b50 else { return nil }
        guard let list = bytes(Self.number(end, 16, 4), Self.number(end, 12, 4)) else { return nil }
        var parts: [Part] = [], at = 0
        for _ in 0..<Self.number(end, 10, 2) {
            guard at + 46 <= list.count, Self.number(list, at, 4) == 0x0201_4b50 else { return nil }
            let name = Self.number(list, at + 28, 2)
            let next = at + 46 + name + Self.number(list, at + 30, 2) + Self.number(list, at + 32, 2)
            guard next <= list.count else { return nil }
            parts.append(
                Part(
                    name: String(decoding: list[(at + 46)..<(at + 46 + name)], as: UTF8.self), offset: Self.number(list, at + 42, 4),
                    packed: Self.number(list, at + 20, 4), size: Self.number(list, at + 24, 4)))
            at = next
        }
        return parts
    }

    /// What the part's XML shows; nil where it cannot be read to its end.
    private func expand(_ part: Part) -> XMLProof? {
        guard let head = bytes(part.offset, 30), Self.number(head, 0, 4) == 0x0403_4b50 else { return nil }
        var offset = part.offset + 30 + Self.number(head, 26, 2) + Self.number(head, 28, 2)
        // On the heap, because zlib keeps its address.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        guard qs_bare_inflate_begin(stream) == Z_OK else { return nil }
        defer { inflateEnd(stream) }
        var proof = XMLProof(), left = part.packed, code = Z_OK
        var room = [UInt8](repeating: 0, count: 1 << 18)
        while left > 0, code == Z_OK {
            if Cancellation.stopsHere { return nil }
            guard var block = bytes(offset, min(left, 1 << 16)) else { return nil }
            (offset, left) = (offset + block.count, left - block.count)
            code = block.withUnsafeMutableBufferPointer { input in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = UInt32(input.count)
                return room.withUnsafeMutableBufferPointer { room in WorkbookProof.inflate(stream, room, &proof) }
            }
        }
        return code == Z_STREAM_END && proof.count == part.size ? proof : nil
    }

    /// Expands all the input that there is.
    private static func inflate(
        _ stream: UnsafeMutablePointer<z_stream>, _ room: UnsafeMutableBufferPointer<UInt8>, _ proof: inout XMLProof
    ) -> Int32 {
        while true {
            stream.pointee.next_out = room.baseAddress
            stream.pointee.avail_out = UInt32(room.count)
            let code = CZlib.inflate(stream, Z_NO_FLUSH)
            let made = room.count - Int(stream.pointee.avail_out)
            proof.take(UnsafeBufferPointer(rebasing: room[..<made]))
            // With no input left, there is nothing to do but to come again with more.
            if code == Z_BUF_ERROR { return Z_OK }
            if code != Z_OK || stream.pointee.avail_in == 0 && stream.pointee.avail_out > 0 { return code }
        }
    }
}

/// What has been seen of a part's XML: its first and last bytes, and where its rows begin and end.
private struct XMLProof {
    private(set) var count = 0
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var opening = Mark("<sheetData>")
    private var closing = Mark("</sheetData>")

    /// A text that is looked for. `<` stands at its beginning alone, so that there is one way to go on after a byte that does not fit.
    private struct Mark {
        let bytes: [UInt8]
        var matched = 0
        /// Where it ends.
        var end: Int?

        init(_ text: String) { bytes = Array(text.utf8) }

        @inline(__always)
        mutating func take(_ byte: UInt8, _ position: Int) {
            matched = byte == bytes[matched] ? matched + 1 : byte == bytes[0] ? 1 : 0
            guard matched == bytes.count else { return }
            (matched, end) = (0, position + 1)
        }
    }

    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
        if head.count < 1_024 { head += bytes.prefix(1_024 - head.count) }
        tail = Array((tail + bytes.suffix(64)).suffix(64))
        for (index, byte) in bytes.enumerated() {
            opening.take(byte, count + index)
            closing.take(byte, count + index)
        }
        count += bytes.count
    }

    /// The bytes between the marks of the rows; none where there are no rows.
    var rowBytes: Int? {
        guard let from = opening.end else { return closing.end == nil ? 0 : nil }
        return closing.end.map { $0 - closing.bytes.count - from }
    }

    /// Whether the last tag closes the first one.
    var isWhole: Bool {
        let open = UInt8(ascii: "<")
        guard let start = head.indices.first(where: { head[$0] == open && $0 + 1 < head.count && head[$0 + 1] != UInt8(ascii: "?") }) else {
            return false
        }
        let name = head[(start + 1)...].prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ">") }
        let end = tail.lastIndex { $0 > 0x20 }.map { tail[...$0] } ?? []
        return end.suffix(name.count + 3).elementsEqual([open, UInt8(ascii: "/")] + name + [UInt8(ascii: ">")])
    }
}
