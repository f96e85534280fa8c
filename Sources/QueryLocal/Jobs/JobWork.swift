// What one job does on its thread: the engine's run, over the tables of the datasets.
import QueryClient
import QueryEngines
import QueryFrames

/// The run of one job, and all that it needs.
final class JobWork: Sendable {
    private let run: any EngineRun
    private let cancellation: Cancellation
    private let tables: DatasetTables
    private let template: Template
    private let bound: BoundText

    init(_ template: Template, _ bound: BoundText, _ tables: DatasetTables, engine: any Engine) {
        let cancellation = Cancellation()
        self.cancellation = cancellation
        self.tables = tables
        self.template = template
        self.bound = bound
        run = engine.prepare(bound.statement) { name in try tables.table(name, cancellation) }
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
