// A session whose frames may take little: statements that take more stop with a `limit`, and the next one runs.
import QueryFormats
import QueryFrames
import QueryLocal
import QueryScript
import TestSupport
import Testing

/// Keeps what a session writes.
private final class Written: SessionOutput, @unchecked Sendable {
    // One session writes to it, and the test reads when that is done.
    private(set) var text = ""
    func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) { text += String(decoding: bytes, as: UTF8.self) }
    func flush() throws(FormatError) {}
    func message(_ text: String) {}
    var terminal: TerminalSize? { nil }
}

@Suite("Memory of a session")
struct MemoryLimitTests {
    static let endless = "with recursive n(i) as (select 1 union all select i + 1 from n limit 3000000) select i, 'text number ' || i as t from n"

    static let statements = [
        "open \"FILE\" | join cross (open \"FILE\") | count",
        "let big = open \"FILE\" | derive a = pad_left(s, 3000), b = pad_right(s, 3000); big | count",
        "open \"FILE\" | derive long = pad_left(s, 60000000) | count",
        "open \"BIG\" | count",
        "run \"\(endless)\" | count",
        "run \"select * from big\" | count",
    ]

    private func place() throws -> (ScratchFolder, LocalService) {
        let folder = try ScratchFolder()
        _ = try folder.write("small.csv", "n,s\n" + (0..<4_000).map { "\($0),row \($0)\n" }.joined())
        _ = try folder.write("big.csv", "n,s\n" + (0..<200_000).map { "\($0),a row of some length with the number \($0)\n" }.joined())
        return (folder, LocalService(workspace: folder.path("workspace")))
    }

    @Test("what takes too much stops with a limit, everything is given back, and the session goes on", arguments: statements)
    func stops(statement: String) async throws {
        let (folder, service) = try place()
        let budget = MemoryBudget(limit: 8 << 20)
        let output = Written()
        let session = Session(service: service, output: output, grants: Session.Grants(files: true), memory: budget)
        if case .finished = await session.run(Source(name: "test", text: "dataset big = \"\(folder.path("big.csv"))\"")) {} else { Issue.record("dataset") }
        let text = statement.split(separator: "FILE", omittingEmptySubsequences: false).joined(separator: folder.path("small.csv"))
            .split(separator: "BIG", omittingEmptySubsequences: false).joined(separator: folder.path("big.csv"))
        guard case .failed(let diagnostics) = await session.run(Source(name: "test", text: text)) else {
            Issue.record("should have stopped: \(statement)")
            return
        }
        #expect(diagnostics.map(\.code) == [.limit], "\(diagnostics)")
        #expect(diagnostics.first?.message.contains("8 MiB") == true, "\(diagnostics)")
        // The machine may keep what the statement was given until it needs the room.
        #expect(budget.used <= 256 << 10, "\(budget.used) bytes are still held")
        #expect(budget.peak <= 24 << 20, "\(budget.peak) bytes at a time")
        let next = Source(name: "test", text: "print (open \"\(folder.path("small.csv"))\" | where n < 3 | count)")
        guard case .finished = await session.run(next) else {
            Issue.record("the session does not go on")
            return
        }
        #expect(output.text == "3\n")
        await service.close()
    }

    @Test("a script can catch it")
    func caught() async throws {
        let (folder, service) = try place()
        let output = Written()
        let session = Session(
            service: service, output: output, grants: Session.Grants(files: true), memory: MemoryBudget(limit: 8 << 20))
        let small = folder.path("small.csv")
        let text = "try { open \"\(small)\" | join cross (open \"\(small)\") | count } catch e { print e.code }\nprint 1"
        guard case .finished = await session.run(Source(name: "test", text: text)) else {
            Issue.record("it was not caught")
            return
        }
        #expect(output.text == "limit\n1\n")
        await service.close()
    }
}
