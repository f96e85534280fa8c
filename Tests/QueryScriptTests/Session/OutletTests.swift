import Dispatch
import QueryFormats
import Synchronization
import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import QueryScript

@Suite("what leaves a session that is cancelled", .timeLimit(.minutes(15)))
struct OutletTests {
    /// Takes the bytes, and tells what happened in which order.
    private final class SlowOutput: SessionOutput {
        let steps = Mutex<[String]>([])
        let began = DispatchSemaphore(value: 0), mayEnd = DispatchSemaphore(value: 0)
        var terminal: TerminalSize? { nil }

        func write(_ bytes: UnsafeRawBufferPointer) {
            began.signal()
            mayEnd.wait()
            steps.withLock { $0.append("wrote \(bytes.count)") }
        }
        func flush() {}
        func message(_ text: String) {}
    }

    private func send(_ count: Int, to sink: StoppableSink) throws {
        let bytes = [UInt8](repeating: 0x78, count: count)
        try bytes.withUnsafeBytes { try sink.write($0) }
    }

    // A host that lets commands be fed ignores the signal of a pipe that nobody reads; the error says it too.
    init() { signal(SIGPIPE, SIG_IGN) }

    @Test("bytes on their way go out before an outlet is closed, and none afterwards")
    func closing() async throws {
        let output = SlowOutput(), outlet = Outlet()
        let writing = Task {
            await BlockingWork.run { [self] in
                let sink = StoppableSink(output, outlet)
                // The second stretch of these finds the outlet closed.
                return Result { try send(3 << 20, to: sink) }
            }
        }
        await BlockingWork.run { output.began.wait() }
        let closing = Task {
            await BlockingWork.run {
                outlet.close()
                output.steps.withLock { $0.append("closed") }
            }
        }
        output.mayEnd.signal()
        // A stretch that was sooner than the one who closes goes out as well.
        await BlockingWork.run { for _ in 0..<2 { output.mayEnd.signal() } }
        await closing.value
        let steps = output.steps.withLock { $0 }
        let result = await writing.value
        #expect(steps.last == "closed" && steps.first == "wrote \(1 << 20)")
        #expect(output.steps.withLock { $0 } == steps)
        if steps.count < 4 { #expect(throws: FormatError.closedPipe(path: "")) { try result.get() } }
        #expect(throws: FormatError.closedPipe(path: "")) { try send(1, to: StoppableSink(output, outlet)) }
    }

    @Test("a file that is written straight is not finished once the outlet is closed")
    func straight() throws {
        let folder = try ScratchFolder()
        try #require(mkfifo(folder.path("pipe"), 0o600) == 0)
        let reading = open(folder.path("pipe"), O_RDONLY | O_NONBLOCK)
        defer { close(reading) }
        let outlet = Outlet()
        let file = try OutputFile(path: folder.path("pipe"), name: outlet.name)
        // These stay in a buffer until the commit.
        try send(100, to: StoppableSink(file, outlet))
        outlet.close()
        #expect(throws: FormatError.closedPipe(path: "")) { try outlet.commit(file) }
        file.discard()
        var block = [UInt8](repeating: 0, count: 200)
        #expect(read(reading, &block, block.count) <= 0)
    }

    @Test("an export that waits for somebody to read its pipe is left behind")
    func leftBehind() async throws {
        let session = try TestSession()
        let path = session.folder.path("pipe.csv")
        try #require(mkfifo(path, 0o600) == 0)
        #expect(await session.error("let f = [{n: 1}] | derive m = n") == nil)
        let task = Task { await session.outcome("export f csv to \"\(path)\"") }
        try await Task.sleep(for: .milliseconds(20))
        task.cancel()
        guard case .cancelled = await task.value else { return #expect(Bool(false), "it was not cancelled") }
        // Whoever comes to read now frees the thread that waits for it, and reads nothing.
        let reading = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reading) }
        var block = [UInt8](repeating: 0, count: 200)
        #expect(read(reading, &block, block.count) <= 0)
        #expect(await session.error("print 1") == nil)
        #expect(session.written() == "1\n")
    }

    @Test("an export that is cancelled in its midst leaves neither its file nor a temporary one", arguments: ["csv", "json", "arrow", "parquet", "xlsx"])
    func cancelledExport(format: String) async throws {
        let session = try TestSession()
        let rows = "let f = [{n: 123456, s: \"text\"}] | derive m = n\nfor i in 1..17 { f = f | union f }"
        #expect(await session.error(rows) == nil)
        let before = session.folder.names()
        // One that is whole before its cancel comes is tried again.
        for round in 0..<100 {
            let name = "\(round).\(format)", path = session.folder.path(name)
            let task = Task { await session.outcome("export f \(format) to \"\(path)\"") }
            while !session.folder.names().contains(where: { $0.hasPrefix(".qs-") || $0 == name }) { await Task.yield() }
            task.cancel()
            let outcome = await task.value
            let left = session.folder.names().filter { !before.contains($0) }
            #expect(left == [] || left == [name])
            guard left.isEmpty, case .cancelled = outcome else {
                if format != "xlsx" { #expect(await session.error("let g = open \"\(path)\"") == nil) }
                unlink(path)
                continue
            }
            return
        }
        #expect(Bool(false), "all were whole before they were cancelled")
    }

    @Test("an export through a command is over when the command is gone")
    func through() async throws {
        let session = try TestSession(shell: true)
        #expect(await session.error("let l = [{n: 123456}]\nfor i in 1..15 { l = l + l }\nlet f = l | derive m = n") == nil)
        // More than a pipe holds, and nobody reads it.
        let pid = session.folder.path("pid"), path = session.folder.path("out.csv")
        let task = Task { await session.outcome("export f csv to \"\(path)\" through \"echo $$ > \(pid); exec sleep 1000\"") }
        while session.folder.text("pid")?.hasSuffix("\n") != true { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        guard case .cancelled = await task.value else { return #expect(Bool(false), "it was not cancelled") }
        #expect(session.folder.names().filter { $0 == "out.csv" || $0.hasPrefix(".qs-") } == [])
        // It has ended; whoever began it may not have asked for its status yet.
        let process = try #require(session.folder.text("pid").flatMap { Int32($0.dropLast()) })
        var information = siginfo_t()
        let state = waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT | WNOHANG)
        #expect(state != 0 || information.si_signo == SIGCHLD)
    }

    @Test("a command that was stopped before it has begun does not begin")
    func neverBegun() throws {
        let folder = try ScratchFolder()
        let command = ShellCommand(isApart: true, hiding: [])
        command.stop()
        #expect(throws: FormatError.io(path: "sh", operation: "posix_spawn", code: ECANCELED)) {
            try command.start(ShellText(text: "echo > \(folder.path("begun"))"), .nothing, .inherited)
        }
        #expect(folder.names() == [])
    }
}
