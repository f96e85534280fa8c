// What the client, the sockets and TLS report, as the facts of `HTTPFault`. No name of a Swift type gets into a reason.
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import QueryClient
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension HTTPFault {
    /// `isSent` and `received` tell how far the request had come.
    init(_ error: any Error, origin: WebAddress.Origin, isSent: Bool, received: Int) {
        let closed = HTTPFault.closed(sent: isSent, received: received)
        switch error {
        case let fault as HTTPFault: self = fault
        case let error as HTTPClientError: self = HTTPFault.of(error, closed)
        case let error as NIOConnectionError: self = HTTPFault.of(error)
        case is SocketAddressError, is SocketAddressError.UnknownHost: self = .unknownHost(origin.host)
        case let error as IOError: self = isSent ? closed : HTTPFault.of(error)
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            self = isSent ? closed : .tls(reason: HTTPFault.words(tls: error, origin))
        case ChannelError.connectTimeout: self = .connectTimeout
        case HTTPParserError.invalidEOFState, HTTPParserError.closedConnection: self = closed
        case let error as HTTPParserError: self = .malformed(reason: HTTPFault.words(error))
        case let error as NIOHTTPDecoderError where error == .unsolicitedResponse:
            self = .malformed(reason: "bytes behind the end of the answer")
        default: self = closed
        }
    }

    private static func of(_ error: HTTPClientError, _ closed: HTTPFault) -> HTTPFault {
        switch error {
        case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout: .connectTimeout
        case .deadlineExceeded: .timeout
        case .cancelled, .alreadyShutdown: .cancelled
        case .remoteConnectionClosed, .uncleanShutdown: closed
        case .httpProxyHandshakeTimeout: .connectTimeout
        case .proxyAuthenticationRequired: .connect(reason: "the proxy wants a name and a password")
        case .invalidProxyResponse: .connect(reason: "the proxy refused the connection")
        default: .malformed(reason: error.shortDescription)
        }
    }

    private static func of(_ error: IOError) -> HTTPFault {
        error.errnoCode == EMFILE || error.errnoCode == ENFILE ? .outOfFiles : .connect(reason: words(error.errnoCode))
    }

    /// All addresses of a host were tried; the reasons are mostly one and the same.
    private static func of(_ error: NIOConnectionError) -> HTTPFault {
        var reasons: [String] = []
        for failure in error.connectionErrors {
            switch failure.error {
            case let error as IOError:
                guard case .connect(let reason) = of(error) else { return .outOfFiles }
                reasons.append(reason)
            case ChannelError.connectTimeout: return .connectTimeout
            default: break
            }
        }
        if reasons.isEmpty { return .unknownHost(error.host) }
        let distinct = reasons.enumerated().filter { reasons.firstIndex(of: $1) == $0 }.map(\.element)
        return .connect(reason: distinct.joined(separator: ", "))
    }

    private static func words(_ code: CInt) -> String {
        var text = [CChar](repeating: 0, count: 256)
        _ = strerror_r(code, &text, text.count)
        let words = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return words.isEmpty ? "error \(code)" : String(decoding: words, as: UTF8.self)
    }

    private static func words(tls error: any Error, _ origin: WebAddress.Origin) -> String {
        switch error {
        case NIOSSLError.handshakeFailed(let cause): words(cause)
        case let cause as BoringSSLError: words(cause)
        case NIOSSLError.noSuchFilesystemObject, NIOSSLError.failedToLoadCertificate: "the file of trusted certificates cannot be read"
        case NIOSSLError.unableToValidateCertificate, is NIOSSLExtraError: "the certificate is not for \(origin.host)"
        case NIOSSLError.uncleanShutdown: "closed during the handshake"
        default: "the handshake failed"
        }
    }

    /// BoringSSL names its reasons: `error:1000007d:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED at FILE:LINE`.
    private static func words(_ cause: BoringSSLError) -> String {
        guard case .sslError(let stack) = cause, let first = stack.first else { return "the handshake failed" }
        if stack.contains(.eofDuringHandshake) { return "closed during the handshake" }
        let isOfName = { (character: Character) in character.isUppercase || character.isNumber || character == "_" }
        let names = first.description.split(separator: ":").map { $0.prefix(while: isOfName) }
        guard let name = names.last(where: { $0.contains("_") }) else { return "the handshake failed" }
        return name.lowercased().split(separator: "_").joined(separator: " ")
    }

    private static func words(_ error: HTTPParserError) -> String {
        switch error {
        case .headerOverflow: "headers of more than 80 KB each, or more than 256 of them"
        case .invalidVersion: "a version other than HTTP/1"
        case .invalidStatus: "a status that is no number"
        case .invalidHeaderToken: "a character that no header can have"
        case .invalidContentLength: "a Content-Length that is no length"
        case .unexpectedContentLength: "Content-Length more than once or beside Transfer-Encoding"
        case .invalidChunkSize: "a chunk without its size"
        case .lfExpected: "a carriage return without a line feed"
        case .invalidConstant: "something other than HTTP"
        case .trailingGarbage: "bytes behind the end of the answer"
        default: "what is no answer of HTTP/1"
        }
    }
}
