import FaultServer
import QueryClient
import QueryHTTP
import Testing

@Suite("Answers over HTTP")
struct AnswerTests {
    static let page = #"{"rows": [[1, "é"], [2, null]]}"#

    @Test("a body arrives whole in every framing", arguments: Framing.allCases)
    func framings(framing: Framing) async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /page", .json(AnswerTests.page, framing: framing))
            let answer = try await transport.get(server.url + "/page")
            #expect(answer.head?.status == 200)
            #expect(answer.head?["content-type"] == "application/json")
            #expect(answer.text == AnswerTests.page)
        }
    }

    @Test("deflate is inflated with and without zlib's frame, a byte at a time too")
    func deflate() async throws {
        try await withServer { (server, transport) async throws in
            let body = Array(AnswerTests.page.utf8)
            for (path, deflated) in [("zlib", Deflated.zlib(body)), ("bare", Deflated.bare(body))] {
                let head = "HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nTransfer-Encoding: chunked\r\n\r\n"
                let chunks = deflated.flatMap { Array("1\r\n".utf8) + [$0, 13, 10] } + Array("0\r\n\r\n".utf8)
                server.on("GET /\(path)", .raw(Array(head.utf8) + chunks))
                #expect(try await transport.get(server.url + "/\(path)").text == AnswerTests.page)
            }
        }
    }

    @Test("a request says who asks and what it takes, and nothing else")
    func headers() async throws {
        try await withServer { (server, transport) async throws in
            server.on("* /x", .json("{}", headers: [("Set-Cookie", "a=b; Path=/")]))
            _ = try await transport.get(server.url + "/x")
            _ = try await transport.get(server.url + "/x", headers: [HTTPHeader("X-Polytomic-Version", "2025-09-18")])
            let expected = [
                "Host: 127.0.0.1:\(server.port)", "User-Agent: qs/test", "Accept-Encoding: gzip, deflate", "Accept: application/json",
            ]
            #expect(server.requests[0].headers.map { "\($0.name): \($0.value)" } == expected)
            #expect(server.requests[1]["Cookie"] == nil)
            #expect(server.requests[1]["X-Polytomic-Version"] == "2025-09-18")
            // A connection is back in the pool soon after its answer, which a busy machine may take as later than the next request.
            for _ in 0..<20 { _ = try await transport.get(server.url + "/x") }
            #expect(server.connections < server.requests.count)
        }
    }

    @Test("a body is sent with its length, and no body with none")
    func bodies() async throws {
        try await withServer { (server, transport) async throws in
            server.on("* /x", .json("{}"))
            let address = try WebAddress(server.url + "/x")
            let sent = [UInt8](repeating: 0x61, count: 300_000)
            for (method, body) in [(HTTPRequest.Method.post, sent), (.put, Array("{}".utf8)), (.post, nil), (.delete, nil)] {
                try await transport.send(HTTPRequest(method, address, body: body), limits: patient, to: Collector())
                let request = try #require(server.requests.last)
                #expect(request.method == method.rawValue)
                #expect(request.body == body ?? [])
                #expect(request["Content-Length"] == body.map { "\($0.count)" } ?? (method == .post ? "0" : nil))
            }
        }
    }

    @Test("a target arrives as the address has it, whatever characters it is made of, and 64 KB of it too")
    func targets() async throws {
        try await withServer { (server, transport) async throws in
            let all = String(decoding: (UInt8(0x21)...0x7e).filter { !"%\\#?".utf8.contains($0) }, as: UTF8.self)
            let targets = [
                "/a/%7Bid%7D?job_id=a+b%20c%2F%3F", "/a?q=%C3%A9&r=é", "/a//b;c=d/", "/a?", "/a?b?c/d", "/\(all)?\(all)", "/%41%2e%2E/x",
                "/a?q=" + String(repeating: "select+1%0A", count: 6_000),
            ]
            for target in targets {
                let address = try WebAddress(server.url + target)
                _ = try await transport.get(server.url + target)
                #expect(server.requests.last?.target == address.target)
            }
        }
    }

    @Test(
        "statuses are answers, redirects too, and nobody is sent on",
        arguments: [204, 301, 302, 303, 304, 307, 308, 401, 404, 429, 501, 503])
    func statuses(status: Int) async throws {
        try await withServer { (server, transport) async throws in
            let other = try FaultServer()
            defer { other.stop() }
            let bodiless = "HTTP/1.1 \(status) Status\r\nLocation: \(other.url)/x\r\nContent-Encoding: gzip\r\n\r\n"
            let answer = status == 204 || status == 304 ? Answer.raw(bodiless) : Answer.redirect(to: other.url + "/x", status: status)
            server.on("GET /x", answer)
            #expect(try await transport.get(server.url + "/x").head?.status == status)
            #expect(try await transport.get(server.url + "/x").head?["location"] == other.url + "/x")
            #expect(server.requests.count == 2)
            #expect(other.connections == 0)
        }
    }

    @Test("interim answers are passed over, a flood of them is refused")
    func interim() async throws {
        try await withServer { (server, transport) async throws in
            let final = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
            let early = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
            server.on("GET /few", .raw(early + final))
            let flood = Answer.repeated(head: "", Array("HTTP/1.1 102 Processing\r\n\r\n".utf8), times: 100_000)
            server.on("GET /flood", flood)
            server.on("GET /switch", .raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n"))
            #expect(try await transport.get(server.url + "/few").text == "{}")
            #expect(try await transport.fault(server.url + "/flood") == .malformed(reason: "more than 16 interim answers"))
            #expect(
                try await transport.fault(server.url + "/switch")
                    == .malformed(reason: "101 Switching Protocols, which nobody asked for"))
        }
    }

    @Test("answers of no bytes are whole answers where the head says so")
    func empty() async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /length", .raw("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Encoding: gzip\r\n\r\n"))
            server.on("GET /chunked", .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
            server.on("GET /close", Answer.raw("HTTP/1.1 200 OK\r\n\r\n").then(.close))
            for path in ["length", "chunked", "close"] {
                let answer = try await transport.get(server.url + "/\(path)")
                #expect(answer.head?.status == 200 && answer.body.isEmpty)
            }
        }
    }

    @Test("many requests at once share one thread and get their own answers")
    func together() async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /*") { request in .json(request.path, framing: .chunkedGzip) }
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<50 {
                    group.addTask { try await transport.get(server.url + "/\(index)").text == "/\(index)" }
                }
                for try await isRight in group { #expect(isRight) }
            }
            #expect(server.requests.count == 50)
        }
    }
}
