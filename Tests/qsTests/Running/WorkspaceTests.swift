import TestSupport
import Testing

/// The workspace: nothing is touched before it is needed, and what cannot be used is refused and left as it is.
@Suite("workspace")
struct WorkspaceTests {
    let bench: Workbench

    init() throws {
        bench = try Workbench()
        try bench.folder.write("a.csv", "a,b\n1,x\n2,y\n")
    }

    @Test("what needs no workspace makes none", arguments: [
        "print 1", "help", "open \"a.csv\" | where a == 1 | export csv", "queries", "datasets", "jobs",
    ])
    func untouched(script: String) throws {
        let result = try bench.qs("--workspace", "new", "-c", script)
        #expect(result.error == "")
        #expect(result.ending == .exited(0))
        #expect(bench.folder.names() == ["a.csv", "home"])
        #expect(Files.names(in: bench.folder.path("home")) == [])
    }

    @Test("what is saved in one run is there in the next, with the values of each run")
    func kept() throws {
        let first = try bench.qs("-c", "dataset d = \"a.csv\"; save q as \"select b from dataset where a = {{a}}\" on d")
        #expect(first.output == "" && first.error == "")
        #expect(Files.names(in: bench.workspace).contains("catalog.db"))
        #expect(try bench.qs("-c", "let j = run q with a=2; wait j; export j csv").output == "b\ny\n")
        #expect(try bench.qs("-c", "queries | select name, parameters, dataset").output == "name,parameters,dataset\nq,a,d\n")
    }

    @Test("--workspace comes before QS_WORKSPACE, and that before XDG_DATA_HOME")
    func choice() throws {
        let save = "save q as \"select 1\""
        var changes: [String: String?] = ["XDG_DATA_HOME": bench.folder.path("data")]
        _ = try bench.command(["-c", save], changing: changes).run()
        #expect(Files.names(in: bench.folder.path("data/qs")).contains("catalog.db"))
        changes["QS_WORKSPACE"] = "variable"
        _ = try bench.command(["-c", save], changing: changes).run()
        #expect(Files.names(in: bench.folder.path("variable")).contains("catalog.db"))
        _ = try bench.command(["--workspace", "option", "-c", save], changing: changes).run()
        #expect(Files.names(in: bench.folder.path("option")).contains("catalog.db"))
        #expect(Files.names(in: bench.folder.path("home")) == [])
    }

    @Test("an XDG_DATA_HOME that is no absolute path counts as none")
    func relativeDataHome() throws {
        let result = try bench.command(["-c", "save q as \"select 1\""], changing: ["XDG_DATA_HOME": "data"]).run()
        #expect(result.ending == .exited(0))
        #expect(bench.folder.names() == ["a.csv", "home"])
        #expect(Files.names(in: bench.workspace).contains("catalog.db"))
    }

    @Test("without a home and any other variable it works, and keeps nothing")
    func bareEnvironment() throws {
        var command = bench.command(["-c", "print 1; open \"a.csv\" | count; run \"select 2 as n\" | export csv"])
        command.environment = [:]
        let result = try command.run()
        #expect(result.output == "1\n2\nn\n2\n")
        #expect(result.error == "")
        command.arguments = ["-c", "print 1; save q as \"select 1\""]
        let failed = try command.run()
        #expect(failed.output == "1\n")
        #expect(failed.error.hasPrefix("error[read-only]: the workspace "))
        #expect(failed.error.contains("choose another one with --workspace DIR or QS_WORKSPACE"))
        #expect(failed.ending == .exited(5))
        #expect(bench.folder.names() == ["a.csv", "home"])
    }

    @Test("text is UTF-8 in any locale")
    func locale() throws {
        let result = try bench.command(["-c", "print \"Łódź さくら\""], changing: ["LC_ALL": "C"]).run()
        #expect(result.output == "Łódź さくら\n")
    }

    @Test("in a workspace that cannot be written everything but keeping works")
    func unwritable() throws {
        let script = "print 1; open \"a.csv\" | count; run \"select 2 as n\" | export csv; queries | count"
        let result = try bench.qs("--workspace", "/dev/null/x", "-c", script)
        #expect(result.output == "1\n2\nn\n2\n0\n")
        #expect(result.error == "")
        #expect(result.ending == .exited(0))
        let failed = try bench.qs("--workspace", "/dev/null/x", "-c", "save q as \"select 1\"; print 1")
        #expect(failed.output == "")
        #expect(failed.error.hasPrefix("error[read-only]: the workspace /dev/null/x cannot be written: Not a directory\n  at -c:1:1\n"))
        #expect(failed.ending == .exited(5))
    }

