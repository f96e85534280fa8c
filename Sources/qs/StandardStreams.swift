// The three descriptors that every program is given, and what to do where one was not.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Standard input, output and error as descriptors.
enum StandardStreams {
    /// Puts something in the place of each one that is closed (`>&-`): else the next file that is opened would take its
    /// number, and what is printed would go into that file. Reading the input or writing the output stays an error.
    static func open() {
        fill(STDIN_FILENO, O_WRONLY)
        fill(STDOUT_FILENO, O_RDONLY)
        fill(STDERR_FILENO, O_RDWR)
    }

    private static func fill(_ descriptor: Int32, _ mode: Int32) {
        guard fcntl(descriptor, F_GETFD) < 0, errno == EBADF else { return }
        let file = systemOpen("/dev/null", mode)
        guard file >= 0, file != descriptor else { return }
        dup2(file, descriptor)
        close(file)
    }
}

/// open(2), under a name that no method of this file has.
private func systemOpen(_ path: String, _ mode: Int32) -> Int32 {
    #if canImport(Glibc)
    Glibc.open(path, mode)
    #else
    Darwin.open(path, mode)
    #endif
}
