import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Ctrl-C at the prompt: it stops what is going on and never the session.
@Suite("Ctrl-C at the prompt", .serialized)
struct PromptInterruptTests {
    private static let interrupt = "\u{3}"
    let bench: Workbench

    init() throws { bench = try Workbench() }

    private func session() throws -> PseudoTerminal {
        let terminal = try bench.prompt(columns: 120)
        #expect(terminal.isBack())
        return terminal
    }

    @Test("while a line is typed, it drops the line")
    func line() throws {
        let terminal = try session()
        terminal.send("print 1 +" + PromptInterruptTests.interrupt)
        #expect(terminal.isBack())
        #expect(terminal.answers("print 40 + 2", with: "42"))
        terminal.enter("for x in [1] {")
        #expect(terminal.wait(untilLine: "...", timeout: 20))
        terminal.send(PromptInterruptTests.interrupt)
        #expect(terminal.isBack())
        #expect(terminal.answers("print 50 + 2", with: "52"))
    }

    @Test("while a job is waited for, it stops the waiting and not the job; _ is the job")
    func waiting() throws {
        let terminal = try session()
        terminal.enter("let j = run \"\(Workbench.endless)\"")
        #expect(terminal.isBack())
        // What is interrupted before it waits is no waiting.
        terminal.enter("warn \"up\"; wait j")
        #expect(terminal.wait(untilLine: "up"))
        terminal.settle()
        terminal.send(PromptInterruptTests.interrupt)
        #expect(terminal.wait(until: "stopped waiting; job_"))
        #expect(terminal.wait(until: " goes on. `wait _` waits for it again"))
        #expect(terminal.isBack())
        #expect(terminal.answers("\"it is ${_.status} still\"", with: "it is running still"))
        terminal.send("\u{4}")
        #expect(terminal.waitForEnd() == .exited(0))
        #expect(try bench.qs("-c", "jobs | select status").output == "status\ncancelled\n")
    }

    @Test("a second time within two seconds it cancels the job")
    func twice() throws {
        let terminal = try session()
        terminal.enter("let j = run \"\(Workbench.endless)\"")
        #expect(terminal.isBack())
        terminal.enter("warn \"up\"; j | count")
        #expect(terminal.wait(untilLine: "up"))
        terminal.settle()
        terminal.send(PromptInterruptTests.interrupt)
        #expect(terminal.wait(until: "stopped waiting; job_") && terminal.isBack())
        terminal.settle(0.1)
        terminal.send(PromptInterruptTests.interrupt)
        #expect(terminal.wait(until: "cancelled the job job_"))
        #expect(terminal.isBack())
        #expect(terminal.answers("j.status", with: "cancelled"))
    }

    @Test("later than that it only drops the line")
    func late() throws {
        let terminal = try session()
        terminal.enter("let j = run \"\(Workbench.endless)\"")
        #expect(terminal.isBack())
        // What is interrupted before it waits is no waiting.
        terminal.enter("warn \"up\"; wait j")
        #expect(terminal.wait(untilLine: "up"))
        terminal.settle()
        terminal.send(PromptInterruptTests.interrupt)
        #expect(terminal.wait(until: "stopped waiting; job_"))
        terminal.settle(2.2)
        terminal.send(PromptInterruptTests.interrupt)
        #expect(terminal.isBack())
        #expect(terminal.answers("j.status", with: "running"))
    }

    @Test("it ends a loop", arguments: ["while true {}", "let n = 0; while true { n = n + 1 }", "sleep 1d"])
    func loop(statement: String) throws {
        let terminal = try session()
        terminal.enter(statement)
        terminal.settle()
        terminal.send(PromptInterruptTests.interrupt)
        #expect(terminal.wait(untilLine: "stopped", timeout: 5))
        #expect(terminal.isBack())
        #expect(terminal.answers("print 40 + 2", with: "42"))
    }

    @Test("SIGTERM ends the session, with the terminal's modes as they were")
    func terminate() throws {
        let terminal = try session()
        terminal.send("print 1")
        #expect(terminal.wait(untilLine: "qs> print 1", timeout: 20))
        kill(terminal.process, SIGTERM)
        #expect(terminal.waitForEnd() == .signalled(SIGTERM))
        #expect(terminal.modes[3] & UInt32(ECHO) == UInt32(ECHO))
    }
}
