// The time of day, for the age of jobs.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The time of day.
enum WallClock {
    /// Microseconds since 1970 in UTC.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
