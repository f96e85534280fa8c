// Folders that the program makes for its own files.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

public enum Folder {
    /// Makes the folder at `path` and those above it where they are missing, for their owner alone. Throws `io`.
    public static func make(_ path: String) throws(FormatError) {
        if path.utf8.contains(0) { throw .io(path: path, operation: "mkdir", code: ENOENT) }
        if mkdir(path, 0o700) == 0 { return }
        let code = errno
        if code == EEXIST || code == EISDIR {
            var status = stat()
            if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
            throw .io(path: path, operation: "mkdir", code: ENOTDIR)
        }
        guard code == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw .io(path: path, operation: "mkdir", code: code)
        }
        try make(String(path[..<slash]))
        // Someone else may have made it by now.
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .io(path: path, operation: "mkdir", code: errno) }
    }
}
