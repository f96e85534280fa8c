// The runner that the other tests stand on: streams, endings, time limits.
import Testing
import TestSupport

@Suite struct CommandTests {
    @Test("a program's two streams and its status are told apart")
    func streams() throws {
        let run = try Command("/bin/sh", ["-c", "echo out; echo err >&2; exit 3"]).run()
        #expect(run.output == "out\n")
        #expect(run.error == "err\n")
        #expect(run.ending == .exited(3))
    }

    @Test("more input than a pipe holds goes in while output comes out")
    func largeInput() throws {
        let bytes = (0..<1_000_000).map { UInt8($0 % 251) }
        let run = try Command("/bin/cat").run(input: bytes)
        #expect(run.outputBytes == bytes)
        #expect(run.ending == .exited(0))
    }

    @Test("a reader that leaves early ends the writing, not the test")
    func earlyReader() throws {
        let run = try Command("/usr/bin/head", ["-c", "1"]).run(input: [UInt8](repeating: 65, count: 1_000_000))
        #expect(run.output == "A")
        #expect(run.ending == .exited(0))
    }

    @Test("a program that takes too long is killed and said to be")
    func timeLimit() throws {
        let run = try Command("/bin/sleep", ["100"], timeout: 0.2).run()
        #expect(run.timedOut)
        #expect(run.ending == .signalled(9))
    }

    @Test("folder and environment are the ones given, and nothing of the tester's own")
    func surroundings() throws {
        let folder = try ScratchFolder()
        let run = try Command("/bin/sh", ["-c", "pwd; env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= -e ^OLDPWD="], environment: ["A": "b"],
            folder: folder.path).run()
        #expect(run.output == folder.path + "\nA=b\n")
    }

    @Test("a program that is not there is an error with its path")
    func missing() {
        #expect(throws: TestSupportError.cannotStart(path: "/nonexistent/x", errno: 2)) { try Command("/nonexistent/x").run() }
    }

    @Test("a scratch folder goes with all it holds")
    func scratch() throws {
        var folder: ScratchFolder? = try ScratchFolder()
        let path = try #require(folder?.path)
        try folder?.makeFolder("a")
        try folder?.write("a/b", "text")
        #expect(folder?.text("a/b") == "text")
        #expect(folder?.names() == ["a"])
        folder = nil
        #expect(try Command("/bin/ls", [path]).run().ending == .exited(2))
    }
}