    @Test("a catalog that is no database is refused and left as it is", arguments: [
        "not a database", "", "SQLite format 3\0 and then something else",
    ])
    func noDatabase(content: String) throws {
        try bench.folder.makeFolder("w")
        try bench.folder.write("w/catalog.db", content)
        for script in ["queries", "save q as \"select 1\"", "run q"] {
            let result = try bench.qs("--workspace", "w", "-c", script)
            #expect(result.output == "")
            #expect(result.error.hasPrefix("error[catalog]: "))
            #expect(result.error.contains("w/catalog.db cannot serve as the catalog"))
            #expect(result.ending == .exited(5))
            #expect(bench.folder.text("w/catalog.db") == content)
            #expect(Files.names(in: bench.folder.path("w")) == ["catalog.db"])
        }
        #expect(try bench.qs("--workspace", "w", "-c", "print 1; open \"a.csv\" | count").output == "1\n2\n")
    }

    @Test("a database of some other program is refused and left as it is")
    func foreignDatabase() throws {
        try bench.folder.makeFolder("w")
        try #require(try bench.shell("sqlite3 w/catalog.db 'create table t(x); insert into t values (1)'").ending == .exited(0))
        let before = bench.folder.bytes("w/catalog.db")
        let result = try bench.qs("--workspace", "w", "-c", "save q as \"select 1\"")
        #expect(result.error.hasPrefix("error[catalog]: "))
        #expect(result.ending == .exited(5))
        #expect(bench.folder.bytes("w/catalog.db") == before)
    }

    @Test("a catalog of a later version is refused and left as it is")
    func laterVersion() throws {
        _ = try bench.qs("--workspace", "w", "-c", "save q as \"select 1\"")
        try #require(try bench.shell("sqlite3 w/catalog.db 'pragma user_version = 999'").ending == .exited(0))
        _ = try bench.shell("sqlite3 w/catalog.db 'pragma wal_checkpoint(truncate)'")
        let before = bench.folder.bytes("w/catalog.db")
        let result = try bench.qs("--workspace", "w", "-c", "queries")
        #expect(result.output == "")
        #expect(result.error.hasPrefix("error[catalog]: "))
        #expect(result.error.contains("a later qs has made it"))
        #expect(result.ending == .exited(5))
        #expect(bench.folder.bytes("w/catalog.db") == before)
    }

    @Test("several programs may save at once, and nothing is lost")
    func together() throws {
        let line = """
            for n in 1 2 3 4; do
                ( for m in 1 2 3 4 5; do "$QS" -c "save q_${n}_$m as \\"select 1\\"" || echo "failed $?"; done ) &
            done
            wait
            """
        let result = try bench.shell(line)
        #expect(result.output == "" && result.error == "")
        #expect(try bench.qs("-c", "queries | count").output == "20\n")
    }

    @Test("what is kept is for its owner alone, whatever the mask says")
    func modes() throws {
        let result = try bench.shell("umask 000; \"$QS\" -c 'save q as \"select 1\"'; stat -c %a home/.local/share/qs home/.local/share/qs/catalog.db")
        #expect(result.output == "700\n600\n")
    }

    @Test("NO_COLOR and --no-color leave messages without colour on a terminal", arguments: [["NO_COLOR": "1"], ["TERM": "dumb"], [:]])
    func colour(changes: [String: String]) throws {
        let terminal = try bench.prompt("-c", "fail \"no\"", changing: changes)
        #expect(terminal.waitForEnd() == .exited(1))
        #expect(terminal.output.contains("\u{1b}[") == changes.isEmpty)
        #expect(try bench.prompt("--no-color", "-c", "fail \"no\"").withEnd { !$0.contains("\u{1b}[") })
    }
}

extension PseudoTerminal {
    /// Whether what the program wrote until its end is as wanted.
    fileprivate func withEnd(_ holds: (String) -> Bool) -> Bool { waitForEnd() != nil && holds(output) }
}
