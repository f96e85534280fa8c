// A file that holds a secret: only its owner may be able to read it.
import QueryClient
import QueryFormats
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

enum SecretFile {
    /// The file's text, where it is a regular file that only this user can read or change.
    static func text(_ path: String) throws(SecretFault) -> String {
        var descriptor: Int32
        repeat { descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else { throw .file(.io(path: path, operation: "open", code: errno)) }
        defer { close(descriptor) }
        // The open file is asked, and not its name, which could mean another one by now.
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .file(.io(path: path, operation: "fstat", code: errno)) }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0, status.st_uid == geteuid() else { throw .exposed(path: path) }
        let source: ByteSource
        do throws(FormatError) { source = try ByteSource(descriptor: descriptor, name: path) } catch { throw .file(error) }
        guard let text = source.text else { throw .unusable }
        return text
    }

    /// The first line of `text` as a secret: visible characters of ASCII, as a header's value takes them.
    static func secret(in text: String) throws(SecretFault) -> String {
        let line = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).first ?? ""
        let bytes = line.utf8
        guard !bytes.isEmpty, bytes.count <= 16_384, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { throw .unusable }
        return String(line)
    }
}
