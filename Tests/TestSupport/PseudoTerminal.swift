// Runs a program in a terminal of its own, as a person's terminal window would, and plays the person.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

// glibc's module hides these from Swift.
@_silgen_name("posix_openpt") private func openController(_ flags: Int32) -> Int32
@_silgen_name("grantpt") private func grantDevice(_ descriptor: Int32) -> Int32
@_silgen_name("unlockpt") private func unlockDevice(_ descriptor: Int32) -> Int32
@_silgen_name("ptsname") private func deviceName(_ descriptor: Int32) -> UnsafePointer<CChar>?

/// A program under a pseudo-terminal; the screen is kept by a small terminal emulator.
///
///     let terminal = try PseudoTerminal(builtProgram("qs"), ["--workspace", folder.path])
///     #expect(terminal.wait(until: "qs> "))
///     terminal.send("print 1\r")
///     #expect(terminal.wait(until: "1"))
///
/// It belongs to the one thread that runs the test. The child is killed, and reaped, when this object goes.
public final class PseudoTerminal {
    /// The child's process id, for `kill`.
    public let process: pid_t
    /// All that the program wrote to the terminal so far, escapes included.
    public private(set) var outputBytes: [UInt8] = []
    /// What the terminal shows now.
    public private(set) var screen: Screen
    private let controller: Int32
    /// Kept open, so that modes can be read and bytes are not lost when the child has closed its side.
    private let device: Int32
    private var ending: Ending?
    /// The output without its escape sequences, and how far a wait has found what it looked for.
    private var plainText = PlainText()
    private var searchedFrom = 0

    /// Starts `path`; `TERM` is set in the child's environment unless `environment` names it.
    public init(
        _ path: String, _ arguments: [String] = [], environment: [String: String] = plainEnvironment, folder: String? = nil,
        rows: Int = 24, columns: Int = 80
    ) throws(TestSupportError) {
        (controller, device, process) = try PseudoTerminal.start(path, arguments, environment, folder, rows, columns)
        screen = Screen(rows: rows, columns: columns)
    }

    deinit {
        if ending == nil {
            kill(process, SIGKILL)
            var status: Int32 = 0
            waitpid(process, &status, 0)
        }
        close(controller)
        close(device)
    }

    /// `ptsname` has one buffer for all threads.
    private static let naming = Mutex<Void>(())

    private static func start(
        _ path: String, _ arguments: [String], _ environment: [String: String], _ folder: String?, _ rows: Int, _ columns: Int
    ) throws(TestSupportError) -> (Int32, Int32, pid_t) {
        let controller = openController(O_RDWR | O_NOCTTY)
        guard controller >= 0 else { throw .cannotOpen(what: "pseudo-terminal", errno: errno) }
        makePrivate(controller)
        guard grantDevice(controller) == 0, unlockDevice(controller) == 0,
            let name = naming.withLock({ _ in deviceName(controller).map { String(cString: $0) } })
        else {
            close(controller)
            throw .cannotOpen(what: "pseudo-terminal", errno: errno)
        }
        let device = open(name, O_RDWR | O_NOCTTY)
        makePrivate(device)
        setSize(of: device, rows, columns)
        do {
            let child = try startProcess(
                path, arguments, environment: ["TERM": "xterm-256color"].merging(environment) { $1 }, folder: folder,
                streams: nil, terminal: name)
            return (controller, device, child)
        } catch {
            close(controller)
            close(device)
            throw error
        }
    }

    private static func setSize(of device: Int32, _ rows: Int, _ columns: Int) {
        var size = winsize(
            ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(device, UInt(TIOCSWINSZ), &size)
    }

    /// All that the program wrote so far, escapes included, read as UTF-8.
    public var output: String { String(decoding: outputBytes, as: UTF8.self) }

    /// The terminal's modes as the program has set them; equal arrays are equal modes.
    public var modes: [UInt32] {
        var modes = termios()
        tcgetattr(device, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag].map { UInt32(truncatingIfNeeded: $0) }
    }

    /// Types a text: `\r` is Enter, `\u{3}` Ctrl-C, `\u{1b}` Escape.
    public func send(_ text: String) { send(bytes: Array(text.utf8)) }

    /// Types bytes; reads what the program writes meanwhile, so neither side waits for the other.
    public func send(bytes: [UInt8], timeout: Double = 60) {
        var sent = 0
        let deadline = monotonicSeconds() + timeout
        while sent < bytes.count, monotonicSeconds() < deadline {
            var polled = pollfd(fd: controller, events: Int16(POLLIN | POLLOUT), revents: 0)
            guard poll(&polled, 1, 1000) > 0 else { continue }
            if polled.revents & Int16(POLLIN) != 0 { takeOutput() }
            guard polled.revents & Int16(POLLOUT) != 0 else { continue }
            let count = bytes[sent...].withUnsafeBytes { write(controller, $0.baseAddress, min($0.count, 512)) }
            if count > 0 { sent += count }
        }
    }

    /// Changes the size of the window and tells the program by SIGWINCH.
    public func resize(rows: Int, columns: Int) {
        takeOutput()
        screen.resize(rows: rows, columns: columns)
        PseudoTerminal.setSize(of: device, rows, columns)
    }

    /// Waits until the program's output, escapes taken out, holds the text somewhere behind what the last such wait has
    /// found; false if it does not within `timeout` seconds.
    public func wait(until text: String, timeout: Double = 30) -> Bool {
        var start = searchedFrom
        return wait(timeout: timeout) {
            if let end = self.plainText.end(of: text, from: start) {
                self.searchedFrom = end
                return true
            }
            start = max(self.searchedFrom, self.plainText.bytes.count - text.utf8.count)
            return false
        }
    }

    /// Waits until a condition on the screen holds; false if it does not within `timeout` seconds.
    public func wait(timeout: Double = 30, untilScreen holds: (Screen) -> Bool) -> Bool {
        wait(timeout: timeout) { holds(self.screen) }
    }

    /// Waits until some row of the screen, trailing spaces taken off, equals `line`.
    public func wait(untilLine line: String, timeout: Double = 30) -> Bool {
        wait(timeout: timeout) { screen in screen.lines.contains(line) }
    }

    private func wait(timeout: Double, _ holds: () -> Bool) -> Bool {
        let deadline = monotonicSeconds() + timeout
        while true {
            takeOutput()
            if holds() { return true }
            let left = deadline - monotonicSeconds()
            if left <= 0 { return false }
            var polled = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
            poll(&polled, 1, Int32(min(left, 0.2) * 1000) + 1)
        }
    }

    /// Reads for `seconds`, whatever comes: to see that something does not happen.
    public func settle(_ seconds: Double = 0.3) { _ = wait(timeout: seconds) { _ in false } }

    /// Waits until the program has ended and all it wrote is on the screen; nil if it still runs after `timeout` seconds.
    public func waitForEnd(timeout: Double = 30) -> Ending? {
        let deadline = monotonicSeconds() + timeout
        while ending == nil, monotonicSeconds() < deadline {
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process { ending = Ending(waitStatus: status) }
            takeOutput()
            if ending == nil { usleep(2000) }
        }
        return ending
    }

    private func takeOutput() {
        let before = outputBytes.count
        var last = -1
        while outputBytes.count != last {
            last = outputBytes.count
            _ = drain(controller, into: &outputBytes)
        }
        screen.feed(outputBytes[before...])
        plainText.feed(outputBytes[before...])
    }
}
