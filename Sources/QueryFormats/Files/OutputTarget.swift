// The file that a path means in the end, and the steps that replace it.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A path with its links followed, and the open folder of what it means.
final class OutputTarget: Sendable {
    /// What stands at the path.
    enum Kind: Sendable {
        /// Nothing yet.
        case new
        /// A regular file of that mode and owner.
        case existing(mode: mode_t, user: uid_t, group: gid_t)
        /// A pipe, a device: something that can only be written to.
        case special
        /// An open file of this process.
        case descriptor(Int32)
    }

    let path: String
    let kind: Kind
    /// The folder that holds the file; -1 where it is written straight.
    let folder: Int32
    /// The name of the file in its folder.
    private let name: String

    init(_ path: String) throws(FormatError) {
        self.path = path
        if path.isEmpty || path.utf8.contains(0) { throw .io(path: path, operation: "open", code: ENOENT) }
        let real: String
        switch try OutputTarget.resolve(path) {
        case .descriptor(let number):
            (kind, folder, name) = (.descriptor(number), -1, "")
            return
        case .path(let resolved): real = resolved
        }
        var status = stat()
        if stat(real, &status) == 0 {
            guard status.st_mode & S_IFMT != S_IFDIR else { throw .io(path: path, operation: "open", code: EISDIR) }
            guard status.st_mode & S_IFMT == S_IFREG else {
                (kind, folder, name) = (.special, -1, "")
                return
            }
            kind = .existing(mode: status.st_mode & 0o7777, user: status.st_uid, group: status.st_gid)
        } else {
            guard errno == ENOENT else { throw .io(path: path, operation: "open", code: errno) }
            kind = .new
        }
        if case .existing = kind, faccessat(AT_FDCWD, real, W_OK, AT_EACCESS) != 0 { throw .io(path: path, operation: "open", code: errno) }
        let (parent, last) = OutputTarget.split(real)
        guard !last.isEmpty, last != ".", last != ".." else { throw .io(path: path, operation: "open", code: EISDIR) }
        folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        name = last
        guard folder >= 0 else { throw .io(path: path, operation: "open", code: errno) }
    }

    deinit { if folder >= 0 { close(folder) } }

    /// The folder and the last name of a path.
    private static func split(_ path: String) -> (parent: String, last: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        let parent = path[..<slash]
        return (parent.isEmpty ? "/" : String(parent), String(path[path.utf8.index(after: slash)...]))
    }

    /// What a path means once links are followed.
    private enum Resolved {
        case path(String)
        /// An open file of this process, such as `/dev/stdout`.
        case descriptor(Int32)
    }

    /// Follows the links of the last name, whether there is something behind them or not.
    private static func resolve(_ path: String) throws(FormatError) -> Resolved {
        var current = path
        for _ in 0..<40 {
            for folder in ["/proc/self/fd/", "/dev/fd/"] where current.hasPrefix(folder) {
                if let number = Int32(current.dropFirst(folder.count)) { return .descriptor(number) }
            }
            var link = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
            let length = readlink(current, &link, link.count - 1)
            guard length >= 0 else { return .path(current) }
            let next = String(decoding: link[..<length].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            current = next.hasPrefix("/") ? next : split(current).parent + "/" + next
        }
        throw .io(path: path, operation: "open", code: ELOOP)
    }

    /// A new file beside the target, under a name that no other writer has. It is locked as long as it is open, which tells
    /// it from one that a killed process has left.
    func makeTemporary() throws(FormatError) -> (descriptor: Int32, name: String) {
        // The system applies the umask to a new file's mode; what replaces a file is private until it has that file's mode.
        var mode: mode_t = 0o666
        if case .existing = kind { mode = 0o600 }
        for _ in 0..<100 {
            let random = String(UInt64.random(in: 0 ... .max), radix: 36)
            let temporary = temporaryPrefix + random + ".tmp"
            let descriptor = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
            guard descriptor >= 0 else {
                guard errno == EEXIST || errno == EINTR else { break }
                continue
            }
            // Another writer of the target may take the file for abandoned until it is locked.
            var status = stat()
            _ = flock(descriptor, LOCK_EX)
            if fstat(descriptor, &status) == 0, status.st_nlink > 0 { return (descriptor, temporary) }
            close(descriptor)
        }
        throw .io(path: path, operation: "open", code: errno)
    }

    /// What the names of this target's temporary files begin with: of the target's own name only a number, since that may be
    /// as long as a name can be.
    private var temporaryPrefix: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return ".qs-" + String(hash, radix: 36) + "-"
    }

    /// Removes what processes that were killed while they wrote this target have left: such files are not locked.
    func removeAbandoned() {
        let copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return }
        guard let entries = fdopendir(copy) else {
            close(copy)
            return
        }
        defer { closedir(entries) }
        let prefix = temporaryPrefix
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasPrefix(prefix), name.hasSuffix(".tmp") else { continue }
            let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
            guard file >= 0 else { continue }
            if flock(file, LOCK_EX | LOCK_NB) == 0 { unlinkat(folder, name, 0) }
            close(file)
        }
    }

    /// Gives the finished file what the one in its place has, and puts it onto the disk. Nothing of it can be seen yet.
    func settle(_ descriptor: Int32) throws(FormatError) {
        if case .existing(let mode, let user, let group) = kind {
            // Only root may give files away; others may keep the group, if it is one of theirs.
            if fchown(descriptor, user, group) != 0 { _ = fchown(descriptor, uid_t.max, group) }
            guard fchmod(descriptor, mode) == 0 else { throw .io(path: path, operation: "fchmod", code: errno) }
        }
        guard fsync(descriptor) == 0 else { throw .io(path: path, operation: "fsync", code: errno) }
    }

    /// Renames the finished temporary file to the target. What the target was is kept open meanwhile, or else giving back its blocks would be
    /// part of the renaming, which a cancel waits for.
    func replace(by temporary: String) throws(FormatError) {
        let before = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        defer { OutputFile.closeLater(before) }
        guard renameat(folder, temporary, folder, name) == 0 else { throw .io(path: path, operation: "rename", code: errno) }
    }

    /// Makes the new name last through a power cut; file systems that cannot say so (EINVAL).
    func syncFolder() throws(FormatError) {
        guard folder >= 0, fsync(folder) != 0, errno != EINVAL else { return }
        throw .io(path: path, operation: "fsync", code: errno)
    }
}
