import FaultServer
import QueryClient
import QueryHTTP
import TestSupport
import Testing

@Suite("TLS", .enabled(if: TLSServer.isHere, "needs /usr/bin/openssl"))
struct TLSTests {
    /// The fault of asking a server that is trusted but for what the test is about.
    private static func fault(_ server: TLSServer, host: String = "127.0.0.1", trusted: Bool = true) async throws -> HTTPFault? {
        let transport = AsyncHTTPTransport(
            TransportOptions(userAgent: "qs/test", certificates: trusted ? server.certificate : nil))
        let fault = try await transport.fault("https://\(host):\(server.port)/")
        await transport.close()
        return fault
    }

    @Test("a server whose certificate is trusted is asked, by its name and by its address")
    func trusted() async throws {
        let server = try TLSServer()
        #expect(try await TLSTests.fault(server) == nil)
        #expect(try await TLSTests.fault(server, host: "localhost") == nil)
    }

    @Test("a certificate that nobody vouches for, of another host, or whose time is over ends the request unsent")
    func untrusted() async throws {
        let unknown = try await TLSTests.fault(try TLSServer(), trusted: false)
        #expect(unknown == .tls(reason: "certificate verify failed"))
        #expect(unknown?.isSurelyUnsent == true)
        let expired = try await TLSTests.fault(try TLSServer(days: -1))
        #expect(expired == .tls(reason: "certificate verify failed"))
        let other = try await TLSTests.fault(try TLSServer(name: "DNS:example.com"))
        #expect(other == .tls(reason: "the certificate is not for 127.0.0.1"))
        let named = try await TLSTests.fault(try TLSServer(name: "DNS:example.com"), host: "localhost")
        #expect(named == .tls(reason: "the certificate is not for localhost"))
    }

    @Test("old versions of TLS are refused")
    func versions() async throws {
        let server = try TLSServer(options: ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"])
        guard case .tls(let reason)? = try await TLSTests.fault(server) else {
            Issue.record("spoke TLS 1.1")
            return
        }
        #expect(reason == "tlsv1 alert protocol version")
    }

    @Test("a server that hangs up in the handshake is said to do so, and plain http is not tried", arguments: Hangup.allCases)
    func handshakes(hangup: Hangup) async throws {
        let server = try FaultServer(hangingUp: hangup)
        defer { server.stop() }
        let transport = AsyncHTTPTransport(TransportOptions(userAgent: "qs/test"))
        let fault = try await transport.fault("https://127.0.0.1:\(server.port)/")
        #expect(fault == (hangup == .close ? .tls(reason: "closed during the handshake") : .connect(reason: "Connection reset by peer")))
        #expect(server.connections == 1)
        await transport.close()
    }

    @Test("a file of certificates that is not there is named as the cause")
    func missingFile() async throws {
        let transport = AsyncHTTPTransport(TransportOptions(userAgent: "qs/test", certificates: "/nonexistent/certificates.pem"))
        let fault = try await transport.fault("https://127.0.0.1:9/")
        #expect(fault == .tls(reason: "the file of trusted certificates cannot be read"))
        await transport.close()
    }
}
