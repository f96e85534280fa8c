import FaultServer
import QueryClient
import QueryHTTP
import TestSupport
import Testing

/// Pages and places that lead elsewhere, or to where one was before (N19 to N23, N40).
@Suite("The catalogue: pages and places", .serialized)
struct PageLinkTests {
    private let bench: CatalogueBench
    private var server: FaultServer { bench.server }
    private var folder: ScratchFolder { bench.folder }

    init() throws {
        bench = try CatalogueBench()
        try bench.configure(.polytomic)
    }

    private func check(_ error: String?, _ words: [String], rows: String = Step.rows, requests: Int) throws {
        let seen = try bench.run()
        seen.check((error, words, requests...requests), rows: rows, in: folder, requests: server.asked)
    }

    /// Pages of these rows, each linked to the next one, without a count.
    private func play(_ pages: [String], count: Int? = nil) {
        for (index, rows) in pages.enumerated() {
            let link = index + 1 < pages.count ? "\"/api/queries/q-1?page=\(index + 1)\"" : "null"
            server.on(index == 0 ? Step.poll.pattern : "GET /api/queries/q-1?page=\(index)", .json(Step.page.pageText(rows, count: count, link: link)))
        }
    }

    private static let pages = [#"{"n":1,"t":"a"},{"n":2,"t":null}"#, #"{"n":3,"t":"c"},{"n":4,"t":"d"}"#]

    @Test("N19: where nothing says how many rows there are, a page whose rows have come already is an error", arguments: [[0, 0], [0, 1, 1], [0, 1, 0]])
    func repeated(order: [Int]) throws {
        play(order.map { PageLinkTests.pages[$0] })
        try check("bad-answer", ["its page \(order.count) has the rows of an earlier one", "add a column that tells them apart"], requests: order.count + 1)
    }

    @Test("N19: rows that are alike are rows, where their number says so; so are pages without any")
    func alike() throws {
        let same = #"{"n":1,"t":"a"}"#
        play([same, same, "", same, ""], count: 3)
        try check(nil, [], rows: "n,t\n1,a\n1,a\n1,a\n", requests: 6)
    }

    @Test(
        "N20: a page that links to one of those before ends the reading at its first repetition",
        arguments: ["/api/queries/q-1?page=1", "?page=2", "/api/queries/q-1"])
    func loop(link: String) throws {
        play(PageLinkTests.pages + [""])
        server.on("GET /api/queries/q-1?page=2", .json(Step.page.pageText(#"{"n":5}"#, count: nil, link: "\"\(link)\"")))
        try check("bad-answer", ["its next page is one that was there already"], requests: 4)
    }

    @Test(
        "N22: a link is read from the request that has brought its page, whether the rows come with a look at the job or at once",
        arguments: ["?page=2", "q-1?page=2", "./q-1?page=2", "../queries/q-1?page=2", "/api/queries/q-1?page=2"])
    func relative(link: String) throws {
        server.on(Step.poll.pattern, .json(Step.page.pageText(PageLinkTests.pages[0], link: "\"\(link)\"")))
        try check(nil, [], requests: 3)
        // The same from where the submit went.
        server.on(Step.submit.pattern, .json(Step.page.pageText(PageLinkTests.pages[0], link: "\"../../queries/\(link.hasPrefix("?") ? "q-1" : "")\(link)\"")))
        if !link.hasPrefix("/") { try check(nil, [], requests: 5) }
    }

    @Test("N21: a page without rows in the middle is a page")
    func emptyPage() throws {
        play([PageLinkTests.pages[0], "", #"{"n":3,"t":"c"}"#], count: 3)
        try check(nil, [], requests: 4)
    }

    @Test("N23: a read that is sent on within the origin goes there, whatever the status", arguments: [301, 302, 303, 307, 308])
    func redirected(status: Int) throws {
        for step in [Step.poll, .page] {
            server.on(step.pattern, .redirect(to: "/elsewhere/\(step.rawValue)", status: status))
            server.on("GET /elsewhere/\(step.rawValue)", step.answer)
        }
        try check(nil, [], requests: 5)
    }

    @Test("N23: where a read was sent on to is where its links are read from")
    func relativeRedirect() throws {
        server.on(Step.poll.pattern, .redirect(to: "../elsewhere/q-1"))
        server.on("GET /api/elsewhere/q-1", .json(Step.page.pageText(PageLinkTests.pages[0], link: #""?page=2""#)))
        server.on("GET /api/elsewhere/q-1?page=2", .redirect(to: "q-1?page=two"))
        server.on("GET /api/elsewhere/q-1?page=two", Step.page.answer)
        try check(nil, [], requests: 5)
    }

    @Test("N23: a read that is sent on and on is given up after five times", arguments: ["/api/queries/q-1", "/hop"])
    func loopOfRedirects(target: String) throws {
        server.on(Step.poll.pattern, .redirect(to: target))
        server.on("GET /hop", .redirect(to: "/hop"))
        try check("unavailable", ["sends on to \(server.url)\(target), where nothing is sent"], requests: 7)
    }

    @Test("N22, N23: another server on this machine hears nothing, be it named by a page or by a redirect")
    func otherServer() throws {
        let other = try FaultServer()
        server.on(Step.poll.pattern, .json(Step.page.pageText(#"{"n":1}"#, link: "\"\(other.url)/x\"")))
        server.on(Step.page.pattern, .redirect(to: other.url + "/x"))
        try check("bad-answer", ["its next page is elsewhere: \(other.url)/x"], requests: 2)
        server.on(Step.poll.pattern, Step.poll.answer)
        try check("unavailable", ["sends on to \(other.url)/x, where nothing is sent"], requests: 5)
        #expect(other.connections == 0)
    }

    @Test("N40: a key goes to another machine over https alone, and nothing is sent", arguments: ["http://10.255.255.1", "http://service.invalid"])
    func plain(url: String) throws {
        try bench.choose(.polytomic, at: url)
        let seen = try bench.run()
        #expect(seen.status == 2, "\(seen.error)")
        #expect(seen.error.contains("use https, or an address of this machine"), "\(seen.error)")
    }
}
