import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What was typed, kept from one session to the next.
@Suite("history of the prompt", .serialized)
struct PromptHistoryTests {
    private static let up = "\u{1b}[A"
    let bench: Workbench

    init() throws { bench = try Workbench() }

    private func session(_ changes: [String: String], _ body: (PseudoTerminal) -> Void) throws {
        let terminal = try bench.prompt(changing: changes)
        #expect(terminal.isBack())
        body(terminal)
        terminal.send("\u{4}")
        #expect(terminal.waitForEnd() == .exited(0))
    }

    private func mode(_ path: String) -> UInt32? {
        var status = stat()
        return stat(path, &status) == 0 ? UInt32(status.st_mode) & 0o777 : nil
    }

    @Test("a line of one session is found in the next, in a file for its owner alone")
    func kept() throws {
        let changes = ["XDG_STATE_HOME": bench.folder.path("state")]
        try session(changes) { #expect($0.answers("print 40 + 2", with: "42")) }
        #expect(mode(bench.folder.path("state/qs/history.jsonl")) == 0o600)
        try session(changes) { terminal in
            terminal.send(PromptHistoryTests.up)
            #expect(terminal.wait(untilLine: "qs> print 40 + 2", timeout: 20))
            terminal.send("\r")
            #expect(terminal.wait(untilLine: "42", timeout: 20) && terminal.isBack())
        }
    }

    @Test("it stands in the home folder unless told otherwise")
    func home() throws {
        try session([:]) { #expect($0.answers("print 40 + 2", with: "42")) }
        #expect(Files.text(bench.folder.path("home/.local/state/qs/history.jsonl"))?.contains("print 40 + 2") == true)
    }

    @Test("QS_HISTORY set to nothing keeps none")
    func none() throws {
        try session(["QS_HISTORY": ""]) { #expect($0.answers("print 40 + 2", with: "42")) }
        #expect(Files.names(in: bench.folder.path("home")) == [])
    }

    @Test("a line that holds a key is not kept, and the key is in no file")
    func secrets() throws {
        try session([:]) { terminal in
            for (given, answer) in [
                ("\"u\" with kind=\"toolkit\", token=\"\(Canary.token)\"", "has to say where the secret is found"),
                ("\"u\" with kind=\"toolkit\", api_key=\"\(Canary.token)\"", "has no setting `api_key`"),
                ("\"https://me:\(Canary.token)@far.example\" with kind=\"toolkit\"", "has to be an address"),
                ("\"u\" with kind=\"toolkit\", token=env(\"FAR_TOKEN\")", "has to be an address"),
            ] {
                terminal.enter("connect far to " + given)
                #expect(terminal.wait(until: answer) && terminal.isBack())
            }
            #expect(terminal.answers("print 40 + 2", with: "42"))
        }
        let kept = bench.folder.text("home/.local/state/qs/history.jsonl")?.split(separator: "\n") ?? []
        #expect(kept.count == 2 && kept[0].contains("FAR_TOKEN") && kept[1].contains("print 40 + 2"), "\(kept)")
        Seen(output: "", error: "", status: 0, events: "").checkSecrecy(in: bench.folder)
    }

    @Test("without a home there is a prompt without history")
    func homeless() throws {
        let terminal = try bench.prompt(changing: ["HOME": "/dev/null"])
        #expect(terminal.isBack())
        #expect(terminal.answers("print 40 + 2", with: "42"))
    }
}
