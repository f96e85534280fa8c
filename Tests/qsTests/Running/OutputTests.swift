import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where data goes, and what happens when it cannot go there.
@Suite("output")
struct OutputTests {
    let bench: Workbench

    init() throws {
        bench = try Workbench()
        try bench.folder.write("a.csv", "a,b\n1,x\n2,y\n")
    }

    @Test("a reader that has enough ends it quietly, by SIGPIPE")
    func closedPipe() throws {
        let result = try bench.shell("{ \"$QS\" -c 'while true { print 1 }'; echo $? >status; } | head -n 1")
        #expect(result.output == "1\n")
        #expect(result.error == "")
        #expect(bench.folder.text("status") == "141\n")
    }

    @Test("what was printed is handed on before a wait, also to a pipe")
    func handedOn() throws {
        // The reader gets the line and stops the program while it sleeps: without the hand-over it would wait for ever.
        let result = try bench.shell("mkfifo out; \"$QS\" -c 'print 1; sleep 1h' >out & read line <out; echo \"got $line\"; kill $!; wait $!; exit 0")
        #expect(result.output == "got 1\n")
        #expect(!result.timedOut)
    }

    @Test("a closed pipe ends it also where the parent ignores SIGPIPE")
    func ignoredSignal() throws {
        let result = try bench.shell("trap '' PIPE; { \"$QS\" -c 'while true { print 1 }'; echo $? >status; } | head -n 1")
        #expect(result.error == "")
        #expect(bench.folder.text("status") == "141\n")
    }

    @Test("an export into a closed pipe stops")
    func closedExport() throws {
        let script = "let j = run \\\"with recursive c(n) as (select 1 union all select n + 1 from c limit 300000) select n from c\\\"; export j csv"
        let result = try bench.shell("{ \"$QS\" -c \"\(script)\"; echo $? >status; } | head -n 2")
        #expect(result.output == "n\n1\n")
        #expect(result.error == "")
        #expect(bench.folder.text("status") == "141\n")
    }

    @Test("a full disk behind standard output ends with 5 and a message", arguments: ["print 1", "open \"a.csv\" | export csv", "show [1]"])
    func fullOutput(script: String) throws {
        let result = try bench.shell("\"$QS\" -c '\(script)' >/dev/full")
        #expect(result.error.hasPrefix("error[io]: standard output: No space left on device"))
        #expect(result.ending == .exited(5))
    }

    @Test("a full disk is told also where the program answers about itself", arguments: ["--version", "--help"])
    func fullAnswer(option: String) throws {
        let result = try bench.shell("\"$QS\" \(option) >/dev/full")
        #expect(result.error == "error[io]: standard output: No space left on device (writing)\n")
        #expect(result.ending == .exited(5))
    }

    @Test("a full disk behind a file ends with 5 and names the file")
    func fullFile() throws {
        let result = try bench.qs("-c", "open \"a.csv\" | export csv to \"/dev/full\"; print 1")
        #expect(result.output == "")
        #expect(result.error.hasPrefix("error[io]: /dev/full: No space left on device"))
        #expect(result.ending == .exited(5))
    }

    @Test("standard output that is closed is an error, and no file takes its place")
    func closedOutput() throws {
        let result = try bench.shell("\"$QS\" -c 'save q as \"select 1\"; print 1' >&-")
        #expect(result.error.hasPrefix("error[io]: standard output: Bad file descriptor"))
        #expect(result.ending == .exited(5))
        #expect(try bench.qs("-c", "queries | select name").output == "name\nq\n")
    }

    @Test("without standard input and standard error it still works")
    func closedStreams() throws {
        let result = try bench.shell("\"$QS\" -c 'print 1' <&- 2>&-")
        #expect(result.output == "1\n")
        #expect(result.ending == .exited(0))
    }

    @Test("data goes to standard output alone, messages to standard error")
    func streams() throws {
        let result = try bench.qs("-c", "warn \"careful\"; open \"a.csv\"")
        #expect(result.output == "a,b\n1,x\n2,y\n")
        #expect(result.error == "careful\n")
    }

    @Test("off a terminal nothing is cut")
    func wide() throws {
        let text = String(repeating: "long ", count: 500)
        let result = try bench.qs("-c", "show [{a: \"\(text)\"}]")
        #expect(result.output == "a\n\(text)\n")
    }

    @Test("an export to a file replaces it whole and says nothing")
    func file() throws {
        try bench.folder.write("out.csv", "old")
        let result = try bench.qs("-c", "open \"a.csv\" | export to \"out.csv\"")
        #expect(result.output == "" && result.error == "")
        #expect(bench.folder.text("out.csv") == "a,b\n1,x\n2,y\n")
        #expect(bench.folder.names() == ["a.csv", "home", "out.csv"])
    }

    @Test("the file that is read can be the file that is written")
    func sameFile() throws {
        let result = try bench.qs("-c", "open \"a.csv\" | where a == 2 | export to \"a.csv\"")
        #expect(result.error == "")
        #expect(bench.folder.text("a.csv") == "a,b\n2,y\n")
    }

    @Test("an export that fails leaves the old file as it was and nothing beside it", arguments: [
        "export (run \"select nope\") csv to \"out.csv\"",
        "open \"a.csv\" | derive c = int(b) | export csv to \"out.csv\"",
        "open \"a.csv\" | export csv to \"out.csv\" with nope=1",
    ])
    func failing(script: String) throws {
        try bench.folder.write("out.csv", "old")
        let result = try bench.qs("-c", script)
        #expect(result.ending != .exited(0))
        #expect(result.error.hasPrefix("error["))
        #expect(bench.folder.text("out.csv") == "old")
        #expect(bench.folder.names() == ["a.csv", "home", "out.csv"])
    }

    @Test("a file larger than the limit on files leaves the old one as it was")
    func fileSizeLimit() throws {
        try bench.folder.write("out.csv", "old")
        let text = "with recursive c(n) as (select 1 union all select n + 1 from c limit 100000) select n from c"
        try bench.folder.write("big.qs", "run \"\(text)\" | export csv to \"out.csv\"")
        let result = try bench.shell("ulimit -f 32; \"$QS\" --workspace /dev/null/x big.qs")
        #expect(result.error.contains("out.csv: File too large"))
        #expect(result.ending == .exited(5))
        #expect(bench.folder.text("out.csv") == "old")
        #expect(bench.folder.names() == ["a.csv", "big.qs", "home", "out.csv"])
    }

    @Test("a folder that is not there, or is the target itself, is named", arguments: ["nowhere/out.csv", "home"])
    func badTarget(path: String) throws {
        let result = try bench.qs("-c", "open \"a.csv\" | export csv to \"\(path)\"")
        #expect(result.error.contains(path))
        #expect(result.ending == .exited(5))
        #expect(bench.folder.names() == ["a.csv", "home"])
    }

    @Test("a folder that cannot be written is named", .enabled(if: getuid() != 0, "root may write anywhere"))
    func unwritableFolder() throws {
        try bench.folder.makeFolder("locked")
        chmod(bench.folder.path("locked"), 0o500)
        let result = try bench.qs("-c", "open \"a.csv\" | export csv to \"locked/out.csv\"")
        #expect(result.error.contains("locked/out.csv: Permission denied"))
        #expect(result.ending == .exited(5))
    }
}
