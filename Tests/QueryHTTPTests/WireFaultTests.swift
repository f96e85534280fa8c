import FaultServer
import QueryClient
import QueryHTTP
import Testing

@Suite("Faults on the wire")
struct WireFaultTests {
    static let body = [UInt8](repeating: 0x78, count: 5_000)

    @Test(
        "a connection that ends within an answer is told, with how far it had come", arguments: Hangup.allCases, [Framing.length, .chunked])
    func cut(ending: Hangup, framing: Framing) async throws {
        try await withServer { (server, transport) async throws in
            let answer = Answer.body(WireFaultTests.body, framing: framing)
            for count in [0, 1, answer.headCount - 1, answer.headCount, answer.headCount + 1, answer.bytes.count - 1] {
                server.on("GET /x", answer.cut(at: count, by: ending))
                guard case .closed(sent: true, let received)? = try await transport.fault(server.url + "/x") else {
                    Issue.record("no fault at \(count)")
                    continue
                }
                #expect(received <= max(0, count - answer.headCount))
            }
            #expect(server.requests.count == 6)
        }
    }

    @Test(
        "bytes behind the end of an answer spoil it, because its length is in dispute, and the connection is not used again",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}\n[1, 2]",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nmore",
        ])
    func excess(text: String) async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /x", .raw(text), .json("{}"))
            guard case .malformed? = try await transport.fault(server.url + "/x") else {
                Issue.record("taken for whole")
                return
            }
            #expect(try await transport.get(server.url + "/x").text == "{}")
            #expect(server.requests.map(\.connection) == [1, 2])
        }
    }

    @Test(
        "a head that two readers could read in two ways is no answer",
        arguments: [
            "Content-Length: -1", "Content-Length: 1000000000000000000000000000000", "Content-Length: 3\r\nContent-Length: 2",
            "Content-Length: 2\r\nContent-Length: 2", "Content-Length: +2", "Content-Length: 0x2", "Content-Length: 2, 2",
            "Content-Length: 2\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 2",
            "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "Content-Length: 2\r\nX: a\0b", "Content-Length: 2\r\nX: a\rb",
            "Content-Length: 2\r\nX: a\r\n folded", "Content-Length : 2", "Content-Length: 2\r\n: x", "Content-Length: 2\r\nno colon",
            "Content-Length: 2\r\nX Y: z",
        ])
    func ambiguous(headers: String) async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /x", Answer.raw("HTTP/1.1 200 OK\r\n\(headers)\r\n\r\n{}").then(.close))
            let fault = try await transport.fault(server.url + "/x")
            guard case .malformed(let reason)? = fault else {
                Issue.record("\(String(describing: fault))")
                return
            }
            #expect(!reason.contains("Error") && !reason.contains("NIO") && !reason.isEmpty)
            #expect(server.requests.count == 1)
        }
    }

    @Test("a head without end, by size or by count, is given up early")
    func longHeads() async throws {
        try await withServer { (server, transport) async throws in
            let start = "HTTP/1.1 200 OK\r\n"
            server.on("GET /size", .repeated(head: start + "X: ", [UInt8](repeating: 0x61, count: 1 << 16), times: 80))
            server.on("GET /count", .repeated(head: start, Array("X-Header: value\r\n".utf8), times: 100_000))
            for path in ["size", "count"] {
                guard case .malformed? = try await transport.fault(server.url + "/\(path)") else {
                    Issue.record("\(path)")
                    return
                }
            }
        }
    }

    @Test(
        "what is not HTTP/1 is said to be none",
        arguments: [
            "garbage\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 OK\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}", "{}",
        ])
    func garbage(text: String) async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /x", Answer.raw(text).then(.close))
            guard case .malformed? = try await transport.fault(server.url + "/x") else {
                Issue.record("taken for HTTP")
                return
            }
        }
    }

    @Test("a broken chunk is told from a short one")
    func chunks() async throws {
        try await withServer { (server, transport) async throws in
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            for (index, body) in ["x\r\n", "2\r\nabcd\r\n0\r\n\r\n", "-1\r\n", "ffffffffffffffffff\r\n"].enumerated() {
                server.on("GET /\(index)", Answer.raw(head + body).then(.close))
                guard case .malformed? = try await transport.fault(server.url + "/\(index)") else {
                    Issue.record("\(body)")
                    return
                }
            }
        }
    }

    @Test("an encoding that nobody asked for is named", arguments: ["br", "zstd", "gzip, gzip", "compress", "aes128gcm"])
    func encodings(name: String) async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /x", .json("{}", headers: [("Content-Encoding", name)]))
            #expect(try await transport.fault(server.url + "/x") == .unknownEncoding(name))
        }
    }

    @Test("a connection that was closed while idle is replaced without a word, and a read that may have arrived is not sent twice")
    func stale() async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /a", Answer.json("{}").then(.close))
            for _ in 0..<20 {
                let fault = try await transport.fault(server.url + "/a")
                #expect(fault == nil || fault == .closed(sent: true, received: 0))
            }
            let (asked, connections) = (server.requests.count, server.connections)
            #expect(asked == connections && asked <= 20)
        }
        // On a connection of its own: one that was used before may be closed before the request arrives.
        try await withServer { (server, transport) async throws in
            server.on("GET /b", .ended(by: .reset))
            #expect(try await transport.fault(server.url + "/b") == .closed(sent: true, received: 0))
            #expect(server.requests("GET /b").count == 1)
        }
    }

    @Test("a port where nobody listens is refused in the system's words, by its name too")
    func refused() async throws {
        try await withServer { (_, transport) async throws in
            let closed = try ClosedPort()
            for host in ["127.0.0.1", "localhost"] {
                let fault = try await transport.fault("http://\(host):\(closed.port)/x")
                #expect(fault == .connect(reason: "Connection refused"))
                #expect(fault?.isSurelyUnsent == true)
            }
        }
    }

    @Test("a host whose first address does not answer is reached at its next one")
    func addresses() async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /x", .json("{}"))
            #expect(try await transport.get("http://localhost:\(server.port)/x").text == "{}")
            #expect(server.requests.first?["Host"] == "localhost:\(server.port)")
        }
    }

    @Test("a name that nobody has is told from a machine that does not answer")
    func names() async throws {
        try await withServer { (_, transport) async throws in
            let fault = try await transport.fault("http://no-such-host.invalid/x")
            // Without a name service, as in a container of its own, nobody can know that there is no such name.
            #expect(fault == .unknownHost("no-such-host.invalid") || fault == .nameService(host: "no-such-host.invalid"))
        }
    }
}
