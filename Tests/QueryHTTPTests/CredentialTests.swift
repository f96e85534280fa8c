import FaultServer
import QueryClient
import QueryHTTP
import Testing

@Suite("Credentials on their way")
struct CredentialTests {
    static let canary = "canary-5f1d0a77c3"

    static func credential(for address: String, header: String = "X-API-Key") throws -> Credential {
        Credential(header: header, value: canary, origin: try WebAddress(address).origin)
    }

    @Test("a credential goes to its own origin", arguments: ["Authorization", "X-API-Key"])
    func own(header: String) async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /x", .json("{}"))
            _ = try await transport.get(server.url + "/x", credential: try CredentialTests.credential(for: server.url, header: header))
            #expect(server.requests.first?[header] == CredentialTests.canary)
        }
    }

    @Test("a credential goes nowhere else: another port, another name, another scheme")
    func others() async throws {
        try await withServer { (server, transport) async throws in
            let other = try FaultServer()
            defer { other.stop() }
            let credential = try CredentialTests.credential(for: server.url)
            let base = try WebAddress(server.url + "/api/queries/1?page=1")
            let references = [
                other.url + "/x", "//127.0.0.1:\(other.port)/x", "http://localhost:\(server.port)/x", "https://127.0.0.1:\(server.port)/x",
                "//127.0.0.2:\(server.port)/x",
            ]
            for reference in references {
                let address = try base.resolved(reference)
                let fault = try await transport.fault(address.description, credential: credential)
                #expect(fault == .insecure(address.origin), "\(reference)")
            }
            #expect(other.connections == 0 && server.connections == 0)
        }
    }

    @Test("a credential does not go over plain http beyond this machine")
    func plain() async throws {
        try await withServer { (_, transport) async throws in
            for address in ["http://example.com/x", "http://10.0.0.1/x", "http://127.0.0.1.example.com/x"] {
                let fault = try await transport.fault(address, credential: try CredentialTests.credential(for: address))
                #expect(fault == .insecure(try WebAddress(address).origin))
            }
        }
    }

    @Test("a redirect to another server takes no credential with it", arguments: [301, 302, 303, 307, 308])
    func redirects(status: Int) async throws {
        try await withServer { (server, transport) async throws in
            let other = try FaultServer()
            defer { other.stop() }
            server.on("GET /x", .redirect(to: other.url + "/y", status: status))
            let answer = try await transport.get(server.url + "/x", credential: try CredentialTests.credential(for: server.url))
            #expect(answer.head?.status == status)
            #expect(other.connections == 0)
        }
    }

    @Test("a credential is in no fault and in no text of one, even where it cannot be sent")
    func unprintable() async throws {
        try await withServer { (server, transport) async throws in
            let origin = try WebAddress(server.url).origin
            for end in ["\r\nX: y", "\n", "\0", "\u{7f}"] {
                let credential = Credential(header: "Authorization", value: CredentialTests.canary + end, origin: origin)
                let fault = try #require(try await transport.fault(server.url + "/x", credential: credential))
                #expect(fault == .badHeader(name: "Authorization"))
                var texts = ["\(fault)", String(reflecting: fault), "\(credential)", String(reflecting: credential)]
                texts.append("\(HTTPRequest(.get, try WebAddress(server.url), credential: credential))")
                var dumped = ""
                dump(HTTPRequest(.get, try WebAddress(server.url), credential: credential), to: &dumped)
                texts.append(dumped)
                #expect(!texts.contains { $0.contains(CredentialTests.canary) })
            }
            #expect(server.connections == 0)
        }
    }

    @Test("a caller's headers cannot say who asks, nor where a message ends")
    func reserved() async throws {
        try await withServer { (server, transport) async throws in
            for name in ["Authorization", "authorization", "Cookie", "Host", "Content-Length", "Transfer-Encoding", "Connection"] {
                let fault = try await transport.fault(server.url + "/x", headers: [HTTPHeader(name, "x")])
                #expect(fault == .badHeader(name: name))
            }
            for (name, value) in [("X", "a\r\nY: b"), ("X", "a\nb"), ("", "x"), ("X Y", "x"), ("X:", "x"), ("X\r\n", "x"), ("É", "x")] {
                let fault = try await transport.fault(server.url + "/x", headers: [HTTPHeader(name, value)])
                #expect(fault == .badHeader(name: name))
            }
            #expect(server.connections == 0)
        }
    }
}
