// How a run is stopped from outside of the machine: by the task that runs it, or when its time is over.
import QueryFrames

extension Session {
    /// Runs a script until it ends, the task is cancelled or the time is over.
    func limited(_ source: Source, isPrompt: Bool) async -> RunOutcome {
        let cancellation = begin()
        guard let time = limits.time else { return await stoppable(cancellation, source, isPrompt: isPrompt) }
        return await withTaskGroup(of: RunOutcome?.self) { group in
            group.addTask { await self.stoppable(cancellation, source, isPrompt: isPrompt) }
            group.addTask {
                // A sleep that is cut short belongs to a run that has ended already.
                try? await Task.sleep(for: time)
                return nil
            }
            for await outcome in group {
                // Whatever ends first ends the other one: the time stops what the script waits for as a person would.
                group.cancelAll()
                if let outcome { return outcome }
            }
            return .cancelled(job: nil)
        }
    }

    private func stoppable(_ cancellation: Cancellation, _ source: Source, isPrompt: Bool) async -> RunOutcome {
        await withTaskCancellationHandler {
            await Cancellation.$current.withValue(cancellation) {
                await MemoryBudget.$current.withValue(memory) { await execute(source, isPrompt: isPrompt) }
            }
        } onCancel: {
            cancellation.raise()
        }
    }

    /// What the work gives, computed where it holds up nothing and can be left behind when the run is cancelled.
    func result(of work: Work) async throws(ScriptError) -> Scalar {
        defer { work.free() }
        return try await BlockingWork.leavable {
            do throws(MachineFault) { return .success(try work.result()) } catch { return .failure(ScriptError(error)) }
        }
    }
}
