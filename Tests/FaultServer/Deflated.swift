// Compressed bodies, bombs among them.
import CZlib

/// Bytes deflated by zlib.
public enum Deflated {
    /// As gzip.
    public static func gzip(_ bytes: [UInt8]) -> [UInt8] { deflated([bytes], windowBits: 15 + 16) }
    /// As zlib, which HTTP calls deflate.
    public static func zlib(_ bytes: [UInt8]) -> [UInt8] { deflated([bytes], windowBits: 15) }
    /// Without any frame, as some servers take deflate to mean.
    public static func bare(_ bytes: [UInt8]) -> [UInt8] { deflated([bytes], windowBits: -15) }
    /// gzip of so many mebibytes of zeros.
    public static func bomb(mebibytes: Int) -> [UInt8] {
        deflated(repeatElement([UInt8](repeating: 0, count: 1 << 20), count: mebibytes), windowBits: 15 + 16)
    }

    private static func deflated(_ pieces: some Sequence<[UInt8]>, windowBits: Int32) -> [UInt8] {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let version = ZLIB_VERSION
        let size = Int32(MemoryLayout<z_stream>.size)
        let code = deflateInit2_(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, version, size)
        precondition(code == Z_OK, "zlib cannot begin: \(code)")
        defer {
            deflateEnd(stream)
            stream.deallocate()
        }
        var made: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        func run(_ flush: Int32) {
            repeat {
                room.withUnsafeMutableBufferPointer { room in
                    stream.pointee.next_out = room.baseAddress
                    stream.pointee.avail_out = UInt32(room.count)
                    deflate(stream, flush)
                    made += room.prefix(room.count - Int(stream.pointee.avail_out))
                }
            } while stream.pointee.avail_out == 0
        }
        for var piece in pieces {
            piece.withUnsafeMutableBufferPointer { bytes in
                stream.pointee.next_in = bytes.baseAddress
                stream.pointee.avail_in = UInt32(bytes.count)
                run(Z_NO_FLUSH)
            }
        }
        run(Z_FINISH)
        return made
    }
}
