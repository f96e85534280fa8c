// The workspace: made when there is something to keep, shared by processes, and left alone where it is no workspace.
import QueryClient
import QueryFrames
import QueryLocal
import TestSupport
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct WorkspaceTests {
    private let place: Place

    init() throws { place = try Place() }

    private func contents() -> [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        for name in place.folder.names() { contents[name] = place.folder.bytes(name) ?? [] }
        return contents
    }

    @Test("nothing is made by making a service, or by asking it")
    func lazy() async throws {
        let service = place.service()
        #expect(try await service.queries() == [])
        #expect(try await service.datasets() == [])
        #expect(try await service.jobs() == [])
        #expect(await failure { () async throws(ServiceError) in try await service.submit(QueryRequest(text: .saved("q"))) }
            == .unknownQuery(name: "q", known: []))
        await service.close()
        #expect(place.folder.names() == [])
    }

    @Test("the workspace is its owner's alone")
    func modes() async throws {
        let service = LocalService(workspace: place.folder.path("a/b/workspace"))
        _ = try await service.save(SavedQuery(name: "q", text: "select 1"))
        for (path, mode) in [("a/b/workspace", 0o700), ("a", 0o700), ("a/b/workspace/catalog.db", 0o600)] {
            var status = stat()
            #expect(stat(place.folder.path(path), &status) == 0)
            #expect(Int(status.st_mode) & 0o777 == mode, "\(path)")
        }
        await service.close()
    }

    @Test("a saved query has versions; one that did not change has no new one")
    func versions() async throws {
        let service = place.service()
        let first = try await service.save(SavedQuery(name: "q", text: "select {{a}}, {{b}}, {{a}}", description: "d"))
        #expect(first.version == 1 && first.parameters == ["a", "b"] && first.saved > 0)
        #expect(try await service.save(SavedQuery(name: "q", text: "select {{a}}, {{b}}, {{a}}", description: "d")) == first)
        #expect(try await service.save(SavedQuery(name: "q", text: "select 2")).version == 2)
        await service.close()
        let next = place.service()
        let kept = try await next.queries()
        #expect(kept.map(\.name) == ["q"] && kept[0].text == "select 2" && kept[0].version == 2 && kept[0].parameters == [])
        try await next.forget("q")
        #expect(try await next.queries() == [])
        #expect(await failure { () async throws(ServiceError) in try await next.forget("q") } == .unknownQuery(name: "q", known: []))
    }

    @Test("a query is refused when it is saved, if its name, placeholders or dataset are wrong")
    func saving() async throws {
        let service = place.service()
        #expect(await failure { () async throws(ServiceError) in try await service.save(SavedQuery(name: "a\u{7}", text: "select 1")) } == .badName(name: "a\u{7}"))
        #expect(await failure { () async throws(ServiceError) in try await service.save(SavedQuery(name: "a", text: "select '{{x}}'")) }
            == .quotedPlaceholder(name: "x"))
        #expect(await failure { () async throws(ServiceError) in try await service.save(SavedQuery(name: "a", text: "select 1", dataset: "d")) }
            == .unknownDataset(name: "d", known: []))
        #expect(place.folder.names() == [])
    }

    @Test("a query runs on the dataset it was saved with, unless the run names another")
    func bound() async throws {
        let service = place.service()
        _ = try await service.register(Dataset(name: "a", path: place.csv("a.csv", "i\n1\n")))
        _ = try await service.register(Dataset(name: "b", path: place.csv("b.csv", "i\n2\n")))
        _ = try await service.save(SavedQuery(name: "q", text: "select i from dataset", dataset: "a"))
        let first = try await service.submit(QueryRequest(text: .saved("q")))
        #expect(rows(try await service.result(of: first.id)) == [[.int(1)]])
        let second = try await service.submit(QueryRequest(text: .saved("q"), target: "b"))
        #expect(rows(try await service.result(of: second.id)) == [[.int(2)]])
    }

    @Test("fifty at once save one name, and no version is lost")
    func concurrentSaves() async throws {
        let services = (0..<5).map { _ in place.service() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask { _ = try await services[number % 5].save(SavedQuery(name: "q", text: "select \(number)")) }
            }
            try await group.waitForAll()
        }
        #expect(try await place.service().queries().first?.version == 50)
        for service in services { await service.close() }
    }

    @Test("two services on one workspace see what the other keeps")
    func shared() async throws {
        let one = place.service(), two = place.service()
        _ = try await one.save(SavedQuery(name: "q", text: "select 1"))
        #expect(try await two.queries().map(\.name) == ["q"])
        let job = try await two.submit(QueryRequest(text: .saved("q")))
        _ = try await two.completion(of: job.id)
        let running = try await two.submit(QueryRequest(text: .text(endless)))
        // Rows of jobs are written in the background.
        while try await !one.jobs().contains(where: { $0.id == running.id }) { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await one.status(of: running.id).status == .queued)
        #expect(await failure { () async throws(ServiceError) in try await one.cancel(running.id) } == .foreignJob(id: running.id.text))
        async let ended = one.completion(of: running.id)
        await two.close()
        #expect(try await ended.status == .cancelled)
        #expect(try await one.status(of: job.id).status == .succeeded)
        #expect(await failure { () async throws(ServiceError) in try await one.result(of: job.id) } == .expired(id: job.id.text))
        await one.close()
    }

    @Test("the jobs of a session that died are lost, and say so at once")
    func lost() async throws {
        let service = place.service()
        let ended = try await service.submit(QueryRequest(text: .text("select 1 as a, 2 as \"b:\"")))
        _ = try await service.completion(of: ended.id)
        await service.close()
        try sqlite(place.catalog, """
            insert into jobs (id, session, text, status, created) values ('job_dead', 'gone', 'select 1', 'running', \(ended.created + 1));
            insert into jobs (id, session, text, status, created) values ('job_old', 'gone', 'select 1', 'succeeded', 1)
            """)
        try place.folder.write("workspace/sessions/gone", "")
        let next = place.service()
        let jobs = try await next.jobs()
        #expect(jobs.map(\.id.text) == ["job_dead", ended.id.text, "job_old"])
        #expect(jobs.map(\.status) == [.failed, .succeeded, .succeeded])
        #expect(jobs[0].error == .lost(id: "job_dead"))
        #expect(jobs[1].columns == ["a", "b:"] && jobs[1].rows == 1)
        #expect(await failure { () async throws(ServiceError) in try await next.result(of: JobID("job_dead")) } == .lost(id: "job_dead"))
        // With the first write, what has had its time goes.
        _ = try await next.save(SavedQuery(name: "q", text: "select 1"))
        #expect(try await next.jobs().map(\.id.text) == ["job_dead", ended.id.text])
        #expect(!place.folder.path("workspace/sessions/gone").isFile)
        await next.close()
    }

    static let garbage: [String: [UInt8]] = [
        "empty": [], "short": [1, 2, 3], "text": Array(repeating: 65, count: 5_000),
        "zeroes": Array(repeating: 0, count: 8_192), "header": Array("SQLite format 3\0".utf8),
    ]

    @Test("a catalog that is no database is refused by everything and stays byte for byte as it is", arguments: garbage.keys.sorted())
    func noCatalog(_ name: String) async throws {
        try place.folder.makeFolder("workspace")
        let bytes = WorkspaceTests.garbage[name] ?? []
        try place.folder.write("workspace/catalog.db", bytes: bytes)
        try await expectRefusal()
        #expect(place.folder.bytes("workspace/catalog.db") == bytes)
    }

    @Test("a database of another application, of a newer version, or cut short is refused and left as it is", arguments: [
        "pragma application_id = 7", "pragma user_version = 2", "cut", "flip",
    ])
    func otherCatalog(_ change: String) async throws {
        let service = place.service()
        _ = try await service.save(SavedQuery(name: "q", text: "select 1"))
        await service.close()
        if change.hasPrefix("pragma") {
            try sqlite(place.catalog, change)
        } else {
            var bytes = try #require(place.folder.bytes("workspace/catalog.db"))
            if change == "cut" { bytes.removeLast(bytes.count / 2) } else { for index in 100..<bytes.count { bytes[index] = 0xa5 } }
            try place.folder.write("workspace/catalog.db", bytes: bytes)
        }
        let before = try #require(place.folder.bytes("workspace/catalog.db"))
        try await expectRefusal()
        #expect(place.folder.bytes("workspace/catalog.db") == before)
    }

    @Test("a catalog that is a folder or a pipe is refused", arguments: ["folder", "pipe"])
    func odd(_ kind: String) async throws {
        try place.folder.makeFolder("workspace")
        if kind == "folder" { try place.folder.makeFolder("workspace/catalog.db") } else { mkfifo(place.catalog, 0o600) }
        try await expectRefusal()
    }

    private func expectRefusal() async throws {
        let service = place.service(), path = place.catalog
        func isCatalog(_ error: ServiceError?) -> Bool { if case .catalog(path, _) = error { true } else { false } }
        #expect(isCatalog(await failure { () async throws(ServiceError) in try await service.queries() }))
        #expect(isCatalog(await failure { () async throws(ServiceError) in try await service.save(SavedQuery(name: "q", text: "select 1")) }))
        #expect(isCatalog(await failure { () async throws(ServiceError) in try await service.submit(QueryRequest(text: .text("select 1"))) }))
        #expect(isCatalog(await failure { () async throws(ServiceError) in try await service.jobs() }))
        await service.close()
    }

    @Test("where no workspace can be made, text still runs and only keeping fails")
    func noWorkspace() async throws {
        try place.folder.write("file", "")
        for path in [place.folder.path("file"), place.folder.path("file/workspace"), "/proc/nowhere/workspace"] {
            let service = LocalService(workspace: path)
            #expect(try await service.rows("select 1") == [[.int(1)]])
            #expect(try await service.queries() == [])
            #expect(try await service.jobs().count == 1)
            guard case .readOnly(path, _) = await failure({ () async throws(ServiceError) in
                try await service.save(SavedQuery(name: "q", text: "select 1"))
            }) else {
                Issue.record("saved in \(path)")
                continue
            }
            await service.close()
        }
        #expect(place.folder.names() == ["file"])
    }

    /// In a process of its own, which gives up being root: root is asked no permissions.
    @Test("a workspace that cannot be written is read, and runs what it keeps")
    func readOnlyWorkspace() async {
        await #expect(processExitsWith: .success) {
            let place = try Place()
            let service = place.service()
            _ = try await service.register(Dataset(name: "orders", path: place.csv()))
            _ = try await service.save(SavedQuery(name: "q", text: "select count(*) from orders"))
            await service.close()
            chmod(place.folder.path, 0o755)
            chmod(place.catalog, 0o644)
            chmod(place.workspace, 0o555)
            let isRoot = geteuid() == 0
            if isRoot { try #require(seteuid(65_534) == 0) }
            defer { if isRoot { seteuid(0) } }
            let next = place.service()
            #expect(try await next.queries().map(\.name) == ["q"])
            let job = try await next.submit(QueryRequest(text: .saved("q")))
            #expect(rows(try await next.result(of: job.id)) == [[.int(3)]])
            #expect(try await next.jobs().map(\.id) == [job.id])
            for error in [
                await failure({ () async throws(ServiceError) in _ = try await next.save(SavedQuery(name: "r", text: "select 1")) }),
                await failure({ () async throws(ServiceError) in try await next.forget("q") }),
                await failure({ () async throws(ServiceError) in
                    _ = try await next.register(Dataset(name: "a", path: place.folder.path("orders.csv")))
                }),
            ] {
                guard case .readOnly(place.workspace, _) = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
            await next.close()
        }
    }
}

extension String {
    fileprivate var isFile: Bool { access(self, F_OK) == 0 }
}
