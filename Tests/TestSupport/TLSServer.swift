// A server with a certificate of the test's own, as openssl makes both.

/// `openssl s_server` on loopback, which answers every GET with a page about the connection. It ends with this value.
public struct TLSServer {
    public static let openssl = "/usr/bin/openssl"
    /// Whether there is such a program.
    public static var isHere: Bool { Files.bytes(openssl) != nil }

    /// The file of the certificate.
    public let certificate: String
    public let port: Int
    private let folder: ScratchFolder
    private let process: PseudoTerminal

    /// The certificate is its own authority and valid from now for `days`.
    public init(name: String = "DNS:localhost,IP:127.0.0.1", days: Int = 2, options: [String] = []) throws {
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

/// Why there is no server, in the words of the program.
public enum TLSServerError: Error {
    case noServer(String)
    case noCertificate(String)
}
