// What `qs login` keeps: the secrets of services, or the commands that give them, in a file of the program's own.
import QueryClient
import QueryFormats
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
    func entry(of name: String) throws(SecretFault) -> Entry? { try entries()[name] }

    /// What is kept, by the services' names. A file that holds anything else is not one of the program's own.
    private func entries() throws(SecretFault) -> [String: Entry] {
        let text: String
        do throws(SecretFault) {
            text = try SecretFile.text(path)
        } catch {
            if case .file(.io(_, _, ENOENT)) = error { return [:] }
            if case .file(.io(_, _, ENOTDIR)) = error { return [:] }
            throw error
        }
        guard let table = try? TOMLValue.table(reading: text) else { throw .unusable }
        var entries: [String: Entry] = [:]
        for (name, value) in table {
            guard let members = value.table, members.count == 1 else { throw .unusable }
            if let secret = members["token"]?.string {
                entries[name] = .secret(secret)
            } else if let command = members["command"]?.string {
                entries[name] = .command(command)
            } else {
                throw .unusable
            }
        }
        return entries
    }

    /// Keeps `entry` for the service called `name`, in place of what was kept for it. The file has the mode 0600 from the first byte on.
    public func keep(_ entry: Entry, for name: String) throws(SecretFault) {
        var entries = try entries()
        if case .secret(let secret) = entry { entries[name] = .secret(try SecretFile.secret(in: secret)) } else { entries[name] = entry }
        let text = entries.sorted { $0.key < $1.key }.map { LoginFile.table($0.key, $0.value) }.joined(separator: "\n")
        do throws(FormatError) {
            try makeFile()
            let file = try OutputFile(path: path)
            let bytes = Array(text.utf8)
            let written: Result<Void, FormatError> = bytes.withUnsafeBytes { raw in
                do throws(FormatError) { return .success(try file.write(raw)) } catch { return .failure(error) }
            }
            try written.get()
            try file.commit()
        } catch {
            throw .file(error)
        }
    }

    private static func table(_ name: String, _ entry: Entry) -> String {
        switch entry {
        case .secret(let secret): "[\(key(name))]\ntoken = \(quoted(secret))\n"
        case .command(let text): "[\(key(name))]\ncommand = \(quoted(text))\n"
        }
    }

    /// A key of TOML, in quotes where it has to be.
    private static func key(_ name: String) -> String {
        let isBare = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
        }
        return !name.isEmpty && name.utf8.allSatisfy(isBare) ? name : quoted(name)
    }

    /// A basic string of TOML.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\u{0}"..."\u{1f}", "\u{7f}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
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
