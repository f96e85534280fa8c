// What `qs login` keeps: the secrets of services, or the commands that give them, in a file of the program's own.
import QueryClient
import QueryFormats
import TOMLKit
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The file `credentials.toml`, one table for each service, which only its owner can read.
public struct LoginFile: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// What is kept for a service.
    public enum Entry: Sendable {
        case secret(String)
        /// A command of the shell whose first line of output is the secret.
        case command(String)
    }

    /// What is kept for the service called `name`; nil where nothing is.
    func entry(of name: String) throws(SecretFault) -> Entry? {
        guard let table = try table()?[name]?.table else { return nil }
        if let secret = table["token"]?.string { return .secret(secret) }
        if let command = table["command"]?.string { return .command(command) }
        return nil
    }

    private func table() throws(SecretFault) -> TOMLTable? {
        let text: String
        do throws(SecretFault) {
            text = try SecretFile.text(path)
        } catch {
            if case .file(.io(_, _, ENOENT)) = error { return nil }
            if case .file(.io(_, _, ENOTDIR)) = error { return nil }
            throw error
        }
        guard let table = try? TOMLTable(string: text) else { throw .unusable }
        return table
    }

    /// Keeps `entry` for the service called `name`, in place of what was kept for it. The file has the mode 0600 from the first byte on.
    public func keep(_ entry: Entry, for name: String) throws(SecretFault) {
        let all = try table() ?? TOMLTable()
        let kept = TOMLTable()
        switch entry {
        case .secret(let secret): kept["token"] = try SecretFile.secret(in: secret)
        case .command(let text): kept["command"] = text
        }
        all[name] = kept
        do throws(FormatError) {
            try makeFile()
            let file = try OutputFile(path: path)
            let bytes = Array((all.convert() + "\n").utf8)
            let written: Result<Void, FormatError> = bytes.withUnsafeBytes { raw in
                do throws(FormatError) { return .success(try file.write(raw)) } catch { return .failure(error) }
            }
            try written.get()
            try file.commit()
        } catch {
            throw .file(error)
        }
    }

    /// Makes an empty file for the owner alone, and its folder, where there are none; what replaces a file has the mode of that file.
    private func makeFile() throws(FormatError) {
        if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try Folder.make(String(path[..<slash]))
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) } else if errno != EEXIST { throw .io(path: path, operation: "open", code: errno) }
    }
}
