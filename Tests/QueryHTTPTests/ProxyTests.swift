import FaultServer
import QueryClient
import Testing

@testable import QueryHTTP

@Suite("Proxies")
struct ProxyTests {
    @Test("a request goes through a tunnel of the proxy, and the proxy sees neither its headers nor its credential")
    func tunnels() async throws {
        try await withServer(proxies: { Proxies(https: nil, http: $0.url, except: nil) }) { (server, transport) async throws in
            server.on("CONNECT *", .raw("HTTP/1.1 200 Connection established\r\n\r\n"))
            server.on("GET /x", .json("{}"))
            for _ in 0..<2 { #expect(try await transport.get("http://service.example/x").text == "{}") }
            #expect(server.requests("GET /x").count == 2)
            #expect(server.requests("CONNECT *").allSatisfy { $0.target == "service.example:80" })
            #expect(server.requests.first?.method == "CONNECT")
            #expect(server.requests.first?["User-Agent"] == nil)
            let address = try WebAddress("http://service.example/x")
            let credential = Credential(header: "X-API-Key", value: "canary-2b7e", origin: address.origin)
            #expect(try await transport.fault(address.description, credential: credential) == .insecure(address.origin))
            #expect(!server.requests.contains { $0.head.contains("canary-2b7e") })
        }
    }

    @Test("a proxy that refuses, or wants to know who asks, is told from a server that does")
    func refusals() async throws {
        try await withServer(proxies: { Proxies(https: nil, http: $0.url, except: nil) }) { (server, transport) async throws in
            server.on(
                "CONNECT *", Answer.status(407).then(.close), Answer.status(403).then(.close), .ended(by: .close),
                Answer.raw("garbage\r\n\r\n").then(.close), .silence)
            let expected = ["the proxy wants a name and a password", "the proxy refused the connection"]
            for reason in expected {
                #expect(try await transport.fault("http://service.example/x") == .connect(reason: reason))
            }
            let limits = LimitTests.limits { $0.connect = .milliseconds(200) }
            for _ in 0..<3 {
                let fault = try #require(try await transport.fault("http://service.example/x", limits: limits))
                #expect(fault.isSurelyUnsent)
            }
            #expect(server.requests.allSatisfy { $0.method == "CONNECT" })
        }
    }

    @Test("this machine, and what the list of exceptions names, is reached without a proxy")
    func exceptions() async throws {
        let nowhere = Proxies(https: nil, http: "127.0.0.1:1", except: nil)
        try await withServer(proxies: { _ in nowhere }) { (server, transport) async throws in
            server.on("GET /x", .json("{}"))
            #expect(try await transport.get(server.url + "/x").text == "{}")
        }
        let proxies = Proxies(
            https: "http://proxy.example:3128", http: "proxy.example",
            except: "direct.example, .below.example,port.example:8443,[::2],10.0.0.1")
        func way(_ address: String) throws -> String? { try proxies.proxy(for: try WebAddress(address).origin)?.description }
        for address in [
            "https://direct.example/", "https://a.direct.example/", "https://below.example/", "https://a.b.below.example/",
            "https://port.example:8443/", "http://[::2]/", "http://10.0.0.1/", "http://localhost/", "https://127.0.0.1/",
        ] {
            #expect(try way(address) == nil, "\(address)")
        }
        for address in ["https://indirect.example/", "https://port.example/", "https://notbelow.example/", "https://direct.example.com/"] {
            #expect(try way(address) == "http://proxy.example:3128", "\(address)")
        }
        #expect(try way("http://indirect.example/") == "http://proxy.example")
        #expect(try Proxies(https: "", http: nil, except: "").proxy(for: WebAddress("https://a/").origin) == nil)
        #expect(try Proxies(https: "http://p", http: nil, except: "*").proxy(for: WebAddress("https://a/").origin) == nil)
    }

    @Test("a proxy whose address cannot be used matters to those requests alone that it would take")
    func unusable() async throws {
        let faults: [(String, AddressFault)] = [
            ("http://user:secret@proxy.example", .userInfo), ("https://proxy.example", .otherScheme("https")),
            ("socks5://proxy.example", .otherScheme("socks5")),
        ]
        for (address, fault) in faults {
            let proxies = Proxies(https: address, http: nil, except: "direct.example")
            let remote = try WebAddress("https://service.example/").origin
            #expect(throws: HTTPFault.badProxy(isSecure: true, fault)) { try proxies.proxy(for: remote) }
            for direct in ["https://direct.example/", "http://service.example/", "https://localhost/"] {
                #expect(try proxies.proxy(for: WebAddress(direct).origin) == nil, "\(direct) beside \(address)")
            }
        }
        try await withServer(proxies: { _ in Proxies(https: nil, http: "https://proxy.example", except: nil) }) { (server, transport) async throws in
            server.on("GET /x", .json("{}"))
            #expect(try await transport.get(server.url + "/x").text == "{}")
            let fault = try await transport.fault("http://service.example/x")
            #expect(fault == .badProxy(isSecure: false, .otherScheme("https")))
        }
    }
}
