// What the server does with a request: bytes, waits and ends, in order.

/// How the body of an answer is delimited and encoded.
public enum Framing: String, Sendable, CaseIterable {
    case length, chunked, closeDelimited, gzip, chunkedGzip
}

/// How a connection ends.
public enum Hangup: Sendable, CaseIterable {
    /// As a program that closes properly: FIN.
    case close
    /// As one that died: RST.
    case reset
}

/// One answer, made of steps.
public struct Answer: Sendable {
    enum Step: Sendable {
        case bytes([UInt8])
        case wait(Gate)
        case drip([UInt8], every: Duration)
        /// The bytes again and again.
        case repeated([UInt8], times: Int)
        case end(Hangup)
        /// Nothing more, until the client goes.
        case silence
    }

    var steps: [Step]
    /// How many of the first bytes are the head.
    public private(set) var headCount = 0

    /// A body with its head.
    public static func body(
        _ body: [UInt8], type: String = "application/json", status: Int = 200, headers: [(String, String)] = [],
        framing: Framing = .length
    ) -> Answer {
        var fields = [("Content-Type", type)] + headers
        var sent = body
        if framing == .gzip || framing == .chunkedGzip {
            fields.append(("Content-Encoding", "gzip"))
            sent = Deflated.gzip(body)
        }
        switch framing {
        case .length, .gzip: fields.append(("Content-Length", "\(sent.count)"))
        case .chunked, .chunkedGzip:
            fields.append(("Transfer-Encoding", "chunked"))
            sent = Answer.chunked(sent)
        case .closeDelimited: break
        }
        let version = framing == .closeDelimited ? "1.0" : "1.1"
        let lines = ["HTTP/\(version) \(status) \(Answer.reasons[status] ?? "Status")"] + fields.map { "\($0): \($1)" } + ["", ""]
        let head = Array(lines.joined(separator: "\r\n").utf8)
        let end: [Step] = framing == .closeDelimited ? [.end(.close)] : []
        return Answer(steps: [.bytes(head + sent)] + end, headCount: head.count)
    }

    /// JSON text with its head.
    public static func json(_ text: String, status: Int = 200, headers: [(String, String)] = [], framing: Framing = .length) -> Answer {
        body(Array(text.utf8), status: status, headers: headers, framing: framing)
    }

    /// A status with the JSON object that services send beside it.
    public static func status(_ status: Int, headers: [(String, String)] = []) -> Answer {
        json(#"{"status": \#(status), "message": "\#(reasons[status] ?? "Status")"}"#, status: status, headers: headers)
    }

    /// A redirect.
    public static func redirect(to location: String, status: Int = 302) -> Answer { .status(status, headers: [("Location", location)]) }

    /// These bytes and no other; the connection stays open.
    public static func raw(_ bytes: [UInt8]) -> Answer { Answer(steps: [.bytes(bytes)]) }
    public static func raw(_ text: String) -> Answer { raw(Array(text.utf8)) }
    /// A head, then `bytes` that often.
    public static func repeated(head: String, _ bytes: [UInt8], times: Int) -> Answer {
        Answer(steps: [.bytes(Array(head.utf8)), .repeated(bytes, times: times)], headCount: head.utf8.count)
    }
    /// No byte, and the connection stays open.
    public static let silence = Answer(steps: [.silence])
    /// The connection ends without a byte.
    public static func ended(by ending: Hangup) -> Answer { Answer(steps: [.end(ending)]) }

    /// Only the first `count` bytes, head included, then the end of the connection.
    public func cut(at count: Int, by ending: Hangup) -> Answer {
        Answer(steps: [.bytes(Array(bytes.prefix(count))), .end(ending)], headCount: min(count, headCount))
    }
    /// Only the head and the first `count` bytes behind it, then the end of the connection.
    public func cutBody(at count: Int, by ending: Hangup) -> Answer { cut(at: headCount + count, by: ending) }
    /// All of it, then the end of the connection.
    public func then(_ ending: Hangup) -> Answer { Answer(steps: steps + [.end(ending)], headCount: headCount) }
    /// The first `count` bytes, head included, and the rest once the gate is open.
    public func held(at count: Int = 0, by gate: Gate) -> Answer {
        let all = bytes
        return Answer(
            steps: [.bytes(Array(all.prefix(count))), .wait(gate), .bytes(Array(all.dropFirst(count)))] + steps.dropFirst(),
            headCount: headCount)
    }
    /// The head at once, then a byte at a time.
    public func dripping(every pause: Duration) -> Answer {
        let all = bytes
        return Answer(
            steps: [.bytes(Array(all.prefix(headCount))), .drip(Array(all.dropFirst(headCount)), every: pause)], headCount: headCount)
    }
    /// The head and the first `count` bytes behind it, then nothing, until the client goes.
    public func stalled(at count: Int) -> Answer {
        Answer(steps: [.bytes(Array(bytes.prefix(headCount + count))), .silence], headCount: headCount)
    }

    /// The bytes of the first step: all there are, in an answer with a body.
    public var bytes: [UInt8] {
        if case .bytes(let bytes)? = steps.first { bytes } else { [] }
    }
    /// How many bytes stand behind the head.
    public var bodyCount: Int { bytes.count - headCount }

    /// Chunks of at most a thousand bytes.
    static func chunked(_ body: [UInt8]) -> [UInt8] {
        var sent: [UInt8] = []
        for start in stride(from: 0, to: body.count, by: 1_000) {
            let piece = body[start..<min(start + 1_000, body.count)]
            sent += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [13, 10]
        }
        return sent + Array("0\r\n\r\n".utf8)
    }

    private static let reasons = [
        200: "OK", 202: "Accepted", 204: "No Content", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
        404: "Not Found", 407: "Proxy Authentication Required", 409: "Conflict", 410: "Gone", 422: "Unprocessable Content",
        429: "Too Many Requests", 500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
    ]
}
