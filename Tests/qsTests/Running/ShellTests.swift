import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Commands of the shell, and files that are compressed.
@Suite("the shell and compressed files")
struct ShellTests {
    let bench: Workbench

    init() throws { bench = try Workbench() }

    private static let rows = "[{n: 1, s: \"a\"}, {n: 2, s: null}]"

    @Test("what a command writes goes into a file that appears only where the command succeeds")
    func throughIntoFile() throws {
        let script = "\(ShellTests.rows) | export csv to \"up.txt\" through \"tr a-z A-Z\"; \(ShellTests.rows) | export csv to \"no.txt\" through \"cat; exit 4\""
        let result = try bench.qs("-c", script)
        #expect(bench.folder.text("up.txt") == "N,S\n1,A\n2,\n")
        #expect(bench.folder.names() == ["home", "up.txt"])
        #expect(result.error.hasPrefix("error[command-failed]: the command failed with the status 4\n"))
        #expect(result.ending == .exited(1))
    }

    @Test("what was printed before a command writes stands before it")
    func order() throws {
        let result = try bench.qs("-c", "print \"before\"; \(ShellTests.rows) | export csv through \"cat\"; print \"after\"")
        #expect(result.output == "before\nn,s\n1,a\n2,\nafter\n")
    }

    @Test("a command that reads no further is no error")
    func head() throws {
        let rows = (1...20_000).map { "{n: \($0)}" }.joined(separator: ",")
        try bench.folder.write("a.qs", "export [\(rows)] csv through \"head -n 2\"")
        let result = try bench.qs("a.qs")
        #expect(result.output == "n\n1\n")
        #expect(result.error == "")
        #expect(result.ending == .exited(0))
    }

    @Test("sh reads nothing, and its messages go to standard error")
    func standardStreams() throws {
        let result = try bench.qs("-f", "-", "-c", "print 2", input: "print (sh \"cat; echo told >&2; echo out\")")
        #expect(result.output == "out\n2\n")
        #expect(result.error == "told\n")
    }

    @Test("Ctrl-C ends a command, however deep its processes are", arguments: [
        "warn \"up\"; sh \"sleep 100\"", "warn \"up\"; sh \"sleep 100 | cat; true\"", "warn \"up\"; export [{n: 1}] csv through \"sleep 100\"",
    ])
    func interrupted(script: String) throws {
        var command = bench.command(["-c", script])
        command.signal = (SIGTERM, after: "up")
        let result = try command.run()
        #expect(result.ending == .signalled(SIGTERM))
        #expect(try #require(result.signalled) < 20)
    }

    @Test("output that is not UTF-8 is an error")
    func notText() throws {
        let result = try bench.qs("-c", "print (sh \"printf '\\\\377'\")")
        #expect(result.error.hasPrefix("error[format]: "))
        #expect(result.ending == .exited(5))
    }

    @Test("a value with a NUL byte cannot reach the shell")
    func nul() throws {
        let result = try bench.qs("-c", "let x = \"a\\0b\"; sh \"echo ${x}\"")
        #expect(result.error.hasPrefix("error[io]: sh: "))
    }

    @Test("a compressed export is what the tools of the system read", arguments: [("gz", "gzip -dc"), ("zst", "zstd -dcq")])
    func compressed(ending: String, tool: String) throws {
        let result = try bench.qs("-c", "\(ShellTests.rows) | export to \"out.csv.\(ending)\"; open \"out.csv.\(ending)\"")
        #expect(result.output == "n,s\n1,a\n2,\n")
        guard try bench.shell("command -v \(tool.split(separator: " ")[0])").ending == .exited(0) else { return }
        #expect(try bench.shell("\(tool) out.csv.\(ending)").output == "n,s\n1,a\n2,\n")
    }

    @Test("a compressed file that is cut leaves the old export in its place")
    func cut() throws {
        try bench.folder.write("bad.csv.gz", bytes: [0x1f, 0x8b, 8, 0, 0])
        try bench.folder.write("out.csv", "old")
        let result = try bench.qs("-c", "open \"bad.csv.gz\" | export to \"out.csv\"")
        #expect(result.error.hasPrefix("error[format]: bad.csv.gz is not gzip, or is damaged\n"))
        #expect(result.ending == .exited(5))
        #expect(bench.folder.text("out.csv") == "old")
    }
}
