// A request in the client's own types, with the headers that every request has.
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import QueryClient

/// A request that may leave: its headers are such that HTTP can carry them, and its credential goes to its own origin.
struct OutgoingRequest: Sendable {
    let request: HTTPClient.Request
    let origin: WebAddress.Origin

    /// Headers that say where a message ends or who asks. A caller's own would get past what is decided here.
    private static let reserved: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer", "expect",
        "accept-encoding", "authorization", "proxy-authorization", "cookie",
    ]

    init(_ given: HTTPRequest, _ options: TransportOptions) throws(HTTPFault) {
        origin = given.address.origin
        var headers = HTTPHeaders()
        headers.add(name: "Host", value: origin.authority)
        headers.add(name: "User-Agent", value: options.userAgent)
        headers.add(name: "Accept-Encoding", value: "gzip, deflate")
        for header in given.headers {
            guard !OutgoingRequest.reserved.contains(header.name.lowercased()) else { throw .badHeader(name: header.name) }
            try OutgoingRequest.add(header, to: &headers)
        }
        if !headers.contains(name: "Accept") { headers.add(name: "Accept", value: "application/json") }
        if let credential = given.credential {
            guard let header = credential.header(for: given.address) else { throw .insecure(origin) }
            try OutgoingRequest.add(header, to: &headers)
        }
        do {
            let body = given.body.map { HTTPClient.Body.byteBuffer(ByteBuffer(bytes: $0)) }
            request = try HTTPClient.Request(
                url: given.address.description, method: HTTPMethod(rawValue: given.method.rawValue), headers: headers, body: body)
        } catch {
            // An address that was read by `WebAddress` is one for everybody.
            throw .malformed(reason: "an address that is none")
        }
    }

    /// A name is a token (RFC 9110, 5.6.2), a value has no control character but the tab. The value may be a secret: no fault has it.
    private static func add(_ header: HTTPHeader, to headers: inout HTTPHeaders) throws(HTTPFault) {
        let isToken = { (byte: UInt8) in byte > 0x20 && byte < 0x7f && !"\"(),/:;<=>?@[\\]{}".utf8.contains(byte) }
        guard !header.name.isEmpty, header.name.utf8.allSatisfy(isToken),
            header.value.utf8.allSatisfy({ $0 == 9 || $0 >= 0x20 && $0 != 0x7f })
        else { throw .badHeader(name: header.name) }
        headers.add(name: header.name, value: header.value)
    }
}
