// Pieces of a file that are compressed one by one, as the pages of parquet and the buffers of arrow are: their size is known before.
import CLZ4
import CSnappy
import CZlib
import CZstd
import QueryFrames

/// How a piece is compressed.
enum Codec: String, CaseIterable {
    case none, snappy, gzip, zstd
    /// One block without a frame around it.
    case lz4
    case lz4Frame

    /// Bytes that one compressed byte can stand for at most: a larger claim is refused before memory is asked for.
    private var greatestRatio: Int {
        switch self {
        case .none: 1
        case .snappy: 64
        case .lz4, .lz4Frame: 256
        case .gzip: 1_100
        case .zstd: 1 << 16
        }
    }

    /// The `size` bytes that `input` stands for.
    func expand(_ input: CheckedBytes, size: Int) throws(FormatError) -> Buffer {
        let (most, overflow) = input.count.multipliedReportingOverflow(by: greatestRatio)
        guard size >= 0, overflow || size <= most + 64 else { throw input.damaged }
        if let budget = MemoryBudget.current, !budget.allows(size) { throw .memory(path: input.path, row: nil, limit: budget.limit) }
        let room = MutableBuffer(capacity: size)
        guard let source = input.bytes.baseAddress else {
            if size == 0 { return room.freeze(byteCount: 0) }
            throw input.damaged
        }
        let isWhole = size == 0 || expand(source, input.count, room.pointer, size)
        guard isWhole else { throw input.damaged }
        return room.freeze(byteCount: size)
    }

    /// False where the input is not what it should be, or stands for another number of bytes.
    private func expand(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer, _ size: Int) -> Bool {
        let from = source.assumingMemoryBound(to: CChar.self), to = target.assumingMemoryBound(to: CChar.self)
        switch self {
        case .none:
            guard count == size else { return false }
            target.copyMemory(from: source, byteCount: size)
            return true
        case .snappy:
            // The library writes as many bytes as the input says that it stands for.
            var length = 0
            guard snappy_uncompressed_length(from, count, &length) == SNAPPY_OK, length == size else { return false }
            return snappy_uncompress(from, count, to, &length) == SNAPPY_OK && length == size
        case .gzip: return Codec.inflate(source, count, target, size)
        case .zstd: return ZSTD_decompress(target, size, source, count) == size
        case .lz4:
            guard let count = Int32(exactly: count), let room = Int32(exactly: size) else { return false }
            return LZ4_decompress_safe(from, to, count, room) == room
        case .lz4Frame: return Codec.expandFrames(source, count, target, size)
        }
    }

    private static func inflate(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer, _ size: Int) -> Bool {
        guard let count = UInt32(exactly: count), let room = UInt32(exactly: size) else { return false }
        // On the heap, because zlib keeps its address.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        guard qs_gunzip_begin(stream) == Z_OK else { return false }
        defer { inflateEnd(stream) }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: source.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = count
        stream.pointee.next_out = target.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = room
        return CZlib.inflate(stream, Z_FINISH) == Z_STREAM_END && stream.pointee.avail_out == 0
    }

    private static func expandFrames(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer, _ size: Int) -> Bool {
        var context: OpaquePointer?
        guard LZ4F_isError(LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))) == 0 else { return false }
        defer { LZ4F_freeDecompressionContext(context) }
        var read = 0, written = 0
        while read < count {
            var room = size - written, given = count - read
            let hint = LZ4F_decompress(context, target + written, &room, source + read, &given, nil)
            guard LZ4F_isError(hint) == 0 else { return false }
            read += given
            written += room
            if hint == 0 { break }
            if given == 0 && room == 0 { return false }
        }
        return written == size
    }
}
