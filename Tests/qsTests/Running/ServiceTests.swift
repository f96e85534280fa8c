import FaultServer
import TestSupport
import Testing

/// The program against services on loopback: what a script sees, what is sent, how it ends.
@Suite("services over HTTP")
struct ServiceTests {
    let bench: Workbench
    let server: FaultServer
    /// The key that is in the environment, and that nobody may ever read.
    private static let canary = "canary-7f3a"

    init() throws {
        bench = try Workbench()
        server = try FaultServer()
        for name in ["home/.config", "home/.config/qs"] { try bench.folder.makeFolder(name) }
        try bench.folder.write("home/.config/qs/config.toml", """
            default = "warehouse"
            [service.warehouse]
            kind = "polytomic"
            url = "\(server.url)"
            token = { env = "WAREHOUSE_TOKEN" }
            connection = "c1"
            poll = "100ms"
            [service.toolkit]
            kind = "toolkit"
            url = "\(server.url)/analytics"
            token = { env = "WAREHOUSE_TOKEN" }
            dataset = "d1"
            poll = "100ms"
            """)
    }

    private func qs(_ arguments: String..., changing changes: [String: String?] = [:]) throws -> Command.Result {
        let result = try command(arguments, changing: changes).run()
        #expect(!(result.output + result.error).contains(ServiceTests.canary))
        return result
    }

    private func command(_ arguments: [String], changing changes: [String: String?] = [:]) -> Command {
        bench.command(arguments, changing: changes.merging(["WAREHOUSE_TOKEN": ServiceTests.canary]) { given, _ in given })
    }

