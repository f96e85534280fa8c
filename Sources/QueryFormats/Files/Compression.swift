// Compressed files: which endings mean them, and their bytes expanded. They lie between a file and its format.
import CZstd
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How a file is compressed, by the last ending of its name: `orders.csv.gz`.
public enum Compression: String, Sendable, CaseIterable {
    case gzip, zstd

    /// The ending of files of this kind.
    public var ending: String {
        switch self {
        case .gzip: ".gz"
        case .zstd: ".zst"
        }
    }

    /// What the ending of `path` says; nil where it means no compression.
    public init?(path: String) {
        let lower = path.lowercased()
        guard let found = Compression.allCases.first(where: { lower.hasSuffix($0.ending) }) else { return nil }
        self = found
    }

    /// The name of what is compressed: `orders.csv` of `orders.csv.gz`.
    public static func inner(_ path: String) -> String {
        Compression(path: path).map { String(path.dropLast($0.ending.count)) } ?? path
    }

    /// Files that expand to more are refused: a small file can hold any number of zeros.
    static let limit = 16 << 30

    /// All that `bytes` hold, expanded, followed by the zeros that readers want; the caller frees it.
    func expand(_ bytes: UnsafeRawBufferPointer, path: String) throws(FormatError) -> (memory: UnsafeMutableRawPointer, count: Int) {
        var buffer = try ExpandedBytes(path: path, capacity: max(bytes.count * 4, 1 << 16))
        do throws(FormatError) {
            // A file may hold several compressed pieces, one after another.
            switch self {
            case .gzip: try Gunzip.expand(bytes, into: &buffer)
            case .zstd: try Unzstd.expand(bytes, into: &buffer)
            }
            return try buffer.finished()
        } catch {
            free(buffer.memory)
            throw error
        }
    }
}

/// Memory that grows while bytes are expanded into it.
struct ExpandedBytes {
    let path: String
    private(set) var memory: UnsafeMutableRawPointer
    private var capacity: Int
    private(set) var count = 0

    init(path: String, capacity: Int) throws(FormatError) {
        guard let memory = malloc(capacity) else { throw .io(path: path, operation: "read", code: ENOMEM) }
        (self.path, self.memory, self.capacity) = (path, memory, capacity)
    }

    /// Room for at least one byte more.
    mutating func room() throws(FormatError) -> UnsafeMutableRawBufferPointer {
        if count == capacity { try grow(to: capacity * 2) }
        return UnsafeMutableRawBufferPointer(start: memory + count, count: min(capacity - count, 1 << 30))
    }

    /// Counts bytes that were written into the room.
    mutating func advance(_ written: Int) throws(FormatError) {
        count += written
        if count > Compression.limit { throw .tooLarge(path: path, what: "file", limit: Compression.limit) }
    }

    /// The memory with the padding of a `ByteSource` behind its bytes.
    mutating func finished() throws(FormatError) -> (memory: UnsafeMutableRawPointer, count: Int) {
        if capacity - count < ByteSource.padding { try grow(to: count + ByteSource.padding) }
        memset(memory + count, 0, ByteSource.padding)
        return (memory, count)
    }

    private mutating func grow(to size: Int) throws(FormatError) {
        guard let grown = realloc(memory, size) else { throw .io(path: path, operation: "read", code: ENOMEM) }
        (memory, capacity) = (grown, size)
    }
}

/// gzip, by zlib.
private enum Gunzip {
    static func expand(_ bytes: UnsafeRawBufferPointer, into buffer: inout ExpandedBytes) throws(FormatError) {
        guard let inflater = Inflater(.gzip) else { throw .io(path: buffer.path, operation: "read", code: ENOMEM) }
        var done = 0
        repeat {
            let room = try buffer.room()
            // Nothing taken and nothing made: the last piece is cut short.
            guard let (taken, made) = inflater.step(UnsafeRawBufferPointer(rebasing: bytes[done...]), into: room), taken + made > 0 else {
                throw .damaged(path: buffer.path, compression: "gzip")
            }
            done += taken
            try buffer.advance(made)
        } while done < bytes.count || !inflater.isComplete
    }
}

/// zstd, by its own library.
private enum Unzstd {
    static func expand(_ bytes: UnsafeRawBufferPointer, into buffer: inout ExpandedBytes) throws(FormatError) {
        guard let context = ZSTD_createDCtx() else { throw .io(path: buffer.path, operation: "read", code: ENOMEM) }
        defer { ZSTD_freeDCtx(context) }
        var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        var hint = 1
        while hint != 0 || input.pos < input.size {
            let room = try buffer.room()
            var output = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
            let before = input.pos
            hint = ZSTD_decompressStream(context, &output, &input)
            if ZSTD_isError(hint) != 0 { throw .damaged(path: buffer.path, compression: "zstd") }
            try buffer.advance(output.pos)
            // Nothing read and nothing written: the last piece is cut short.
            if hint != 0, output.pos == 0, input.pos == before { throw .damaged(path: buffer.path, compression: "zstd") }
        }
    }
}
