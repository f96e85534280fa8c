// One connection of the fault server: requests out of it, the steps of answers into it.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A connection, used by one thread.
final class Connection {
    private let descriptor: Int32
    private let number: Int
    private let isStopped: () -> Bool
    private var buffered: [UInt8] = []
    private var isOpen = true

    init(_ descriptor: Int32, number: Int, isStopped: @escaping () -> Bool) {
        (self.descriptor, self.number, self.isStopped) = (descriptor, number, isStopped)
    }

    func end() {
        if isOpen { Socket.end(descriptor, .close) }
        isOpen = false
    }

    /// Ends once something has come.
    func hangUp(_ how: Hangup) {
        _ = readMore()
        Socket.end(descriptor, how)
        isOpen = false
    }

    /// The next request with its whole body; nil once the client has gone.
    func nextRequest() -> RecordedRequest? {
        var scanned = 0
        while true {
            if let end = Connection.headEnd(buffered, from: max(0, scanned - 3)) {
                guard var request = RecordedRequest(head: Array(buffered[..<end]), connection: number) else { return nil }
                buffered.removeFirst(end)
                let count = request["Content-Length"].flatMap { Int($0) } ?? 0
                while buffered.count < count { if !readMore() { return nil } }
                request.body = Array(buffered.prefix(count))
                buffered.removeFirst(count)
                return request
            }
            scanned = buffered.count
            if !readMore() { return nil }
        }
    }

    private static func headEnd(_ bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in start..<(bytes.count - 3) where bytes[index] == 13 && bytes[index...].starts(with: [13, 10, 13, 10]) {
            return index + 4
        }
        return nil
    }

    /// False once the client has gone, the server stops, or its patience is over.
    private func readMore() -> Bool {
        for _ in 0..<FaultServer.patience * 50 where !isStopped() {
            guard Socket.isReadable(descriptor, milliseconds: 20) else { continue }
            guard let bytes = Socket.read(descriptor), !bytes.isEmpty else { return false }
            buffered += bytes
            return true
        }
        return false
    }

    /// Whether the connection goes on after the answer.
    func play(_ answer: Answer) -> Bool {
        for step in answer.steps {
            switch step {
            case .bytes(let bytes):
                guard write(bytes) else { return false }
            case .repeated(let bytes, let times):
                for _ in 0..<times { guard write(bytes) else { return false } }
            case .drip(let bytes, let pause):
                for byte in bytes {
                    guard write([byte]) else { return false }
                    pausing(pause)
                }
            case .wait(let gate):
                for _ in 0..<FaultServer.patience * 1_000 where !gate.isOpen && !isStopped() { usleep(1_000) }
            case .silence:
                while readMore() {}
                return false
            case .end(let ending):
                Socket.end(descriptor, ending)
                isOpen = false
                return false
            }
        }
        return true
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var done = 0
        while done < bytes.count, !isStopped() {
            guard Socket.isWritable(descriptor, milliseconds: 20) else { continue }
            guard let count = Socket.write(descriptor, bytes[done...]) else { return false }
            done += count
        }
        return done == bytes.count
    }

    private func pausing(_ time: Duration) {
        let (seconds, attoseconds) = time.components
        usleep(UInt32(clamping: seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
    }
}
