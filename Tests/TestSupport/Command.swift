// Runs a program to its end with given input, and captures what it wrote and how it ended.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A program to run with pipes for its three standard streams.
///
///     let run = try Command(builtProgram("qs"), ["-c", "print 1"]).run()
///     #expect(run.output == "1\n" && run.ending == .exited(0))
public struct Command: Sendable {
    /// Absolute path, or one relative to the tester's folder; `PATH` is not searched.
    public var path: String
    public var arguments: [String]
    /// The whole environment of the child.
    public var environment: [String: String]
    /// The child's working folder; nil is the tester's own.
    public var folder: String?
    /// Seconds after which the child is killed and `timedOut` set.
    public var timeout: Double
    /// A signal that the child is sent once, as soon as it has written a text to standard output or error.
    public var signal: (number: Int32, after: String)?

    public init(
        _ path: String, _ arguments: [String] = [], environment: [String: String] = plainEnvironment, folder: String? = nil,
        timeout: Double = 60
    ) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.folder = folder
        self.timeout = timeout
    }

    /// What a finished child left.
    public struct Result: Sendable, CustomStringConvertible {
        public var outputBytes: [UInt8] = []
        public var errorBytes: [UInt8] = []
        public var ending: Ending = .exited(0)
        /// True if the child was killed because it took too long.
        public var timedOut = false
        /// Seconds from the signal that was sent to the child's end; nil if none was.
        public var signalled: Double?

        /// Standard output, read as UTF-8.
        public var output: String { String(decoding: outputBytes, as: UTF8.self) }
        /// Standard error, read as UTF-8.
        public var error: String { String(decoding: errorBytes, as: UTF8.self) }

        /// For a test that fails: what people would have seen.
        public var description: String { "\(ending)\(timedOut ? " as it took too long" : ""), output: \(output), error: \(error)" }
    }

    /// Runs it with this text as standard input.
    public func run(input: String) throws(TestSupportError) -> Result { try run(input: Array(input.utf8)) }

    /// Runs it with these bytes as standard input (none: standard input is at its end), and waits until it has ended.
    public func run(input: [UInt8] = []) throws(TestSupportError) -> Result {
        _ = brokenPipesIgnored
        var child = try start()
        return child.finish(input: input, signal: signal, deadline: monotonicSeconds() + timeout)
    }

    private func start() throws(TestSupportError) -> Child {
        let (input, output, error) = (try Pipe(), try Pipe(), try Pipe())
        defer { [input.read, output.write, error.write].forEach { _ = close($0) } }
        let ours = [input.write, output.read, error.read]
        do {
            let process = try startProcess(
                path, arguments, environment: environment, folder: folder,
                streams: (input.read, output.write, error.write), terminal: nil)
            for descriptor in ours { makePrivate(descriptor) }
            return Child(process: process, input: ours[0], output: ours[1], error: ours[2])
        } catch {
            for descriptor in ours { close(descriptor) }
            throw error
        }
    }
}

private struct Pipe {
    var read: Int32
    var write: Int32

    init() throws(TestSupportError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw .cannotOpen(what: "pipe", errno: errno) }
        // Ends below 3 would be overwritten while the child's standard streams are put in place.
        (read, write) = (fcntl(ends[0], F_DUPFD_CLOEXEC, 3), fcntl(ends[1], F_DUPFD_CLOEXEC, 3))
        close(ends[0])
        close(ends[1])
    }
}

/// A running child and our ends of its pipes; -1 is an end that has been closed.
private struct Child {
    let process: pid_t
    var input: Int32
    var output: Int32
    var error: Int32

    mutating func finish(input bytes: [UInt8], signal: (number: Int32, after: String)?, deadline: Double) -> Command.Result {
        var signal = signal
        var result = Command.Result()
        var sent = 0
        while output >= 0 || error >= 0 {
            if sent == bytes.count { shut(&input) }
            let left = deadline - monotonicSeconds()
            if left <= 0 {
                result.timedOut = true
                kill(process, SIGKILL)
                break
            }
            var polled = [
                pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: output, events: Int16(POLLIN), revents: 0),
                pollfd(fd: error, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&polled, 3, Int32(min(left, 1) * 1000) + 1) > 0 else { continue }
            if polled[0].revents != 0, !feed(bytes, &sent) { shut(&input) }
            if polled[1].revents != 0, !drain(output, into: &result.outputBytes) { shut(&output) }
            if polled[2].revents != 0, !drain(error, into: &result.errorBytes) { shut(&error) }
            if let due = signal, result.output.contains(due.after) || result.error.contains(due.after) {
                kill(process, due.number)
                result.signalled = monotonicSeconds()
                signal = nil
            }
        }
        shut(&input)
        shut(&output)
        shut(&error)
        result.ending = reap(process, deadline: deadline, timedOut: &result.timedOut)
        result.signalled = result.signalled.map { monotonicSeconds() - $0 }
        return result
    }

    private func feed(_ bytes: [UInt8], _ sent: inout Int) -> Bool {
        let count = bytes[sent...].withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
        if count > 0 { sent += count }
        return count >= 0 || errno == EAGAIN || errno == EINTR
    }

    private func shut(_ descriptor: inout Int32) {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}

/// Appends what can be read now; false at the end of the stream.
func drain(_ descriptor: Int32, into bytes: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65536)
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count > 0 { bytes.append(contentsOf: chunk.prefix(count)) }
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))
}

/// Waits for a child to end; kills it, and only it, when the deadline passes.
func reap(_ process: pid_t, deadline: Double, timedOut: inout Bool) -> Ending {
    var status: Int32 = 0
    while true {
        let reaped = waitpid(process, &status, WNOHANG)
        if reaped == process { return Ending(waitStatus: status) }
        if reaped < 0 && errno != EINTR { return .exited(-1) }
        if monotonicSeconds() > deadline {
            timedOut = true
            kill(process, SIGKILL)
            waitpid(process, &status, 0)
            return Ending(waitStatus: status)
        }
        usleep(1000)
    }
}
