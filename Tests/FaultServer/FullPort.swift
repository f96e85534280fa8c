// A port that listens and takes no connection: its queue is full.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A port of 127.0.0.1 at which an attempt to connect gets no answer as long as this object lives.
public final class FullPort: Sendable {
    public let port: Int
    private let descriptors: [Int32]

    /// Fills the queue of a listener, which holds one more than it says.
    public init() throws(FaultServerError) {
        let (listener, port) = try Socket.bound(listening: true, queue: 0)
        self.port = port
        var descriptors = [listener]
        for _ in 0..<4 {
            if let client = Socket.connecting(to: port) { descriptors.append(client) }
        }
        self.descriptors = descriptors
    }

    deinit { for descriptor in descriptors { close(descriptor) } }
}
