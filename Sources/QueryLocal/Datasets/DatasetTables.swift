// The tables that one job sees: every dataset by its name, and the one it runs on also as `dataset`.
import QueryClient
import QueryEngines
import QueryFrames

/// The datasets of one job as the engine's tables.
struct DatasetTables: Sendable {
    /// The name by which a query calls the dataset that it runs on, whichever that is.
    static let targetName = "dataset"

    let datasets: [Dataset]
    /// The dataset that the job runs on.
    let target: Dataset?
    let frames: FrameCache

    /// The names that a query can use.
    var names: [String] { datasets.map(\.name) + (target == nil ? [] : [DatasetTables.targetName]) }

    /// The table that a query calls `name`; blocks while a file is read, and tells `warn` what is to be known of it.
    ///
    /// A name that is no dataset's may be that of a table in a database file: in the target's, or where there is no
    /// target in that of any dataset.
    func table(_ name: String, _ cancellation: Cancellation, _ warn: (DatasetWarning) -> Void) throws -> EngineTable? {
        if let target, name.lowercased() == DatasetTables.targetName { return try table(of: target, cancellation, warn) }
        let named = datasets.first { $0.name == name } ?? datasets.first { $0.name.lowercased() == name.lowercased() }
        if let named { return try table(of: named, cancellation, warn) }
        let files = (target.map { [$0] } ?? datasets).filter { $0.format == DatasetFiles.database }.map(\.path)
        return files.isEmpty ? nil : .member(of: files)
    }

    private func table(of dataset: Dataset, _ cancellation: Cancellation, _ warn: (DatasetWarning) -> Void) throws -> EngineTable {
        if dataset.format == DatasetFiles.database { return .database(path: dataset.path, table: dataset.name) }
        let (frame, warnings) = try frames.frame(dataset.path, format: dataset.format, cancellation)
        for warning in warnings { warn(DatasetWarning(path: dataset.path, warning: warning)) }
        return .frame(frame)
    }
}
