// The time of day as jobs and catalogs keep it.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

enum Clock {
    /// Microseconds since 1970 in UTC.
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) &* 1_000_000 &+ Int64(time.tv_nsec / 1_000)
    }
}
