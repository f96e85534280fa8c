// A port where nobody listens, and nobody else can begin to while a test counts on it.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A port of 127.0.0.1 that refuses connections as long as this object lives.
public final class ClosedPort: Sendable {
    public let port: Int
    private let descriptor: Int32

    public init() throws(FaultServerError) { (descriptor, port) = try Socket.bound(listening: false) }

    deinit { close(descriptor) }
}
