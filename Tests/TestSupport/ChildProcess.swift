// One started child process: what `Command` and `PseudoTerminal` share. A child begins with default signals, no inherited
// descriptors besides the three it is given, and exactly the environment it is given.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// glibc's module hides these from Swift.
@_silgen_name("posix_spawn_file_actions_addchdir_np")
private func addChdir(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ path: UnsafePointer<CChar>) -> Int32
#if os(Linux)
@_silgen_name("posix_spawn_file_actions_addclosefrom_np")
private func addCloseFrom(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ first: Int32) -> Int32
#endif

/// How a child process ended.
public enum Ending: Equatable, Sendable, CustomStringConvertible {
    /// It exited with this status.
    case exited(Int32)
    /// This signal ended it.
    case signalled(Int32)

    init(waitStatus: Int32) {
        let signal = waitStatus & 0x7f
        self = signal == 0 ? .exited((waitStatus >> 8) & 0xff) : .signalled(signal)
    }

    public var description: String {
        switch self {
        case .exited(let status): "exited \(status)"
        case .signalled(let signal): "signal \(signal)"
        }
    }
}

/// What keeps a test from starting or watching a program; the number is `errno`.
public enum TestSupportError: Error, Equatable {
    case cannotStart(path: String, errno: Int32)
    case cannotOpen(what: String, errno: Int32)
}

/// The environment a child gets if the test names none: the path, a home folder that is not there and a UTF-8 locale,
/// nothing of the tester's own. A Swift program that crashes ends at once, and does not ask whether to debug it.
public let plainEnvironment: [String: String] = [
    "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
]

/// The path of a program that the package builds, beside the test binary that runs; of qs, that in `QS_TESTED` where it is set, so that
/// the optimized one can be put to the same tests.
public func builtProgram(_ name: String) -> String {
    if name == "qs", let path = getenv("QS_TESTED") { return String(cString: path) }
    let path = testBinaryPath()
    let bundle = path.range(ofFirst: ".xctest/").map { String(path[..<$0]) } ?? path
    guard let slash = bundle.lastIndex(of: "/") else { return name }
    return String(bundle[..<slash]) + "/" + name
}

private func testBinaryPath() -> String {
    #if os(Linux)
    guard let resolved = realpath("/proc/self/exe", nil) else { return "" }
    defer { free(resolved) }
    return String(cString: resolved)
    #else
    var information = Dl_info()
    guard dladdr(#dsohandle, &information) != 0, let name = information.dli_fname else { return "" }
    return String(cString: name)
    #endif
}

extension String {
    fileprivate func range(ofFirst part: String) -> Index? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start }
            formIndex(after: &start)
        }
        return nil
    }
}

/// Starts `path` with the three descriptors as its standard streams, and no other one open: what this process has from whoever started
/// the tests is none of the child's, which may count how many it may still open. `terminal` makes the child lead a session whose
/// controlling terminal is the device of that path.
func startProcess(
    _ path: String, _ arguments: [String], environment: [String: String], folder: String?,
    streams: (input: Int32, output: Int32, error: Int32)?, terminal: String?
) throws(TestSupportError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
    }
    var flags = Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK) | closingFlag
    if let terminal {
        flags |= newSessionFlag
        posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
    } else if let streams {
        posix_spawn_file_actions_adddup2(&actions, streams.input, 0)
        posix_spawn_file_actions_adddup2(&actions, streams.output, 1)
        posix_spawn_file_actions_adddup2(&actions, streams.error, 2)
    }
    #if os(Linux)
    _ = addCloseFrom(&actions, 3)
    #endif
    if let folder { _ = addChdir(&actions, folder) }
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, flags)

    var child = pid_t()
    let code = withCStrings([path] + arguments) { argv in
        withCStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { envp in
            posix_spawn(&child, path, &actions, &attributes, argv, envp)
        }
    }
    guard code == 0 else { throw .cannotStart(path: path, errno: code) }
    return child
}

#if os(Linux)
private let newSessionFlag: Int16 = 0x80
private let closingFlag: Int16 = 0
#else
private let newSessionFlag = Int16(POSIX_SPAWN_SETSID)
private let closingFlag = Int16(POSIX_SPAWN_CLOEXEC_DEFAULT)
#endif

private func withCStrings<R>(_ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R) -> R {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeBufferPointer { body($0.baseAddress!) }
}

/// Marks a descriptor so that children do not inherit it, and so that reading and writing never block.
func makePrivate(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
}

/// Seconds that pass evenly whatever happens to the clock.
func monotonicSeconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

/// Keeps a write to a child that has gone from ending the test process; children get the default back.
let brokenPipesIgnored: Void = { _ = signal(SIGPIPE, SIG_IGN) }()
