import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Ctrl-C and its relatives while a script runs.
@Suite("signals")
struct SignalTests {
    let bench: Workbench

    init() throws { bench = try Workbench() }

    private func run(_ script: String, signal: Int32) throws -> Command.Result {
        var command = bench.command(["-c", script, "-c", "print \"next\""])
        command.signal = (signal, after: "up")
        return try command.run()
    }

    private static let waiting = "let j = run \"\(Workbench.endless)\"; sleep 200ms; warn \"up\"; wait j"

    @Test("a signal while a job is waited for ends the program by it, and the job is cancelled", arguments: [SIGINT, SIGTERM, SIGHUP])
    func waiting(signal: Int32) throws {
        let result = try run(SignalTests.waiting, signal: signal)
        #expect(result.ending == .signalled(signal))
        #expect(result.output == "")
        #expect(result.error == "up\n")
        #expect(try #require(result.signalled) < 2)
        #expect(try bench.qs("-c", "jobs | select status").output == "status\ncancelled\n")
    }

    @Test("Ctrl-C ends an endless loop", arguments: [
        "warn \"up\"; while true {}",
        "let n = 0; warn \"up\"; while true { n = n + 1 }",
        "warn \"up\"; for x in 1..9000000000000000000 { let y = x }",
        "warn \"up\"; sleep 1d",
    ])
    func loop(script: String) throws {
        let result = try run(script, signal: SIGINT)
        #expect(result.ending == .signalled(SIGINT))
        #expect(result.output == "")
        #expect(try #require(result.signalled) < 2)
    }

    @Test("data printed before the signal is not lost")
    func flushed() throws {
        let result = try run("print 1; warn \"up\"; while true {}", signal: SIGTERM)
        #expect(result.output == "1\n")
        #expect(result.ending == .signalled(SIGTERM))
    }

    @Test("an export that is interrupted leaves the old file and nothing beside it")
    func export() throws {
        try bench.folder.write("out.csv", "old")
        let result = try run("warn \"up\"; run \"\(Workbench.endless)\" | export csv to \"out.csv\"", signal: SIGINT)
        #expect(result.ending == .signalled(SIGINT))
        #expect(bench.folder.text("out.csv") == "old")
        #expect(bench.folder.names() == ["home", "out.csv"])
    }

    @Test("a job whose program was killed is known as failed")
    func killed() throws {
        let result = try run(SignalTests.waiting, signal: SIGKILL)
        #expect(result.ending == .signalled(SIGKILL))
        let jobs = try bench.qs("-c", "for j in jobs { print j.status; print j.error }")
        #expect(jobs.output.hasPrefix("failed\n"))
        #expect(jobs.output.contains("the program that ran it ended before it did"))
        #expect(try bench.qs("-c", "jobs | select status").output == "status\nfailed\n")
    }

    @Test("a signal that the parent ignores stays ignored")
    func ignored() throws {
        let result = try bench.shell("trap '' INT; \"$QS\" -c 'print 1; sleep 300ms; print 2' & sleep 0.1; kill -INT $!; wait $!")
        #expect(result.output == "1\n2\n")
        #expect(result.ending == .exited(0))
    }

    @Test("a job is not left running where the output is closed")
    func closedOutput() throws {
        let script = "run \\\"\(Workbench.endless)\\\"; sleep 200ms; while true { print 1 }"
        _ = try bench.shell("\"$QS\" -c \"let j = \(script)\" | head -n 1")
        #expect(try bench.qs("-c", "jobs | select status").output == "status\ncancelled\n")
    }

    @Test("what fails while jobs run leaves none running")
    func failure() throws {
        let result = try bench.qs("-c", "let j = run \"\(Workbench.endless)\"; sleep 200ms; fail \"no\"")
        #expect(result.ending == .exited(1))
        #expect(try bench.qs("-c", "jobs | select status").output == "status\ncancelled\n")
    }
}
