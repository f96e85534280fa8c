// How many more files this process may open: for what would end it where it gets none, instead of saying so.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Descriptors that are still to be had.
public enum FreeDescriptors {
    /// How many more files can be opened at this moment, counted no further than `limit`. They are opened to find out, and closed
    /// again: the limits of the process and of the system both count, and any other thread may be quicker to use what was found.
    public static func count(upTo limit: Int) -> Int { numbers(upTo: limit).count }

    /// The numbers that the next files have, the lowest that are free, and no more of them than `limit`.
    public static func numbers(upTo limit: Int) -> [Int32] {
        var opened: [Int32] = []
        defer { for descriptor in opened { close(descriptor) } }
        while opened.count < limit {
            var descriptor = open("/", O_RDONLY | O_CLOEXEC)
            // What else keeps this folder from being opened is no lack of descriptors.
            if descriptor < 0 && ![EMFILE, ENFILE, EINTR].contains(errno) { descriptor = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0) }
            if descriptor >= 0 {
                opened.append(descriptor)
            } else if errno != EINTR {
                break
            }
        }
        return opened
    }
}
