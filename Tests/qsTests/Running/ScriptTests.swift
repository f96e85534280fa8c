import TestSupport
import Testing

/// How scripts are given on the command line.
@Suite("scripts on the command line")
struct ScriptTests {
    let bench: Workbench

    init() throws { bench = try Workbench() }

    @Test("a file is run with the arguments behind it")
    func file() throws {
        try bench.folder.write("a.qs", "print args\nprint script_dir\n")
        let result = try bench.qs("a.qs", "x", "y z")
        #expect(result.output == "[\"x\", \"y z\"]\n.\n")
        #expect(result.error == "")
        #expect(result.ending == .exited(0))
    }

    @Test("options behind the file belong to the script")
    func optionsBehindFile() throws {
        try bench.folder.write("a.qs", "print args")
        #expect(try bench.qs("a.qs", "--version", "-c", "print 1").output == "[\"--version\", \"-c\", \"print 1\"]\n")
    }

    @Test("-- ends the options")
    func endOfOptions() throws {
        try bench.folder.write("-a.qs", "print args")
        let result = try bench.qs("--", "-a.qs", "-x")
        #expect(result.output == "[\"-x\"]\n")
        #expect(result.ending == .exited(0))
        #expect(try bench.qs("-c", "print args", "--", "-x").output == "[\"-x\"]\n")
    }

    @Test("a file may begin with the line that names its program")
    func interpreterLine() throws {
        try bench.folder.write("a.qs", "#!/usr/bin/env qs\nprint 1\n")
        #expect(try bench.qs("a.qs").output == "1\n")
    }

    @Test("-c and -f run in the order given and share one session")
    func order() throws {
        try bench.folder.write("a.qs", "let y = x + 1\nprint \"file\"")
        let result = try bench.qs("-c", "let x = 1", "-f", "a.qs", "-c", "print y")
        #expect(result.output == "file\n2\n")
        #expect(result.ending == .exited(0))
    }

    @Test("-f - is the script on standard input")
    func dash() throws {
        let result = try bench.qs("-c", "let x = 1", "-f", "-", "-c", "print x", input: "x = 2")
        #expect(result.output == "2\n")
        #expect(result.ending == .exited(0))
    }

    @Test("without a script, standard input is one")
    func standardInput() throws {
        let result = try bench.qs(input: "print 1\nprint nope")
        #expect(result.output == "")
        #expect(result.error.hasPrefix("error[unknown-name]: there is no variable `nope`\n  at standard input:2:7\n"))
        #expect(result.ending == .exited(2))
        #expect(try bench.qs(input: "print args").output == "[]\n")
    }

    @Test("with a script from elsewhere, standard input is free for data")
    func data() throws {
        let result = try bench.qs("-c", "open \"-\" as csv | where a > 1", input: "a,b\n1,x\n2,y\n")
        #expect(result.output == "a,b\n2,y\n")
        #expect(result.ending == .exited(0))
    }

    @Test("standard input that is no terminal gives no prompt")
    func noPrompt() throws {
        let result = try bench.qs()
        #expect(result.output == "" && result.error == "")
        #expect(result.ending == .exited(0))
    }

    @Test("an unknown option ends with 2 and names the nearest one")
    func unknownOption() throws {
        let result = try bench.qs("--verison")
        #expect(result.error.hasPrefix("error[usage]: there is no option --verison\n"))
        #expect(result.error.contains("did you mean --version?"))
        #expect(result.output == "")
        #expect(result.ending == .exited(2))
        #expect(try bench.qs("-c", "print 1", "--workspce", "x").ending == .exited(2))
    }

    @Test("an option without its value ends with 2")
    func missingValue() throws {
        let result = try bench.qs("-c")
        #expect(result.error == "error[usage]: Missing value for '-c <text>'\n  qs --help lists the options\n")
        #expect(result.ending == .exited(2))
    }

    @Test("a tool asked for help gives that of the program", arguments: ["check", "fmt", "login"])
    func helpOfTool(tool: String) throws {
        let result = try Command(builtProgram("qs"), [tool, "--help"]).run()
        #expect(result.output.hasPrefix("USAGE: qs ") && result.output.contains("\n  \(tool) "))
        #expect(result.error == "" && result.ending == .exited(0))
    }

    @Test("--version and --help answer on standard output", arguments: [("--version", "qs 0."), ("--help", "USAGE: qs "), ("-h", "USAGE: qs ")])
    func answers(option: String, begin: String) throws {
        let result = try bench.qs(option)
        #expect(result.output.hasPrefix(begin))
        #expect(result.error == "")
        #expect(result.ending == .exited(0))
    }

