// One run of the shell: started, fed or read, waited for, and stopped from any thread. Only a session whose host grants the
// shell makes one.
import QueryFormats
import Synchronization
#if canImport(Glibc)
@preconcurrency import Glibc
#else
import Darwin
#endif

#if canImport(Glibc)
// glibc's module hides it from Swift.
@_silgen_name("pipe2")
private func pipe2(_ ends: UnsafeMutablePointer<Int32>, _ flags: Int32) -> Int32
#endif

/// A process of `/bin/sh`. It has the folder and the standard error of this process, and its environment but for what is hidden.
public final class ShellCommand: Sendable {
    /// Where the command reads: from nothing, or what is written to a pipe.
    enum Input { case nothing, pipe }
    /// Where the command writes: to this process's standard output, to a pipe, or to an open file.
    enum Output { case inherited, pipe, descriptor(Int32) }

    /// Whether the command and its own children are a group that is stopped together; it cannot read from a terminal then.
    private let isApart: Bool
    /// Variables of the environment that it does not get, since they hold secrets.
    private let hidden: Set<String>

    init(isApart: Bool, hiding hidden: Set<String>) {
        self.isApart = isApart
        self.hidden = hidden
    }

    private struct State {
        var process: pid_t?
        var isStopped = false
    }

    private let state = Mutex(State())
    /// How long a command that was told to stop may take before it is killed.
    private static let patience = Duration.seconds(2)

    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// Starts the command and gives this process's ends of its pipes, or -1 where there is none.
    func start(_ text: ShellText, _ input: Input, _ output: Output) throws(FormatError) -> (input: Int32, output: Int32) {
        if text.arguments.contains(where: { $0.utf8.contains(0) }) { throw .io(path: "sh", operation: "open", code: EINVAL) }
        var feeding: [Int32] = [-1, -1]
        var reading: [Int32] = [-1, -1]
        if case .pipe = input { try ShellCommand.makePipe(&feeding) }
        if case .pipe = output { try ShellCommand.makePipe(&reading) }
        defer { for end in [feeding[0], reading[1]] where end >= 0 { close(end) } }

        #if canImport(Glibc)
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #else
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        switch input {
        case .nothing: posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        case .pipe: posix_spawn_file_actions_adddup2(&actions, feeding[0], STDIN_FILENO)
        }
        switch output {
        case .inherited: break
        case .pipe: posix_spawn_file_actions_adddup2(&actions, reading[1], STDOUT_FILENO)
        case .descriptor(let file): posix_spawn_file_actions_adddup2(&actions, file, STDOUT_FILENO)
        }
        setAttributes(&attributes)

        // What is stopped before it has begun does not begin.
        let code = state.withLock { state -> Int32 in
            if state.isStopped { return ECANCELED }
            var process = pid_t()
            let code = spawn(text.arguments, &process, &actions, &attributes)
            if code == 0 { state.process = process }
            return code
        }
        guard code == 0 else {
            for end in [feeding[1], reading[0]] where end >= 0 { close(end) }
            throw .io(path: "sh", operation: "posix_spawn", code: code)
        }
        return (feeding[1], reading[0])
    }

    private static func makePipe(_ ends: inout [Int32]) throws(FormatError) {
        #if canImport(Glibc)
        // Private from the first: a command that another thread starts meanwhile would keep the pipe open.
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw .io(path: "sh", operation: "pipe", code: errno) }
        #else
        guard pipe(&ends) == 0 else { throw .io(path: "sh", operation: "pipe", code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        #endif
    }

    /// What this process ignores or holds back is not its children's business.
    private func setAttributes(_ attributes: inout SpawnAttributes) {
        var all = sigset_t(), none = sigset_t()
        sigemptyset(&all)
        for number in [SIGPIPE, SIGXFSZ] { sigaddset(&all, number) }
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        let group = isApart ? Int16(POSIX_SPAWN_SETPGROUP) : 0
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK) | group)
    }

    private func spawn(
        _ arguments: [String], _ process: inout pid_t, _ actions: inout SpawnActions, _ attributes: inout SpawnAttributes
    ) -> Int32 {
        var pointers = arguments.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.append(nil)
        return posix_spawn(&process, "/bin/sh", &actions, &attributes, pointers, environment)
    }

    /// The variables of this process but for those that are hidden.
    private var environment: [UnsafeMutablePointer<CChar>?] {
        var shown: [UnsafeMutablePointer<CChar>?] = []
        var next = environ
        while let variable = next.pointee {
            let name = String(cString: variable).prefix { $0 != "=" }
            if !hidden.contains(String(name)) { shown.append(variable) }
            next += 1
        }
        return shown + [nil]
    }

    #if canImport(Glibc)
    private typealias SpawnActions = posix_spawn_file_actions_t
    private typealias SpawnAttributes = posix_spawnattr_t
    #else
    private typealias SpawnActions = posix_spawn_file_actions_t?
    private typealias SpawnAttributes = posix_spawnattr_t?
    #endif

    /// Reads all that the command writes to its pipe, up to `limit` bytes, and closes it; ends early where it is stopped.
    func readAll(_ descriptor: Int32, limit: Int) throws(FormatError) -> [UInt8] {
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while !isStopped {
            // A grandchild may hold the pipe open for ever, so that a read is not to be waited for.
            var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&event, 1, 50)
            if ready == 0 || ready < 0 && errno == EINTR { continue }
            let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { break }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw .io(path: "sh", operation: "read", code: errno)
            }
            bytes += piece[..<count]
            if bytes.count > limit {
                stop()
                throw .tooLarge(path: "sh", what: "output", limit: limit)
            }
        }
        return bytes
    }

    /// Waits for the command to end; gives what is wrong with how it did, nil where it succeeded. Blocks.
    func wait() -> ShellFailure? {
        guard let process = state.withLock({ $0.process }) else { return nil }
        var information = siginfo_t()
        // It stays a zombie until its number is forgotten here, so that `stop` never meets another process of that number.
        while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        var status: Int32 = 0
        state.withLock { state in
            while waitpid(process, &status, 0) < 0, errno == EINTR {}
            state.process = nil
        }
        let signal = status & 0x7f
        if signal != 0 { return .signal(signal) }
        let code = (status >> 8) & 0xff
        return code == 0 ? nil : .status(code)
    }

    /// Waits until a command that was stopped is gone, beside whoever has started it and waits for it too. Blocks.
    func waitUntilGone() {
        guard let process = state.withLock({ $0.process }) else { return }
        var information = siginfo_t()
        // That it is no child any more is no less good.
        while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    }

    /// Ends the command, at first kindly; one that was not started yet never will be.
    func stop() {
        send(SIGTERM)
        Task { [self] in
            try? await Task.sleep(for: ShellCommand.patience)
            send(SIGKILL)
        }
    }

    private func send(_ signal: Int32) {
        state.withLock { state in
            state.isStopped = true
            if let process = state.process { kill(isApart ? -process : process, signal) }
        }
    }
}

/// How a command failed.
public enum ShellFailure: Error, Hashable, Sendable {
    case status(Int32)
    case signal(Int32)
}
