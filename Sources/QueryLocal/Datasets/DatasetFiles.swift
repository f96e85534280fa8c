// What a dataset's file is, as far as it can be told without reading it.
import QueryClient
import QueryEngines
import QueryFormats
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

enum DatasetFiles {
    /// The format of database files, which the engine reads itself.
    static let database = "sqlite"
    private static let databaseEndings = ["sqlite", "sqlite3", "db"]

    /// `dataset` with its absolute path and its format: by the file's ending or, of a database, by its first bytes.
    static func resolve(_ dataset: Dataset) throws(ServiceError) -> Dataset {
        guard Names.isDatasetName(dataset.name) else { throw .badName(name: dataset.name) }
        var resolved = dataset
        resolved.path = Workspace.absolute(dataset.path)
        try check(resolved.path)
        resolved.format = try format(resolved.path)
        return resolved
    }

    /// An error where `path` is no file that can be read.
    private static func check(_ path: String) throws(ServiceError) {
        if path.utf8.contains(0) { throw .file(.io(path: path, operation: "open", code: ENOENT)) }
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw .file(.io(path: path, operation: "open", code: errno)) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .file(.io(path: path, operation: "fstat", code: errno)) }
        let kind = status.st_mode & S_IFMT
        if kind != S_IFREG { throw .file(.io(path: path, operation: "open", code: kind == S_IFDIR ? EISDIR : EINVAL)) }
    }

    private static func format(_ path: String) throws(ServiceError) -> String {
        if let row = Formats.row(forPath: path), row.canRead { return row.name }
        let ending = path.split(separator: "/").last?.split(separator: ".", omittingEmptySubsequences: false).dropFirst().last
        if let ending, databaseEndings.contains(ending.lowercased()) { return database }
        if let header = try? DatabaseHeader(path: path) {
            _ = header
            return database
        }
        throw .unknownFormat(path: path, known: Formats.rows.filter(\.canRead).flatMap(\.endings) + databaseEndings)
    }
}