    @Test("a script that is not there ends with 5")
    func missingFile() throws {
        let result = try bench.qs("-c", "print 1", "-f", "nowhere.qs", "-c", "print 2")
        #expect(result.output == "1\n")
        #expect(result.error == "error[io]: nowhere.qs: No such file or directory\n")
        #expect(result.ending == .exited(5))
    }

    @Test("a command given as a file is told how to be run")
    func commandAsFile() throws {
        let result = try bench.qs("jobs")
        #expect(result.error.contains("qs -c 'jobs'"))
        #expect(result.ending == .exited(5))
    }

    @Test("an error in one script keeps the next from running")
    func stops() throws {
        let result = try bench.qs("-c", "print 1", "-c", "fail \"no\"", "-c", "print 3")
        #expect(result.output == "1\n")
        #expect(result.error.hasPrefix("error[failed]: no\n  at -c:1:1\n"))
        #expect(result.ending == .exited(1))
    }

    @Test("an error in the last line keeps the first from running")
    func parsedWhole() throws {
        let result = try bench.qs("-c", "print 1\nprint (")
        #expect(result.output == "")
        #expect(result.error.hasPrefix("error[syntax]: "))
        #expect(result.ending == .exited(2))
    }

    @Test("exit gives its status, and nothing after it runs")
    func exit() throws {
        let result = try bench.qs("-c", "print 1; exit 7; print 2", "-c", "print 3")
        #expect(result.output == "1\n")
        #expect(result.error == "")
        #expect(result.ending == .exited(7))
    }

    @Test("lines may end in CR LF, and a byte-order mark may stand first")
    func foreignText() throws {
        try bench.folder.write("a.qs", "\u{feff}let x = 1\r\nprint x # one\r\n")
        let result = try bench.qs("a.qs")
        #expect(result.output == "1\n")
        #expect(result.error == "")
    }

    @Test("a script larger than a pipe's buffer is run whole")
    func longInput() throws {
        let script = String(repeating: "n = n + 1 # one more\n", count: 6_500)
        let result = try bench.qs(input: "let n = 0\n\(script)print n\n")
        #expect(result.output == "6500\n")
        #expect(result.error == "")
    }

    @Test("a script that is no text ends with 2, at its place")
    func notText() throws {
        try bench.folder.write("a.qs", bytes: Array("print 1\nprint \"".utf8) + [0xff, 0xfe] + Array("\"\n".utf8))
        let result = try bench.qs("a.qs")
        #expect(result.error.contains("at a.qs:2:"))
        #expect(result.ending == .exited(2))
    }

    @Test("a job that nothing waited for is told of where it ends with the program, or has failed, and how to wait for it")
    func unminded() throws {
        let fix = "; `wait` at the end of the script waits for every job\n"
        let endless = try bench.qs("-c", "let j = run \"\(Workbench.endless)\"; print j.id, j.status")
        let id = try #require(endless.output.split(separator: " ").first)
        #expect(endless.error == "warning: the job \(id) was not waited for, and ends with the program" + fix)
        #expect(endless.ending == .exited(0))
        #expect(try bench.qs("-c", "jobs | select status").output == "status\ncancelled\n")
        // How soon a query fails is not known: it may have been stopped first.
        let wrong = try bench.qs("-c", "run \"select x\"; sleep 200ms")
        #expect(wrong.error.hasPrefix("warning: the job job_") && wrong.error.hasSuffix(fix), "\(wrong.error)")
    }

    @Test("a job that was waited for, cancelled, or looked at when it had ended is not told of", arguments: [
        "let j = run \"select 1\"; wait", "let j = run \"select x\"; try { wait j } catch e { print 1 }", "run \"select 1\" | count",
        "let j = run \"select x\"; while j.status != \"failed\" { sleep 1ms }", "let j = run \"\(Workbench.endless)\"; cancel j",
        "let j = run \"select x\"; wait any j",
    ])
    func minded(script: String) throws {
        let result = try bench.qs("-c", script)
        #expect(result.error == "")
        #expect(result.ending == .exited(0))
    }

    @Test("a timeout ends with 124, and the job is not left running")
    func timeout() throws {
        let result = try bench.qs("-c", "let j = run \"\(Workbench.endless)\"; wait j timeout 100ms; print 1")
        #expect(result.output == "")
        #expect(result.error.hasPrefix("error[timeout]: the job job_"))
        #expect(result.ending == .exited(124))
        #expect(try bench.qs("-c", "jobs | select status").output == "status\ncancelled\n")
    }
}
