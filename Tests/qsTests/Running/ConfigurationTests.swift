import TestSupport
import Testing

/// Services by configuration files, the environment, flags and `connect`.
@Suite("configured services")
struct ConfigurationTests {
    let bench: Workbench

    init() throws {
        bench = try Workbench()
        try bench.folder.makeFolder(".qs")
    }

    private static let two = """
        default = "warehouse"

        [service.warehouse]
        kind = "polytomic"
        token = { env = "WAREHOUSE_TOKEN" }
        connection = "248df4b7"
        poll = "2s"

        [service.toolkit]
        kind = "toolkit"
        url = "http://127.0.0.1:8080/api"
        token = { file = "~/toolkit.token" }
        dataset = "dset_1"
        """

    /// What `services` lists, without the header.
    private func services(_ arguments: String..., changing changes: [String: String?] = [:]) throws -> [String] {
        let result = try bench.command(arguments + ["-c", "services | drop source"], changing: changes).run()
        #expect(result.error == "")
        return result.output.split(separator: "\n").dropFirst().map(String.init)
    }

    @Test("without a configuration there is the embedded service, and it is in use")
    func none() throws {
        #expect(try services() == ["local,local,,,true"])
    }

    @Test("the configuration of the home folder names services and the one in use")
    func home() throws {
        try bench.configure(ConfigurationTests.two)
        #expect(try services() == [
            "local,local,,,false", "toolkit,toolkit,http://127.0.0.1:8080/api,dset_1,false",
            "warehouse,polytomic,https://app.polytomic.com/,248df4b7,true",
        ])
    }

    @Test("the later word counts: file, working folder, environment, flag, script")
    func precedence() throws {
        try bench.configure(ConfigurationTests.two)
        let inUse = { (lines: [String]) in lines.first { $0.hasSuffix(",true") }.map { String($0.prefix { $0 != "," }) } }
        try bench.folder.write(".qs/config.toml", "default = \"mine\"\n[service.mine]\nkind = \"polytomic\"")
        #expect(inUse(try services()) == "mine")
        #expect(inUse(try services(changing: ["QS_SERVICE": "toolkit"])) == "toolkit")
        #expect(inUse(try services("--service", "local", changing: ["QS_SERVICE": "toolkit"])) == "local")
        #expect(try bench.qs("-c", "use toolkit; services | where in_use | select name").output == "name\ntoolkit\n")
    }

    @Test("QS_CONFIG and --config stand for the home folder's file")
    func chosen() throws {
        try bench.configure("default = \"nowhere\"")
        try bench.folder.write("a.toml", "[service.a]\nkind = \"toolkit\"")
        try bench.folder.write("b.toml", "[service.b]\nkind = \"toolkit\"")
        #expect(try services(changing: ["QS_CONFIG": "a.toml"]).last == "a,toolkit,https://analytics.toolkitapi.io/,,false")
        let missing = try bench.qs("--config", "gone.toml", "-c", "print 1")
        #expect(missing.ending == .exited(5) && missing.error.hasPrefix("error[io]: ") && missing.output == "" && missing.error.contains("gone.toml: No such file or directory"))
        let nowhere = try bench.qs("-c", "print 1")
        #expect(nowhere.ending == .exited(2) && nowhere.error.hasPrefix("error[configuration]: the default service `nowhere` is not there"))
        #expect(try services("--config", "b.toml", changing: ["QS_CONFIG": "a.toml"]).last == "b,toolkit,https://analytics.toolkitapi.io/,,false")
    }

    @Test("a service of the working folder takes the place of the other one as a whole, with nothing of its token")
    func replaced() throws {
        try bench.configure(ConfigurationTests.two)
        try bench.folder.write(".qs/config.toml", "[service.warehouse]\nkind = \"polytomic\"\nurl = \"https://other.example\"")
        #expect(try services().last == "warehouse,polytomic,https://other.example/,,true")
    }

    @Test("a configuration that cannot be meant is refused before anything runs, with its place", arguments: [
        ("default = ", "config.toml:1:"), ("defualt = \"x\"", "did you mean `default`?"), ("default = \"nowhere\"", "services: local"),
        ("[service.a]\nkind = \"oracle\"", "`kind` has to be \"polytomic\" or \"toolkit\""), ("[service.a]", "the service needs a kind"),
        ("[service.a]\nkind = \"toolkit\"\nconnection = \"x\"", "no setting `connection`"),
        ("[service.a]\nkind = \"toolkit\"\ntoken = \"secret-value\"", "never the secret itself"),
        ("[service.a]\nkind = \"toolkit\"\nurl = \"http://example.com\"", "https"), ("[service.a]\nkind = \"toolkit\"\npoll = \"2\"", "`poll` has to be"),
        ("[service.local]\nkind = \"toolkit\"", "embedded service"), ("[service.a]\nkind = \"toolkit\"\nurl = \"ftp://x\"", "`url` has to be"),
        ("[service.a]\nkind = \"toolkit\"\nurl = \"https://me:pw@x.example\"", "`url` has to be"),
    ])
    func refused(text: String, message: String) throws {
        try bench.configure(text)
        let result = try bench.qs("-c", "print 1")
        #expect(result.ending == .exited(2))
        #expect(result.output == "")
        #expect(result.error.contains(message), "\(result.error)")
        #expect(!result.error.contains("secret-value"))
    }

    @Test("a file of the working folder names no command to run and no file to read a key from", arguments: ["command = \"touch ran\"", "file = \"/etc/passwd\""])
    func foreign(token: String) throws {
        try bench.folder.write(".qs/config.toml", "[service.a]\nkind = \"toolkit\"\ntoken = { \(token) }")
        let result = try bench.qs("-c", "print 1")
        #expect(result.ending == .exited(2))
        #expect(result.error.contains("may only be { env"))
    }

    // MARK: connect

    @Test("connect takes up a service for the session, and use makes it the one in use")
    func connect() throws {
        let script = "connect w to \"http://localhost:9/x\" with kind=\"polytomic\", token=env(\"T\"), connection=\"c\"; use w; services | drop source"
        #expect(try bench.qs("-c", script).output == "name,kind,url,target,in_use\nlocal,local,,,false\nw,polytomic,http://localhost:9/x,c,true\n")
    }

    @Test("connect refuses what no service could be, and a secret by value before anything runs", arguments: [
        ("connect w to \"https://x.example\"", "needs a kind"), ("connect w to \"x.example\" with kind=\"toolkit\"", "`url` has to be"),
        ("connect w to \"https://x.example\" with kind=\"toolkit\", tokn=env(\"A\")", "did you mean `token`?"),
        ("print 1; connect w to \"https://x.example\" with kind=\"toolkit\", token=\"secret-value\"", "where the secret is found"),
        ("connect local to \"https://x.example\" with kind=\"toolkit\"", "cannot be a name"),
    ])
    func badConnections(script: String, message: String) throws {
        let result = try bench.qs("-c", script)
        #expect(result.output == "")
        #expect(result.ending != .exited(0))
        #expect(result.error.contains(message), "\(result.error)")
    }

    // MARK: login

    @Test("login keeps a key in a file of the mode 0600, beside those that are there")
    func login() throws {
        try bench.configure(ConfigurationTests.two)
        let first = try bench.qs("login", "warehouse", input: "canary-key\n")
        #expect(first.ending == .exited(0))
        #expect(!(first.output + first.error).contains("canary-key"))
        #expect(try bench.qs("login", "toolkit", "--command", "pass show toolkit").ending == .exited(0))
        let kept = try bench.shell("stat -c %a home/.config/qs/credentials.toml; cat home/.config/qs/credentials.toml").output
        #expect(kept == "600\n[toolkit]\ncommand = \"pass show toolkit\"\n\n[warehouse]\ntoken = \"canary-key\"\n")
        // Whatever the command is, it is read again as it was.
        let command = "printf 'a\\b\"%s\t' \"é\" # \u{1} \u{7f}"
        #expect(try bench.qs("login", "toolkit", "--command", command).ending == .exited(0))
        #expect(try bench.qs("login", "warehouse", input: "other-key\n").ending == .exited(0))
        let again = try bench.shell("cat home/.config/qs/credentials.toml").output
        #expect(
            again == "[toolkit]\ncommand = \"printf 'a\\\\b\\\"%s\\u0009' \\\"é\\\" # \\u0001 \\u007f\"\n\n[warehouse]\ntoken = \"other-key\"\n", "\(again)")
    }

    @Test("login refuses a service that is not configured, no key, and a file that others can read")
    func badLogins() throws {
        try bench.configure(ConfigurationTests.two)
        #expect(try bench.qs("login", "warehose", input: "k\n").error.contains("did you mean warehouse?"))
        #expect(try bench.qs("login", "warehouse", input: "").ending == .exited(2))
        #expect(try bench.qs("login", "warehouse", input: "two words\n").ending == .exited(5))
        try bench.folder.write("home/.config/qs/credentials.toml", "")
        let exposed = try bench.shell("chmod 644 home/.config/qs/credentials.toml; echo k | $QS login warehouse")
        #expect(exposed.ending == .exited(5))
        #expect(exposed.error.contains("chmod 600"))
    }

    @Test("on a terminal the key is asked for and not shown")
    func silentLogin() throws {
        try bench.configure(ConfigurationTests.two)
        let terminal = try bench.prompt("login", "warehouse")
        #expect(terminal.wait(until: "key of warehouse:"))
        terminal.send("canary-key\r")
        #expect(terminal.wait(until: "is kept in"))
        #expect(!terminal.output.contains("canary-key"))
    }
}
