// Bytes from the keyboard as characters.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What has been read from the terminal and not been used yet.
struct KeyInput {
    /// What `fill` found.
    enum Found { case bytes, nothing, end, failure(Int32) }

    /// What the beginning of a bracketed paste is read as, in libedit's notation: a key that no keyboard sends in raw mode,
    /// as the terminal makes a signal of it. The escape that the terminal sends would take vi's own from it.
    static let pasteKey = "^\\"
    private static let pasteMark = Array("\u{1b}[200~".utf8)

    private var bytes: [UInt8] = []
    private var position = 0

    var isEmpty: Bool { position == bytes.count }

    /// Reads what the terminal has, without waiting if `poll` said that there is something.
    mutating func fill() -> Found {
        if position > 0 {
            bytes.removeSubrange(..<position)
            position = 0
        }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = chunk.withUnsafeMutableBytes { read(Terminal.input, $0.baseAddress, $0.count) }
        if count > 0 {
            bytes.append(contentsOf: chunk.prefix(count))
            return .bytes
        }
        if count == 0 || errno == EIO { return .end }
        return errno == EAGAIN || errno == EINTR ? .nothing : .failure(errno)
    }

    mutating func removeAll() { (bytes, position) = ([], 0) }

    /// Gives a character back, to be read next.
    mutating func unread(_ scalar: Unicode.Scalar) {
        bytes.replaceSubrange(..<position, with: Array(String(scalar).utf8))
        position = 0
    }

    /// The next whole character; a byte that can begin none is U+FFFD. Nil if more bytes are needed.
    mutating func next() -> Unicode.Scalar? {
        guard position < bytes.count else { return nil }
        let first = bytes[position]
        if first == 0x1b {
            let start = bytes[position...].prefix(KeyInput.pasteMark.count)
            if start.elementsEqual(KeyInput.pasteMark) {
                position += start.count
                return "\u{1c}"
            }
            if start.count > 2 && KeyInput.pasteMark.starts(with: start) && Terminal.hasInput { return nil }
        }
        let length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1
        let available = bytes[position...].prefix(length)
        let isCut = available.dropFirst().allSatisfy { $0 & 0xc0 == 0x80 } && available.count < length
        if isCut { return nil }
        var decoder = UTF8()
        var iterator = available.makeIterator()
        if case .scalarValue(let scalar) = decoder.decode(&iterator), UTF8.width(scalar) == length {
            position += length
            return scalar
        }
        position += 1
        return "\u{fffd}"
    }
}
