import FaultServer
import QueryHTTP
import Synchronization
import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What happens to the program itself while it speaks to a service (N26 to N28, N37, N39).
@Suite("The catalogue: the program", .serialized)
struct ProcessTests {
    private let bench: CatalogueBench
    private var server: FaultServer { bench.server }
    private var folder: ScratchFolder { bench.folder }

    init() throws { bench = try CatalogueBench() }

    // MARK: Signals

    @Test(
        "N37: Ctrl-C and a request to end are obeyed while a service is silent, and the job is told",
        arguments: [Step.submit, .poll, .page, .run, .look, .whole], [SIGINT, SIGTERM])
    func stopped(step: Step, signal: Int32) throws {
        try bench.configure(step.flow)
        let script = folder.text(Seen.scriptName) ?? ""
        try folder.write(Seen.scriptName, "sh \"echo $PPID > pid\"\n" + script)
        let folder = folder
        server.on(step.pattern) { _ in
            if let process = folder.text("pid").flatMap({ Int32($0.dropLast()) }) { kill(process, signal) }
            return .silence
        }
        let result = try bench.shell("exec $QS script.qs")
        #expect(result.ending == .signalled(signal), "\(result.error)")
        #expect(result.output == "" && folder.text("out.csv") == "old\n")
        // Neither service can be asked to stop a job.
        #expect(server.requests.count == step.requestsBefore + 1)
        let id = step == .poll || step == .page ? "q-1" : step == .look ? "j-1" : "job_"
        let words = switch step {
        case .whole: "cancelled the job \(id)"
        case .page: "this finds them again: attach \"\(id)"
        default: "this finds it again: attach \"\(id)"
        }
        #expect(result.error.contains(words), "\(result.error)")
    }

    @Test("N37: a job that is stopped while it is submitted is found again by what it is kept under, and runs once")
    func stoppedSubmit() throws {
        try bench.configure(.polytomic)
        try folder.write(Seen.scriptName, "sh \"echo $PPID > pid\"\n" + (folder.text(Seen.scriptName) ?? ""))
        let folder = folder
        server.on(Step.submit.pattern) { _ in
            if let process = folder.text("pid").flatMap({ Int32($0.dropLast()) }) { kill(process, SIGINT) }
            return .silence
        }
        let first = try bench.shell("exec $QS script.qs")
        let key = try #require(first.error.split(separator: "\"").first { $0.hasPrefix("job_") })
        server.on(Step.submit.pattern, Step.submit.answer)
        try Seen.prepare(folder, "attach \"\(key)\"")
        let second = try bench.shell("exec $QS script.qs")
        #expect(second.output == "succeeded 3\n" && second.ending == .exited(0), "\(second.error)")
        #expect(folder.text("out.csv") == Step.rows)
        let keys = server.requests(Step.submit.pattern).map { $0["Idempotency-Key"] }
        #expect(keys == [String(key), String(key)])
    }

    @Test("N39: a program that was stopped and goes on has its rows", arguments: [Step.poll, .page])
    func suspended(step: Step) throws {
        try bench.configure(.polytomic)
        try folder.write(Seen.scriptName, "sh \"echo $PPID > pid\"\n" + (folder.text(Seen.scriptName) ?? ""))
        let folder = folder
        server.on(step.pattern) { _ in
            if let process = folder.text("pid").flatMap({ Int32($0.dropLast()) }) {
                kill(process, SIGSTOP)
                usleep(300_000)
                kill(process, SIGCONT)
            }
            return step.answer
        }
        let result = try bench.shell("exec $QS script.qs")
        #expect(result.ending == .exited(0), "\(result.error)")
        #expect(folder.text("out.csv") == Step.rows && server.requests.count == 3)
    }

    // MARK: What the system has no more of

    @Test("N27: whatever number of descriptors is left, the program has its rows or says what it lacks")
    func descriptors() throws {
        try bench.configure(.polytomic)
        var succeeded = 0, failed = 0
        for limit in ProcessTests.limits {
            try folder.write("out.csv", "old\n")
            let status = try run(limit: limit).status
            if status == 0 { succeeded += 1 } else { failed += 1 }
            #expect(folder.text("out.csv") == (status == 0 ? Step.rows : "old\n"))
        }
        #expect(succeeded > 0 && failed > 0)
    }

    @Test("N27: a script that asks no service needs few descriptors, and goes on where a service was out of reach for want of them")
    func descriptorsOfScripts() throws {
        try bench.configure(.polytomic)
        try folder.write("in.csv", "n\n1\n2\n")
        var alone = 0
        for limit in ProcessTests.limits {
            try folder.write("out.csv", "old\n")
            try folder.write(Seen.scriptName, """
                open "in.csv" | where n > 1 | export csv to "out.csv"
                sleep 2ms
                """)
            let status = try run(limit: limit).status
            #expect(folder.text("out.csv") == (status == 0 ? "n\n2\n" : "old\n"))
            #expect(status == 0 || limit < 40)
            // The same once more, after a service that cannot be asked.
            if status != 0 { continue }
            try folder.write(Seen.scriptName, """
                let count = 0
                try { count = run "select 1" | count } catch e { assert e.code == "io" }
                open "in.csv" | where n > 1 | export csv to "out.csv"
                sleep 2ms
                print count
                """)
            let again = try run(limit: limit)
            // What is written down of jobs stays open, and may be what a file needs.
            #expect(again.output == (again.status == 0 ? again.output == "0\n" ? "0\n" : "3\n" : ""), "\(limit)")
            if again.output == "0\n" { alone += 1 }
        }
        #expect(alone > 0)
    }

