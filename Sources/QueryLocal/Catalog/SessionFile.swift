// How a session shows that it lives: it holds a lock on a file, which the system takes away when the process ends, however it ends.
import QueryClient
import QueryEngines
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The file of one session in the workspace's `sessions` folder.
final class SessionFile {
    /// The session's name, which its job rows bear.
    let name = RandomName.make()
    private let folder: String
    private var descriptor: Int32 = -1

    init(_ workspace: Workspace) { folder = workspace.sessions }

    deinit { if descriptor >= 0 { close(descriptor) } }

    private static func path(_ folder: String, _ name: String) -> String { "\(folder)/\(name)" }

    /// Makes and locks the file; nothing happens where it is held already.
    func hold() throws(POSIXFailure) {
        guard descriptor < 0 else { return }
        try Workspace.makeFolder(folder)
        let path = SessionFile.path(folder, name)
        // Someone who tidies up may lock and remove the file between these two calls; then it is made again.
        for _ in 0..<16 {
            let file = open(path, O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_RDWR, 0o600)
            guard file >= 0 else { throw POSIXFailure(errno) }
            var locked = stat(), named = stat()
            if flock(file, LOCK_EX | LOCK_NB) == 0, fstat(file, &locked) == 0, stat(path, &named) == 0, locked.st_ino == named.st_ino {
                descriptor = file
                return
            }
            close(file)
            usleep(1_000)
        }
        throw POSIXFailure(EAGAIN)
    }

    /// Lets go of the lock and removes the file.
    func remove() {
        guard descriptor >= 0 else { return }
        unlink(SessionFile.path(folder, name))
        close(descriptor)
        descriptor = -1
    }

    /// Whether the session `other` still lives.
    func isAlive(_ other: String) -> Bool {
        if other == name { return true }
        let file = open(SessionFile.path(folder, other), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        if flock(file, LOCK_SH | LOCK_NB) == 0 {
            flock(file, LOCK_UN)
            return false
        }
        return true
    }

    /// Removes the files of sessions that have ended.
    func removeStale() {
        guard let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let other = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee)) { String(cString: $0) }
            }
            guard other != name, !other.hasPrefix(".") else { continue }
            let path = SessionFile.path(folder, other)
            let file = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
            guard file >= 0 else { continue }
            if flock(file, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
            close(file)
        }
    }
}
