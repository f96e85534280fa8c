// The terminal on descriptors 0 and 1: what it can do, its size, and writing to it.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

enum Terminal {
    static let input: Int32 = 0
    static let output: Int32 = 1

    /// Whether the cursor can be moved: both ends are one terminal that `TERM` does not call dumb.
    static var isCapable: Bool {
        guard isatty(input) != 0, isatty(output) != 0, let kind = environment("TERM") else { return false }
        return kind != "dumb" && kind != "emacs"
    }

    /// Whether colours are wanted and can be shown.
    static var showsStyles: Bool { isCapable && environment("NO_COLOR") == nil }

    /// A variable that is set and not empty.
    private static func environment(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// The size in rows and columns; 24 by 80 where the terminal does not say.
    static var size: (rows: Int, columns: Int) {
        var size = winsize()
        guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else { return (24, 80) }
        return (Int(size.ws_row), max(4, Int(size.ws_col)))
    }

    /// Whether keys wait to be read.
    static var hasInput: Bool {
        var polled = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, 0) > 0
    }

    /// Writes all of a text, waiting where the terminal does not take it; a terminal that is gone takes nothing.
    static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let start = rest.baseAddress, !rest.isEmpty {
                #if canImport(Glibc)
                let count = Glibc.write(output, start, rest.count)
                #else
                let count = Darwin.write(output, start, rest.count)
                #endif
                if count > 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                } else if errno == EAGAIN {
                    var polled = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
                    poll(&polled, 1, -1)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }

    /// A text of several lines as a terminal in raw mode needs it.
    static func withReturns(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars where scalar != "\r" {
            if scalar == "\n" { result += "\r" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
