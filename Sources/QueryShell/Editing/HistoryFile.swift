// The history's file: one JSON object a line, only ever appended to, shared by all sessions that run.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file of lines like `{"time":1716280000,"text":"print 1"}`; the time is in seconds since 1970.
///
/// Whatever cannot be done is left undone: a history is no reason for a session not to run.
struct HistoryFile: Sendable {
    /// No more than so many bytes are read, from the end.
    static let byteLimit = 32 << 20

    let path: String

    /// The texts of the last `limit` whole lines, oldest first; neighbours that are equal count once.
    func load(limit: Int) -> [String] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        guard let size = regularSize(descriptor) else { return [] }
        _ = flock(descriptor, LOCK_SH)
        let bytes = readTail(descriptor, from: max(0, size - HistoryFile.byteLimit))
        var texts: [String] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")).suffix(limit) {
            guard let text = HistoryLine.text(of: line), text != texts.last else { continue }
            texts.append(text)
        }
        return texts
    }

    /// Adds a line for a text; the file is made for its owner alone.
    func append(_ text: String) {
        makeFolder()
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX) == 0, let size = regularSize(descriptor) else { return }
        var line = HistoryLine.line(time: Int64(time(nil)), text: text)
        // A line that another session could not finish must not swallow this one.
        if size > 0 && readTail(descriptor, from: size - 1) != [UInt8(ascii: "\n")] { line.insert(UInt8(ascii: "\n"), at: 0) }
        _ = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    private func regularSize(_ descriptor: Int32) -> Int? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    private func readTail(_ descriptor: Int32, from start: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= HistoryFile.byteLimit {
            let count = chunk.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(start + bytes.count)) }
            if count <= 0 { break }
            bytes.append(contentsOf: chunk.prefix(count))
        }
        return bytes
    }

    /// Makes the folders on the way, closed to others; those that are there stay as they are.
    private func makeFolder() {
        var slash = path.utf8.dropFirst().firstIndex(of: UInt8(ascii: "/"))
        while let end = slash {
            mkdir(String(path[..<end]), 0o700)
            slash = path.utf8[path.utf8.index(after: end)...].firstIndex(of: UInt8(ascii: "/"))
        }
    }
}
