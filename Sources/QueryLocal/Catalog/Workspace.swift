// The workspace folder: where what is, and how its parts are made.
import QueryClient
import QueryEngines
import QueryFormats
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The places of one workspace. Nothing is made before something is to be kept.
struct Workspace: Sendable {
    /// The folder, as an absolute path.
    let folder: String

    var catalog: String { folder + "/catalog.db" }
    var sessions: String { folder + "/sessions" }

    /// A workspace at `path`; a relative one counts from the working directory.
    init(_ path: String) { folder = Workspace.absolute(path) }

    /// `path` from the root on, without `.` and doubled slashes; `..` stays, since it may follow a link.
    static func absolute(_ path: String) -> String {
        var bytes = Array(path.utf8)
        if bytes.first != UInt8(ascii: "/"), let here = getcwd(nil, 0) {
            bytes = Array(String(cString: here).utf8) + [UInt8(ascii: "/")] + bytes
            free(here)
        }
        let parts = bytes.split(separator: UInt8(ascii: "/")).filter { $0 != [UInt8(ascii: ".")] }
        return parts.isEmpty ? "/" : parts.map { "/" + String(decoding: $0, as: UTF8.self) }.joined()
    }

    /// Makes the folder and those above it where they are missing, for the owner alone.
    func make() throws(ServiceError) {
        do { try Workspace.makeFolder(folder) } catch { throw .readOnly(path: folder, reason: error.message) }
    }

    /// Makes a folder of the workspace and those above it.
    static func makeFolder(_ path: String) throws(POSIXFailure) {
        do throws(FormatError) {
            try Folder.make(path)
        } catch {
            guard case .io(_, _, let code) = error else { throw POSIXFailure(EIO) }
            throw POSIXFailure(code)
        }
    }
}
