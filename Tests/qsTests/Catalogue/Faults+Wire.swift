// What can happen to the bytes of an answer on their way (N1 to N8, N24, N25, N34).
import FaultServer

extension Fault {
    /// Every step but the probe, whose answer is an error's and is not read as a page.
    private static let ofPages = Step.tried.filter { $0 != .probe }

    /// A body that breaks off at its first byte, in its middle and before its last byte.
    private static func cuts(_ id: String, _ name: String, _ words: [String], _ framing: Framing, by ending: Hangup) -> [Fault] {
        [("at its first byte", 0), ("in its middle", 0.5), ("before its last byte", 1)].map { place, share in
            Fault(id, "\(name) \(place)", .passing("unavailable", words), at: ofPages) { step in
                let whole = Answer.json(step.text, framing: framing)
                return whole.cutBody(at: Int(share * Double(whole.bodyCount - 1)), by: ending)
            }
        }
    }

    static let ofTheWire: [Fault] =
        cuts("N1", "a reset", ["does not answer: "], .length, by: .reset)
        + cuts("N2", "an end before the length is there,", ["does not answer: "], .length, by: .close)
        + cuts("N3", "a chunked body without its last chunk, ended", ["does not answer: "], .chunked, by: .close) + [
            Fault("N1", "a reset in place of an answer", .passing("unavailable", ["the connection was closed without an answer"])) { _ in
                .ended(by: .reset)
            },
            Fault("N4", "a body that ends where the connection does, in its middle", .passing("bad-answer", ["it ends in the middle, at byte"]), at: ofPages) {
                let whole = Answer.json($0.text, framing: .closeDelimited)
                return whole.cutBody(at: whole.bodyCount / 2, by: .close)
            },
            Fault("N4", "a body that ends where the connection does, a byte too soon", .passing("bad-answer", ["it ends in the middle, at byte"]), at: ofPages) {
                let whole = Answer.json($0.text, framing: .closeDelimited)
                return whole.cutBody(at: whole.bodyCount - 1, by: .close)
            },
            Fault("N5", "a body longer than its length", .final("unavailable", ["no proper HTTP"]), at: ofPages) {
                .raw("HTTP/1.1 200 OK\r\nContent-Length: \($0.text.utf8.count)\r\n\r\n\($0.text)HTTP/1.1 200 OK\r\n\r\n")
            },
            Fault("N7", "a bomb of gzip", .final("unavailable", ["once it is unpacked"]), at: ofPages) { step in
                let blanks = [UInt8](repeating: UInt8(ascii: " "), count: 8 << 20)
                return .body(Array(step.text.utf8) + blanks, framing: .gzip)
            },
            Fault("N7", "gzip within gzip", .final("unavailable", ["packed as gzip, gzip"]), at: ofPages) {
                .body(Deflated.gzip(Deflated.gzip(Array($0.text.utf8))), headers: [("Content-Encoding", "gzip, gzip")])
            },
            Fault("N8", "an encoding that nobody asked for", .final("unavailable", ["packed as br"]), at: ofPages) {
                .json($0.text, headers: [("Content-Encoding", "br")])
            },
            Fault("N8", "gzip that is none", .passing("unavailable", ["the answer's gzip is damaged"]), at: ofPages) {
                .json($0.text, headers: [("Content-Encoding", "gzip")])
            },
            Fault("N8", "gzip with a byte changed", .passing("unavailable", ["the answer's gzip is damaged"]), at: ofPages) {
                var packed = Deflated.gzip(Array($0.text.utf8))
                packed[packed.count - 6] ^= 1
                return .body(packed, headers: [("Content-Encoding", "gzip")])
            },
            Fault("N8", "gzip that ends too soon", .passing("unavailable", ["the answer's gzip is damaged"]), at: ofPages) {
                .body(Deflated.gzip(Array($0.text.utf8)).dropLast(9), headers: [("Content-Encoding", "gzip")])
            },
            Fault("N24", "a body that comes a byte at a time", .passing("unavailable", ["the answer comes too slowly"]), at: ofPages, isStuck: true) {
                Answer.json($0.text).dripping(every: .milliseconds(20))
            },
            Fault("N25", "no answer", .passing("unavailable", ["no answer has begun in time"]), isStuck: true) { _ in .silence },
            Fault("N25", "a head that never ends", .passing("unavailable", ["no answer has begun in time"]), isStuck: true) { step in
                step.answer.held(at: 30, by: Gate())
            },
            Fault("N34", "a connection that is closed behind every answer", .harmless()) { $0.answer.then(.close) },
        ]
}
