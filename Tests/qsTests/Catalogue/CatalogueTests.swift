import FaultServer
import QueryClient
import Synchronization
import TestSupport
import Testing

/// Each fault of the catalogue at each request at which it can happen: rows or an error, an exit status, a number of requests, and
/// nowhere the key.
@Suite("The catalogue of faults")
struct CatalogueTests {
    static let faults = Fault.ofTheWire + Fault.ofHeads + Fault.ofStatuses + Fault.ofAnswers + Fault.ofData

    @Suite(.serialized)
    struct Sessions {
        @Test("at every request, once and for ever, in a session whose waits are over at once", arguments: faults)
        func everywhere(_ fault: Fault) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for given in Case.all(fault) { group.addTask { try await play(given) } }
                try await group.waitForAll()
            }
        }

        private func play(_ given: Case) async throws {
            let server = try FaultServer()
            server.play(given)
            let folder = try ScratchFolder()
            try Seen.prepare(folder)
            let times = Mutex(0)
            let session = ClockedSession(folder: folder, isInVain: { request in
                guard given.fault.isStuck, given.step.takes(request) else { return false }
                return times.withLock { times in
                    times += 1
                    return !given.isOnce || times == 1
                }
            })
            let seen = try await session.run(server, given.step.flow)
            seen.check(given.expected, rows: given.fault.rows, in: folder, requests: server.asked, given.name)
            // However often it is sent, it is one job.
            if given.step.flow == .polytomic {
                #expect(Set(server.requests(Step.submit.pattern).map { $0["Idempotency-Key"] ?? "" }).count == 1, "\(given.name)")
            }
        }
    }

    @Suite(.serialized)
    struct Programs {
        /// The first case of each fault for which nobody has to wait.
        private static let cases = faults.compactMap { fault in Case.all(fault).first { !$0.takesTime } }

        @Test("by the real program", arguments: cases)
        func program(_ given: Case) throws {
            let bench = try CatalogueBench()
            bench.server.play(given)
            try bench.choose(given.step.flow)
            let seen = try bench.run()
            seen.check(given.expected, rows: given.fault.rows, in: bench.folder, requests: bench.server.asked, given.name)
        }
    }
}
