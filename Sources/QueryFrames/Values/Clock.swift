// The time of day.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The system's clock.
public enum Clock {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public static var now: Int64 {
        var time = timespec()
        guard clock_gettime(CLOCK_REALTIME, &time) == 0 else { return 0 }
        return Int64(time.tv_sec) &* 1_000_000 &+ Int64(time.tv_nsec) / 1_000
    }
}