    private static let created = Answer.json(#"{"data":{"id":"q-123","status":"created"}}"#)
    private static let running = Answer.json(#"{"data":{"id":"q-123","status":"running"}}"#)
    private static let done = Answer.json(
        #"{"data":{"id":"q-123","status":"done","count":2,"fields":["region","revenue"],"results":[{"region":"EU","revenue":12.5},{"region":"UK","revenue":7}]}}"#)

    /// A query of two rows that is done at the third look.
    private func playTwoRows() {
        server.on("POST /api/connections/c1/query", ServiceTests.created)
        server.on("GET /api/queries/q-123", ServiceTests.running, ServiceTests.running, ServiceTests.done)
    }

    // MARK: A job from its start to its rows

    @Test("a script runs text on Polytomic as on the embedded service, with its values as literals")
    func polytomic() throws {
        playTwoRows()
        let result = try qs("-c", "let m = \"2024-05\"; let j = run \"select * from t where month = ${m}\"; wait j; export j csv; print j.status, j.rows")
        #expect(result.output == "region,revenue\nEU,12.5\nUK,7.0\nsucceeded 2\n")
        #expect(result.error == "")
        #expect(result.ending == .exited(0))
        let submit = try #require(server.requests("POST /api/connections/c1/query").first)
        #expect(submit.query == "query=select+%2A+from+t+where+month+%3D+%272024-05%27")
        #expect(submit["Authorization"] == "Bearer \(ServiceTests.canary)")
        #expect(submit["Idempotency-Key"] != nil && submit["User-Agent"]?.hasPrefix("qs/") == true)
    }

    @Test("Toolkit saves, runs with bound parameters and is followed by its job")
    func toolkit() throws {
        server.on("POST /analytics/v1/save", .json(#"{"query_id":"qry_9","name":"by_region","status":"saved","created_at":"2026-01-01T00:00:00Z"}"#))
        server.on("POST /analytics/v1/query/qry_9", .json(
            #"{"query_id":"qry_9","dataset_id":"d1","execution_mode":"async","status":"queued","job_id":"job_5","created_at":"2026-01-01T00:00:00Z"}"#))
        server.on(
            "GET /analytics/v1/jobs/job_5", .json(#"{"job_id":"job_5","status":"running","progress":40}"#),
            .json(#"{"job_id":"job_5","status":"succeeded","progress":100,"results":{"columns":["region","n"],"rows":[["EU",1],["UK",2]],"row_count":2}}"#))
        let script = "use toolkit; save by_region as \"select * from t where region = {{region}}\"; run by_region with region=\"EU\" | where n > 1 | show"
        let result = try qs("-c", script)
        #expect(result.output == "region,n\nUK,2\n")
        #expect(result.error == "")
        let run = try #require(server.requests("POST /analytics/v1/query/qry_9").first)
        #expect(run["X-API-Key"] == ServiceTests.canary)
        #expect(run.text.contains(#""region":"EU""#) && run.text.contains(#""execution_mode":"async""#))
    }

    @Test("jobs of several services run side by side; a service can be named by on")
    func sideBySide() throws {
        playTwoRows()
        try bench.folder.write("orders.csv", "id,region\n1,EU\n")
        let script = """
            use local
            dataset orders = "orders.csv"
            let a = run "select region, 'local' as place from orders"
            let b = run "select 1" on warehouse
            wait a, b
            a | join b on region | show
            """
        #expect(try qs("-c", script).output == "region,place,revenue\nEU,local,12.5\n")
    }

    // MARK: What goes wrong

    @Test("a failed query ends with 3, a refused key with 4, a service that is away with 4, a lost result with 3")
    func endings() throws {
        server.on("POST /api/connections/c1/query", ServiceTests.created)
        server.on("GET /api/queries/q-123", .json(#"{"data":{"id":"q-123","status":"failed","error":"no such table: t\u001b[31m"}}"#))
        let failed = try qs("-c", "run \"select 1\" | show")
        #expect(failed.ending == .exited(3))
        #expect(failed.error.contains("no such table: t") && !failed.error.contains("\u{1b}"))

        server.on("GET /api/queries/q-123", .json(#"{"data":{"id":"q-123","status":"unknown"}}"#))
        #expect(try qs("-c", "run \"select 1\" | show").ending == .exited(3))

        server.on("POST /api/connections/c1/query", .status(401))
        let refused = try qs("-c", "run \"select 1\" | show")
        #expect(refused.ending == .exited(4))
        #expect(refused.error.contains("WAREHOUSE_TOKEN") && refused.error.contains("warehouse"))

        let missing = try qs("-c", "run \"select 1\"", changing: ["WAREHOUSE_TOKEN": nil as String?])
        #expect(missing.ending == .exited(4))
        #expect(missing.error.contains("the variable is not set"))
    }

    @Test("a proxy whose address cannot be used is told to who asks a service, and to nobody else")
    func unusableProxy() throws {
        let proxy = ["http_proxy": "http://name:\(ServiceTests.canary)@proxy.example:3128", "HTTPS_PROXY": "https://proxy.example"]
        let local = try qs("-c", "run \"select 2 as n\" on local | show", changing: proxy)
        #expect(local.ending == .exited(0), "\(local.error)")
        let remote = try qs("-c", "connect far to \"https://service.example\" with kind=\"polytomic\", token=env(\"WAREHOUSE_TOKEN\"), connection=\"c1\"; use far; run \"select 1\" | show", changing: proxy)
        #expect(remote.ending == .exited(4))
        #expect(remote.error.contains("the proxy in HTTPS_PROXY cannot be used"), "\(remote.error)")
    }

    @Test("rows that are not all there are no frame: a count that is not met, an answer that is no JSON")
    func incomplete() throws {
        server.on("POST /api/connections/c1/query", ServiceTests.created)
        server.on("GET /api/queries/q-123", .json(#"{"data":{"id":"q-123","status":"done","count":3,"fields":["n"],"results":[{"n":1}]}}"#))
        let short = try qs("-c", "let f = run \"select 1\" | where n > 0; print \"never\"")
        #expect(short.output == "")
        #expect(short.error.contains("3") && short.ending != .exited(0))

        server.on("GET /api/queries/q-123", .body(Array("<html>log in</html>".utf8), type: "text/html"))
        let page = try qs("-c", "run \"select 1\" | show")
        #expect(page.output == "")
        #expect(page.error.contains("text/html"))
    }

    @Test("what Polytomic cannot have is refused before anything is sent")
    func unsent() throws {
        for script in [
            "run \"select {{a}}\"", "run \"select '${1}'\"", "run nothing_saved", "run \"select ${[[1]]}\"", "dataset d = \"x.csv\"",
        ] {
            #expect(try qs("-c", script).ending != .exited(0), "\(script)")
        }
        #expect(server.requests.isEmpty)
    }

    @Test("a service that cannot cancel says so plainly, and the job goes on")
    func cancel() throws {
        playTwoRows()
        let result = try qs("-c", "let j = run \"select 1\"; try { cancel j } catch e { print e.code, e.message }; wait j; print j.status")
        #expect(result.output.hasPrefix("unsupported "))
        #expect(result.output.hasSuffix("succeeded\n"))
    }

    // MARK: Jobs that outlive the program

    @Test("--detach submits and ends with 75; another session lists the job, attaches to it by a beginning of its id, and has its rows")
    func detach() throws {
        playTwoRows()
        let first = try qs("--detach", "-c", "let j = run \"select 1\"; print \"sent\"; wait j; print \"never\"")
        #expect(first.output == "sent\n")
        #expect(first.ending == .exited(75))
        #expect(first.error == "the job q-123 goes on; this finds it again: attach \"q-123\" on warehouse\n")
        #expect(try qs("-c", "jobs | where status in [\"queued\", \"running\"] | select id, service").output == "id,service\nq-123,warehouse\n")
        let second = try qs("-c", "let j = attach \"q-1\"; export j csv")
        #expect(second.output == "region,revenue\nEU,12.5\nUK,7.0\n")
        #expect(try qs("-c", "jobs | select status, rows").output == "status,rows\nsucceeded,2\n")
        #expect(server.requests("POST /api/connections/c1/query").count == 1)
        #expect(try bench.shell("stat -c %a home/.local/state/qs/ledger.db").output == "600\n")
    }

    @Test("a script that ends without waiting tells the line that finds its job again, and ends with 75")
    func leftBehind() throws {
        playTwoRows()
        let result = try qs("-c", "let j = run \"select 1\"")
        #expect(result.ending == .exited(75))
        #expect(result.error.contains("q-123"))
    }

    @Test("a crash between the submit and its answer loses no job: attaching sends it again under the same key")
    func crash() throws {
        let gate = Gate()
        server.on("POST /api/connections/c1/query", ServiceTests.created.held(by: gate), ServiceTests.created)
        server.on("GET /api/queries/q-123", ServiceTests.done)
        let killed = try bench.shell("""
            WAREHOUSE_TOKEN=k $QS -c 'run "select {{a}}" with a=1.5' & pid=$!
            for i in $(seq 600); do test -s home/.local/state/qs/ledger.db && break; sleep 0.1; done
            sleep 1; kill -9 $pid; wait $pid; true
            """)
        #expect(killed.ending == .exited(0))
        gate.open()
        let key = try #require(try qs("-c", "print (jobs)[0].id").output.split(separator: "\n").first)
        let result = try qs("-c", "let j = attach \"\(key)\"; export j csv")
        #expect(result.output == "region,revenue\nEU,12.5\nUK,7.0\n")
        let submits = server.requests("POST /api/connections/c1/query")
        #expect(Set(submits.map { $0["Idempotency-Key"] }) == [String(key)])
        #expect(Set(submits.map(\.target)).count == 1)
    }

    @Test("Ctrl-C in batch stops waiting; the job of a service that cannot cancel goes on, and the line that finds it is told", arguments: ["cancel", "detach"])
    func interrupted(what: String) throws {
        server.on("POST /api/connections/c1/query", ServiceTests.created)
        server.on("GET /api/queries/q-123", ServiceTests.running)
        var command = command(["--on-interrupt=\(what)", "-c", "let j = run \"select 1\"; warn \"up\"; wait j"])
        command.signal = (2, after: "up")
        let result = try command.run()
        #expect(result.ending == .signalled(2))
        #expect(result.error.contains("attach \"q-123\" on warehouse"))
        #expect(result.error.contains("no way to stop") == (what == "cancel"), "\(result.error)")
    }

    @Test("nothing is sent in a rehearsal")
    func rehearsal() throws {
        let result = try qs("--dry-run", "-c", "let j = run \"select ${1}\" on c2; wait j; j | export to \"x.csv\"")
        #expect(result.output.contains("would run \"select {{value_1}}\" with value_1=1 on c2"))
        #expect(result.ending == .exited(0))
        #expect(server.requests.isEmpty)
    }
}
