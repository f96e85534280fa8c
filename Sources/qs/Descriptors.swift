// How many files may be open, looked at before anything is begun: what runs below this program ends it where it gets none.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

enum Descriptors {
    /// What a script needs that speaks to a service: its files, the catalog, a connection, timers.
    static let needed = 24

    /// How many are free, as far as it matters.
    static var free: Int {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return needed }
        // Where there may be many, whoever has started the program has not opened them all.
        if limit.rlim_cur >= 1_024 { return needed }
        return (0..<Int32(limit.rlim_cur)).count { fcntl($0, F_GETFD) < 0 && errno == EBADF }
    }

    #if canImport(Glibc)
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
    private static let resource = RLIMIT_NOFILE
    #endif
}
