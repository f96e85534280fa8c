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
    public static func count(upTo limit: Int) -> Int {
        var opened: [Int32] = []
        defer { for descriptor in opened { close(descriptor) } }
        while opened.count < limit {
            let descriptor = open("/", O_RDONLY | O_CLOEXEC)
            if descriptor >= 0 {
                opened.append(descriptor)
            } else if errno == EMFILE || errno == ENFILE {
                break
            } else if errno != EINTR {
                // What keeps this folder from being opened is no lack of descriptors.
                return limit
            }
        }
        return opened.count
    }
}
