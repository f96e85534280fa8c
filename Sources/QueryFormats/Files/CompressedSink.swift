// Bytes that are compressed on their way into a file.
import CZlib
import CZstd
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Compresses what it is given and hands it on; `finish` writes what is still held back, and has to be called.
public final class CompressedSink: ByteSink {
    private let sink: any ByteSink
    private let path: String
    private let kind: Compression
    /// On the heap, because zlib keeps its address.
    private let gzip = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let zstd: OpaquePointer?
    private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    /// Writes to `sink`; `path` is what errors call it.
    public init(_ sink: any ByteSink, _ kind: Compression, path: String) throws(FormatError) {
        (self.sink, self.kind, self.path) = (sink, kind, path)
        zstd = kind == .zstd ? ZSTD_createCCtx() : nil
        gzip.initialize(to: z_stream())
        let isReady = kind == .zstd ? zstd != nil : qs_gzip_begin(gzip) == Z_OK
        guard isReady else { throw .io(path: path, operation: "write", code: ENOMEM) }
    }

    deinit {
        ZSTD_freeCCtx(zstd)
        if kind == .gzip { deflateEnd(gzip) }
        gzip.deallocate()
        room.deallocate()
    }

    public func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) { try compress(bytes, isLast: false) }

    /// Writes the end of the compressed data.
    public func finish() throws(FormatError) { try compress(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true) }

    private func compress(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(FormatError) {
        switch kind {
        case .gzip: try deflateAll(bytes, isLast)
        case .zstd: try compressAll(bytes, isLast)
        }
    }

    private func deflateAll(_ bytes: UnsafeRawBufferPointer, _ isLast: Bool) throws(FormatError) {
        let input = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        var done = 0
        repeat {
            let given = min(bytes.count - done, 1 << 30)
            gzip.pointee.next_in = input.map { $0 + done }
            gzip.pointee.avail_in = UInt32(given)
            var code = Z_OK
            repeat {
                gzip.pointee.next_out = room.bindMemory(to: UInt8.self).baseAddress
                gzip.pointee.avail_out = UInt32(room.count)
                code = deflate(gzip, isLast ? Z_FINISH : Z_NO_FLUSH)
                guard code != Z_STREAM_ERROR else { throw .io(path: path, operation: "write", code: EINVAL) }
                try handOn(room.count - Int(gzip.pointee.avail_out))
            } while gzip.pointee.avail_out == 0 || isLast && code != Z_STREAM_END
            done += given
        } while done < bytes.count
    }

    private func compressAll(_ bytes: UnsafeRawBufferPointer, _ isLast: Bool) throws(FormatError) {
        var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
        var rest = 1
        while isLast ? rest != 0 : input.pos < input.size {
            var output = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
            rest = ZSTD_compressStream2(zstd, &output, &input, isLast ? ZSTD_e_end : ZSTD_e_continue)
            guard ZSTD_isError(rest) == 0 else { throw .io(path: path, operation: "write", code: EINVAL) }
            try handOn(output.pos)
        }
    }

    private func handOn(_ count: Int) throws(FormatError) {
        if count > 0 { try sink.write(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<count])) }
    }
}
