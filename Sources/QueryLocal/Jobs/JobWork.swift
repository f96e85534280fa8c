// What one job does on its thread: the engine's run, over the tables of the datasets.
import QueryClient
import QueryEngines
import QueryFrames
import Synchronization

/// The run of one job, and all that it needs.
final class JobWork: Sendable {
    private let run: any EngineRun
    private let cancellation: Cancellation
    private let tables: DatasetTables
    private let template: Template
    private let bound: BoundText
    /// What is to be told of the files that it has read.
    let warnings: DatasetWarnings

    init(_ template: Template, _ bound: BoundText, _ tables: DatasetTables, engine: any Engine) {
        let cancellation = Cancellation()
        self.cancellation = cancellation
        self.tables = tables
        self.template = template
        self.bound = bound
        let warnings = DatasetWarnings()
        self.warnings = warnings
        run = engine.prepare(bound.statement) { name in
            try tables.table(name, cancellation) { warnings.add($0) }
        }
    }

    /// Runs to the end; blocks.
    func perform() -> JobOutcome {
        do throws(EngineError) {
            return .frame(try run.run())
        } catch {
            return .failed(ServiceError(error, template, bound, tables))
        }
    }

    /// Stops the run from any thread.
    func cancel() {
        cancellation.raise()
        run.cancel()
        tables.frames.wake()
    }
}

/// Warnings as they come, from any thread.
final class DatasetWarnings: Sendable {
    private let noted = Mutex<[DatasetWarning]>([])

    var all: [DatasetWarning] { noted.withLock { $0 } }

    func add(_ warning: DatasetWarning) { noted.withLock { $0.append(warning) } }
}