    @Test("N27: many jobs share the few connections that there are descriptors for, and each has its rows")
    func descriptorsOfMany() throws {
        server.on("POST /api/connections/c1/query") { request in .json(#"{"data":{"id":"\#(request["Idempotency-Key"] ?? "")","status":"created"}}"#) }
        server.on("GET /api/queries/*") { request in
            let id = request.path.split(separator: "/").last ?? ""
            // Long enough for many of them to be under way at once, unless the machine is busy.
            usleep(100_000)
            return .json(#"{"data":{"id":"\#(id)","status":"done","count":1,"fields":["n"],"results":[{"n":1}]}}"#)
        }
        try bench.choose(.polytomic)
        try folder.write(Seen.scriptName, """
            let all = []
            for n in 1..30 { all = all + [(run "select ${n}")] }
            try { wait } catch e { assert e.code == "io" }
            let rows = 0
            for j in all { rows = rows + (j | count) }
            print rows
            """)
        for limit in [12, 20, 24, 28, 32, 36, 64] {
            let (status, output) = try run(limit: limit)
            #expect(output == (status == 0 ? "30\n" : ""))
            #expect(status == (limit > 20 ? 0 : 5) || limit == 20)
        }
    }

    /// How many descriptors the program is given. Below them there are too few for the system to load it.
    private static let limits = Array(5...32) + [40, 64]

    /// Runs the script with so many descriptors: it ends, and where it is not well, says why.
    private func run(limit: Int) throws -> (status: Int32, output: String) {
        let result = try bench.shell("ulimit -n \(limit); exec $QS script.qs")
        guard case .exited(let status) = result.ending else {
            Issue.record("with \(limit) descriptors: \(result.ending): \(result.error)")
            return (-1, result.output)
        }
        let words = ["too few files may be open", "Too many open files"]
        #expect(status == 0 || status == 5 && words.contains { result.error.contains($0) }, "\(limit): \(status) \(result.error)")
        return (status, result.output)
    }

    @Test("N27: a port where nobody listens is refused in the system's words, and nothing was run")
    func refused() async throws {
        let closed = try ClosedPort()
        let seen = try await ClockedSession(folder: folder, url: "http://127.0.0.1:\(closed.port)").run(server, .toolkit)
        seen.check(("unavailable", ["does not answer: Connection refused", "try 5 follows"], 0...0), in: folder, requests: [])
    }

    @Test("N27: a server whose queue of connections is full is given up in time")
    func fullQueue() async throws {
        let full = try FullPort()
        let seen = try await ClockedSession(folder: folder, url: "http://127.0.0.1:\(full.port)", isInVain: { _ in true }).run(server, .polytomic)
        seen.check(("unavailable", ["no connection in time", "try 5 follows"], 0...0), in: folder, requests: [])
    }

    // MARK: Children and proxies

    @Test("C6: no child of the program gets the variables that hold credentials: not sh, nor what rows go through, nor a command that gives another key")
    func children() throws {
        try bench.configure(.polytomic)
        let path = "home/.config/qs/config.toml"
        try folder.write(path, (folder.text(path) ?? "") + """

            [service.other]
            kind = "toolkit"
            url = "\(server.url)"
            token = { command = "echo key-of-other-$(printenv FAR_TOKEN || echo none)" }
            [service.third]
            kind = "toolkit"
            url = "\(server.url)"
            token = { env = "THIRD_TOKEN" }
            """)
        server.on("POST /v1/query/qry_9", Step.whole.answer)
        server.on("GET /v1/jobs/*", .status(501))
        try folder.write(Seen.scriptName, """
            connect fourth to "\(server.url)" with kind="toolkit", token=env("FOURTH_TOKEN")
            print (sh "printenv FAR_TOKEN THIRD_TOKEN FOURTH_TOKEN || echo none; printenv OTHER")
            {n: [1]} | export csv through "printenv FAR_TOKEN THIRD_TOKEN FOURTH_TOKEN || echo none; cat"
            print (run qry_9 on other | count)
            """)
        let result = try bench.shell("THIRD_TOKEN=$FAR_TOKEN FOURTH_TOKEN=$FAR_TOKEN OTHER=kept exec $QS script.qs")
        #expect(result.output == "none\nkept\nnone\nn\n[1]\n3\n", "\(result.output) \(result.error)")
        #expect(server.requests("POST /v1/query/qry_9").first?["X-API-Key"] == "key-of-other-none")
    }

    @Test("C2: a service that says what it was sent is not repeated, be the key sent as it is or as Base64", arguments: ["bearer", "basic"])
    func echo(auth: String) async throws {
        server.play(.polytomic)
        server.on(Step.submit.pattern) { request in
            let sent = request["Authorization"] ?? ""
            return .json(#"{"message":"no such key: \#(sent) (\#(Canary.token)), \#(String(repeating: "x", count: 1_980))\#(Canary.token)"}"#, status: 403)
        }
        let seen = try await ClockedSession(folder: folder).run(server, .polytomic, more: "auth = \"\(auth)\"")
        let scheme = auth == "basic" ? "Basic" : "Bearer"
        seen.check(("unauthorized", ["it says: no such key: \(scheme) … (…), x"], 1...1), in: folder, requests: server.asked)
        // The last of them is cut, and not even its beginning is told.
        #expect(!seen.error.contains("canary"))
    }

    @Test("N38: a proxy that refuses is told from the service, and hears no key", arguments: [407, 403])
    func proxy(status: Int) async throws {
        server.on("CONNECT *", Answer.status(status).then(.close))
        let wire = AsyncHTTPTransport(TransportOptions(userAgent: "qs/test", proxies: Proxies(https: server.url, http: nil, except: nil)))
        let seen = try await ClockedSession(folder: folder, wire: wire, url: "https://service.example").run(server, .polytomic)
        await wire.close()
        let words = status == 407 ? "the proxy wants a name and a password" : "the proxy refused the connection"
        seen.check(("unavailable", [words], 5...5), in: folder, requests: server.asked)
        #expect(server.requests.allSatisfy { $0.method == "CONNECT" && Canary.found(in: Array($0.head.utf8)) == nil })
    }

    // MARK: Names and certificates

    @Test("N26: a name service that is out of reach is told from a name that nobody has", .enabled(if: ProcessTests.canUnshare, "needs unshare(1)"))
    func unreachableNameService() throws {
        try bench.configure(.polytomic, at: "https://no-such-host.example")
        let result = try bench.shell("exec unshare -rn $QS script.qs")
        #expect(result.ending == .exited(4), "\(result.error)")
        #expect(result.error.contains("the name service does not tell where no-such-host.example is") && result.error.contains("try 5 follows"), "\(result.error)")
    }

    private static let canUnshare = (try? Command("/usr/bin/unshare", ["-rn", "true"]).run().ending) == .exited(0)

    @Test("N26: a name that nobody has is not asked for again, and is said to be the name")
    func unknownName() throws {
        try bench.configure(.polytomic, at: "https://no-such-host.invalid")
        let result = try bench.shell("exec $QS script.qs")
        #expect(result.ending == .exited(4), "\(result.error)")
        // Without a name service, as in a container of its own, nobody can know that there is no such name.
        #expect(result.error.contains("the name no-such-host.invalid is not known") || result.error.contains("the name service does not tell"), "\(result.error)")
    }

    @Test(
        "N28: a certificate that nobody vouches for, of another host, or whose time is over keeps the key here, and is told with what to do",
        .enabled(if: TLSServer.isHere, "needs /usr/bin/openssl"), arguments: ["self-signed", "of another host", "expired"])
    func certificate(fault: String) throws {
        let other = try TLSServer(name: fault == "of another host" ? "DNS:example.com" : "DNS:localhost,IP:127.0.0.1", days: fault == "expired" ? -1 : 2)
        let url = "https://127.0.0.1:\(other.port)"
        try bench.choose(.polytomic, at: url)
        // But for what the case is about, the server would be trusted.
        let result = try bench.shell("exec $QS script.qs", changing: fault == "self-signed" ? [:] : ["SSL_CERT_FILE": other.certificate])
        #expect(result.ending == .exited(4) && result.output == "", "\(result.error)")
        let reason = fault == "of another host" ? "the certificate is not for 127.0.0.1" : "certificate verify failed"
        #expect(result.error.contains("error[unavailable]: `far` at \(url)/ does not answer: no secure connection: \(reason)"), "\(result.error)")
        #expect(result.error.contains("check the service's url and its certificate; SSL_CERT_FILE can name a file of those to trust"), "\(result.error)")
        // Nothing was tried again, and the file is what it was.
        #expect(!result.error.contains("follows") && folder.text("out.csv") == "old\n")
    }

    @Test("N28: a server that hangs up in the handshake is not asked without TLS", arguments: Hangup.allCases)
    func handshake(hangup: Hangup) async throws {
        let other = try FaultServer(hangingUp: hangup)
        let seen = try await ClockedSession(folder: folder, url: "https://127.0.0.1:\(other.port)").run(server, .polytomic)
        // A reset could be anything; a proper end is an answer.
        let words = hangup == .close ? "no secure connection: closed during the handshake" : "Connection reset by peer"
        seen.check(("unavailable", [words], 0...0), in: folder, requests: [])
        #expect(other.connections == (hangup == .close ? 1 : 5))
        other.stop()
    }
}
