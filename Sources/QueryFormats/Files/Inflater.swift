// Bytes that were deflated, inflated piece by piece: files here, bodies of answers in the transport.
import CZlib

/// Inflates by zlib what comes in pieces of any size, and checks its checksum. Not for two threads at once.
public final class Inflater {
    /// What stands around the deflated bytes.
    public enum Wrapping: Sendable {
        /// gzip (RFC 1952): one member after another, each with a CRC.
        case gzip
        /// zlib (RFC 1950), which HTTP calls `deflate`, with an Adler-32.
        case zlib
        /// Nothing (RFC 1951): no checksum, but an end.
        case bare
    }

    private let wrapping: Wrapping
    /// On the heap, because zlib keeps its address.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    /// Whether what was given ends where compressed data may end.
    public private(set) var isComplete = false

    /// Nil where there is no memory.
    public init?(_ wrapping: Wrapping) {
        self.wrapping = wrapping
        stream.initialize(to: z_stream())
        let code =
            switch wrapping {
            case .gzip: qs_gunzip_begin(stream)
            case .zlib: qs_inflate_begin(stream)
            case .bare: qs_bare_inflate_begin(stream)
            }
        guard code == Z_OK else { return nil }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Inflates into `room` what fits, from the beginning of `bytes`, and says how many bytes it took and made; it makes none and
    /// takes none where it needs more of either. Nil where the data is damaged.
    public func step(_ bytes: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> (taken: Int, made: Int)? {
        if isComplete {
            if bytes.isEmpty { return (0, 0) }
            guard wrapping == .gzip, inflateReset(stream) == Z_OK else { return nil }
            isComplete = false
        }
        let (given, space) = (min(bytes.count, 1 << 30), min(room.count, 1 << 30))
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(given)
        stream.pointee.next_out = room.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(space)
        let code = inflate(stream, Z_NO_FLUSH)
        guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { return nil }
        isComplete = code == Z_STREAM_END
        return (given - Int(stream.pointee.avail_in), space - Int(stream.pointee.avail_out))
    }
}
