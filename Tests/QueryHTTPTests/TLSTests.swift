import FaultServer
import QueryClient
import QueryHTTP
import TestSupport
import Testing

/// `openssl s_server`, which answers every GET with a page about the connection.
private struct TLSServer {
    static let openssl = "/usr/bin/openssl"
    static var isHere: Bool { Files.bytes(openssl) != nil }

    let certificate: String
    let port: Int
    private let folder: ScratchFolder
    private let process: PseudoTerminal

    /// The certificate is its own authority and valid from now for `days`.
    init(name: String = "DNS:localhost,IP:127.0.0.1", days: Int = 2, options: [String] = []) throws {
        folder = try ScratchFolder()
        let (key, request) = (folder.path("key.pem"), folder.path("request.pem"))
        let names = try folder.write("names", "subjectAltName=\(name)")
        certificate = folder.path("certificate.pem")
        let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        try TLSServer.run(["req", "-new"] + curve + ["-subj", "/CN=qs", "-keyout", key, "-out", request])
        try TLSServer.run(
            ["x509", "-req", "-in", request, "-signkey", key, "-days", "\(days)", "-extfile", names, "-out", certificate])
        process = try PseudoTerminal(
            TLSServer.openssl, ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, "-www"] + options)
        guard process.wait(until: "ACCEPT "), process.wait(until: "\n") else { throw TLSServerError.noServer(process.output) }
        let line = process.output.split(whereSeparator: \.isNewline).first { $0.contains("ACCEPT ") } ?? ""
        port = Int(line.split(separator: ":").last ?? "") ?? 0
    }

    private static func run(_ arguments: [String]) throws {
        let result = try Command(openssl, arguments).run()
        guard result.ending == .exited(0) else { throw TLSServerError.noCertificate(result.error) }
    }
}

private enum TLSServerError: Error {
    case noServer(String)
    case noCertificate(String)
}

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
