// A service in a scratch folder, and what tests ask of it again and again.
import CSQLite
import QueryClient
import QueryEngines
import QueryFrames
import QueryLocal
import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A scratch folder with a workspace that is not there yet.
struct Place {
    let folder: ScratchFolder
    var workspace: String { folder.path("workspace") }
    var catalog: String { workspace + "/catalog.db" }

    init() throws { folder = try ScratchFolder() }

    func service() -> LocalService { LocalService(workspace: workspace) }

    /// Writes a csv file and returns its path.
    func csv(_ name: String = "orders.csv", _ text: String = "id,region,total\n1,EU,10.5\n2,US,7\n3,EU,2.25\n") throws -> String {
        try folder.write(name, text)
    }
}

extension LocalService {
    /// Runs text to its end and gives the rows.
    func rows(_ text: String, _ bindings: [String: Scalar] = [:], on target: String? = nil) async throws(ServiceError) -> [[Scalar]] {
        let job = try await submit(QueryRequest(text: .text(text), bindings: bindings.map { .init(name: $0.key, value: $0.value) }, target: target))
        return QueryLocalTests.rows(try await result(of: job.id))
    }

    /// The error of a text that is run to its end, or nil.
    func failure(_ text: String, _ bindings: [String: Scalar] = [:], on target: String? = nil) async -> ServiceError? {
        do {
            _ = try await rows(text, bindings, on: target)
            return nil
        } catch {
            return error
        }
    }
}

/// The rows of a frame.
func rows(_ frame: Frame) -> [[Scalar]] {
    (0..<frame.count).map { row in frame.schema.fields.indices.map { frame.scalar(row: row, column: $0) } }
}

/// The error that `body` ends with, or nil.
func failure<R>(_ body: () async throws(ServiceError) -> R) async -> ServiceError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

/// Runs statements on a database file, which is made where it is not there.
@discardableResult
func sqlite(_ path: String, _ text: String) throws -> String {
    var handle: OpaquePointer?
    defer { sqlite3_close(handle) }
    guard sqlite3_open(path, &handle) == SQLITE_OK, sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK else {
        throw SQLiteError(code: sqlite3_errcode(handle), message: String(cString: sqlite3_errmsg(handle)))
    }
    return path
}

/// A statement that never ends by itself.
let endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
