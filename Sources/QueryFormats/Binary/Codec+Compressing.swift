// The other way: pieces compressed on their way into a file.
import CLZ4
import CSnappy
import CZlib
import CZstd
import QueryFrames

/// Compresses pieces one after another, with memory that serves them all.
final class Compressor {
    let codec: Codec
    private let path = "parquet"
    private let zstd: OpaquePointer?
    private let room = TextBuffer()

    init(_ codec: Codec) {
        self.codec = codec
        zstd = codec == .zstd ? ZSTD_createCCtx() : nil
    }

    deinit { ZSTD_freeCCtx(zstd) }

    /// Appends the compressed form of `bytes` to `out`.
    func append(_ bytes: UnsafeRawBufferPointer, to out: TextBuffer) throws(FormatError) {
        let most = bound(bytes.count)
        let target = UnsafeMutableRawPointer(out.reserve(most))
        guard let written = compress(bytes, target, most) else {
            throw .tooLarge(path: path, what: "page", limit: Int(Int32.max))
        }
        out.advance(by: written)
    }

    private func bound(_ count: Int) -> Int {
        switch codec {
        case .none: count
        case .snappy: snappy_max_compressed_length(count)
        case .gzip: Int(compressBound(UInt(count))) + 64
        case .zstd: ZSTD_compressBound(count)
        case .lz4, .lz4Frame: Int(LZ4_compressBound(Int32(clamping: count)))
        }
    }

    /// How many bytes were written; nil where the piece is too large for the codec.
    private func compress(_ bytes: UnsafeRawBufferPointer, _ target: UnsafeMutableRawPointer, _ most: Int) -> Int? {
        guard let source = bytes.baseAddress else { return codec == .none ? 0 : compress(UnsafeRawBufferPointer(start: target, count: 0), target, most) }
        let from = source.assumingMemoryBound(to: CChar.self), to = target.assumingMemoryBound(to: CChar.self)
        switch codec {
        case .none:
            target.copyMemory(from: source, byteCount: bytes.count)
            return bytes.count
        case .snappy:
            var written = most
            return snappy_compress(from, bytes.count, to, &written) == SNAPPY_OK ? written : nil
        case .gzip: return deflate(bytes, target, most)
        case .zstd:
            let written = ZSTD_compressCCtx(zstd, target, most, source, bytes.count, 1)
            return ZSTD_isError(written) == 0 ? written : nil
        case .lz4, .lz4Frame:
            guard let count = Int32(exactly: bytes.count), let most = Int32(exactly: most) else { return nil }
            let written = LZ4_compress_default(from, to, count, most)
            return written > 0 ? Int(written) : nil
        }
    }

    private func deflate(_ bytes: UnsafeRawBufferPointer, _ target: UnsafeMutableRawPointer, _ most: Int) -> Int? {
        guard let count = UInt32(exactly: bytes.count), let room = UInt32(exactly: most) else { return nil }
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        guard qs_gzip_begin(stream) == Z_OK else { return nil }
        defer { deflateEnd(stream) }
        stream.pointee.next_in = bytes.baseAddress.map { UnsafeMutablePointer(mutating: $0.assumingMemoryBound(to: UInt8.self)) }
        stream.pointee.avail_in = count
        stream.pointee.next_out = target.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = room
        return CZlib.deflate(stream, Z_FINISH) == Z_STREAM_END ? most - Int(stream.pointee.avail_out) : nil
    }
}
