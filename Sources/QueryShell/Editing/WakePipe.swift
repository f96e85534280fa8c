// How other threads and signal handlers reach the thread that waits in `poll` for a key.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A pipe whose bytes are events. Its ends stay open as long as this object lives.
final class WakePipe: Sendable {
    enum Event: UInt8 {
        /// There is a request, a message or an end in the editor's state.
        case news
        case interrupt, resize, resume
    }

    /// The end to poll; -1 if no pipe could be had.
    let reading: Int32
    private let writing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) != 0 { ends = [-1, -1] }
        for end in ends where end >= 0 {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// Wakes the reader. Async-signal-safe; a full pipe already wakes it, so nothing is lost that matters.
    func send(_ event: Event) {
        let saved = errno
        var byte = event.rawValue
        _ = write(writing, &byte, 1)
        errno = saved
    }

    /// The events since the last call, without waiting.
    func take() -> [Event] {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = bytes.withUnsafeMutableBytes { read(reading, $0.baseAddress, $0.count) }
        return bytes.prefix(max(0, count)).compactMap { Event(rawValue: $0) }
    }
}
