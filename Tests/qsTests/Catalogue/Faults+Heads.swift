// What the head of an answer can say (N5, N6, N22, N23, N30 to N33).
import FaultServer

extension Fault {
    /// A head with these lines in place of those that tell the length, and the body that the step has.
    private static func head(_ id: String, _ lines: String, _ verdict: Verdict = .final("unavailable", ["no proper HTTP"])) -> Fault {
        let name = lines.split(separator: "\r\n").joined(separator: " and ")
        return Fault(id, "a head with \(name.debugDescription)", verdict, at: Step.tried.filter { $0 != .probe }) {
            Answer.raw("HTTP/1.1 200 OK\r\n\(lines)\r\n\r\n\($0.text)").then(.close)
        }
    }

    /// A head with a line more.
    private static func line(_ line: String) -> Fault {
        Fault("N30", "a header \(line.debugDescription)", .final("unavailable", ["no proper HTTP"]), at: Step.tried.filter { $0 != .probe }) {
            Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: \($0.text.utf8.count)\r\n\(line)\r\n\r\n\($0.text)").then(.close)
        }
    }

    static let ofHeads: [Fault] = [
        head("N6", "Content-Length: -1"), head("N6", "Content-Length: 1\(String(repeating: "0", count: 30))"),
        head("N6", "Content-Length: 20\r\nContent-Length: 21"), head("N6", "Content-Length: 20\r\nTransfer-Encoding: chunked"),
        line("X: a\0b"), line("X: a\rb"), line("X: a\r\n folded"), line("X Y: z"),
        Fault("N30", "a header of 5 MB", .final("unavailable", ["no proper HTTP"])) { _ in
            .repeated(head: "HTTP/1.1 200 OK\r\nX: ", [UInt8](repeating: 0x61, count: 1 << 16), times: 80)
        },
        Fault("N30", "a hundred thousand headers", .final("unavailable", ["no proper HTTP"])) { _ in
            .repeated(head: "HTTP/1.1 200 OK\r\n", Array("X: y\r\n".utf8), times: 100_000)
        },
        Fault("N31", "interim answers first", .harmless()) {
            .raw(Array("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".utf8) + $0.answer.bytes)
        },
        Fault("N31", "a flood of interim answers", .final("unavailable", ["more than 16 interim answers"])) { _ in
            .repeated(head: "", Array("HTTP/1.1 102 Processing\r\n\r\n".utf8), times: 100_000)
        },
        Fault("N31", "a success without a body", .passing("bad-answer", ["it ends in the middle, at byte 0"])) { _ in .body([]) },
        Fault("N31", "no content", .passing("bad-answer", ["it ends in the middle, at byte 0"])) { _ in
            .raw("HTTP/1.1 204 No Content\r\n\r\n")
        },
        Fault("N32", "a page to log in", .final("bad-answer", ["text/html", "<html> <b>[31mLog in …"])) { _ in
            .body(Array("<html>\n<b>\u{1b}[31mLog in \(Canary.token)".utf8), type: "text/html; charset=utf-8")
        },
        Fault("N32", "text that is no JSON", .final("bad-answer", ["text/plain", "upstream says no"])) { _ in
            .body(Array("upstream says no".utf8), type: "text/plain")
        },
        Fault("N33", "a mark of UTF-8 before the JSON", .harmless()) { .json("\u{feff}" + $0.text, status: $0 == .probe ? 404 : 200) },
        Fault("N33", "UTF-16", .passing("bad-answer", []), at: Step.ofRows) { step in
            .body(step.text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
        },
        Fault("N33", "ISO 8859-1, and said so", .passing("bad-answer", ["UTF-8"]), at: Step.ofRows) { step in
            let text = Array(step.text.utf8).flatMap { $0 == UInt8(ascii: "a") ? [0xe9] : [$0] }
            return .body(text, type: "application/json; charset=iso-8859-1")
        },
    ]
}
