// What a status can mean (N9, N10, N13 to N15, N17, N18, N23).
import FaultServer

extension Fault {
    /// What servers write beside a status, among it what nobody should see.
    private static func body(_ status: Int) -> Answer {
        let blanks = String(repeating: "x", count: 3_000)
        return .json(#"{"status": \#(status), "message": "key \#(Canary.token) \u001b[31m\u202eis \#(status)\n\#(blanks)"}"#, status: status)
    }

    private static func passing(_ status: Int) -> Fault {
        let words = status == 429 ? "is asked too often" : "has an error of its own (\(status))"
        return Fault(status == 429 ? "N10" : "N12", "\(status)", .passing("unavailable", [words]), arrives: status != 429) { _ in body(status) }
    }

    private static func refusal(_ status: Int) -> Fault {
        var otherwise: [Step: Verdict] = [:]
        if [400, 404, 410, 422].contains(status) { otherwise[.probe] = .harmless() }
        if status == 404 || status == 410 {
            for step in [Step.poll, .look] { otherwise[step] = .final("expired", ["no longer knows the job"]) }
            otherwise[.page] = .final("expired", ["is no longer kept"])
        }
        return Fault(
            status == 410 || status == 404 ? "N15, N17" : "N14", "\(status)",
            .final("query-failed", ["refused the request (\(status))", "key … [31mis \(status)"]), arrives: false, otherwise: otherwise
        ) { _ in body(status) }
    }

    private static func redirect(_ status: Int) -> [Fault] {
        let isElsewhere = Verdict.final("unavailable", ["sends on to http://127.0.0.2:9/x, where nothing is sent"])
        let reads = [Step.poll, .page, .look, .probe]
        let stays = Verdict.final("unavailable", ["sends on to http://127.0.0.1:", "/api/moved, where nothing is sent"])
        return [
            Fault("N23", "\(status) to another origin", isElsewhere, arrives: false) { _ in .redirect(to: "http://127.0.0.2:9/x", status: status) },
            Fault("N23", "\(status) of what is no read", stays, at: Step.tried.filter { !reads.contains($0) }, arrives: false) { _ in
                .redirect(to: "/api/moved", status: status)
            },
        ]
    }

    static let ofStatuses: [Fault] =
        [408, 425, 429, 500, 502, 503, 504].map(passing) + [400, 404, 405, 409, 410, 413, 414, 415, 422].map(refusal)
        + [301, 302, 303, 307, 308].flatMap(redirect) + [
            Fault("N12", "505", .final("unavailable", ["has an error of its own (505)"])) { _ in body(505) },
            Fault("N13", "401", .reread("unauthorized", ["does not accept the credential (401)", "it says: key …"]), arrives: false) { _ in body(401) },
            Fault("N14", "403", .final("unauthorized", ["does not allow this to the credential (403)"]), arrives: false) { _ in body(403) },
            Fault(
                "N18", "501", .final("unsupported", ["has no jobs yet"]), at: [.submit, .poll, .page, .save, .look], arrives: false,
                otherwise: [.save: .final("unsupported", ["cannot save queries yet"])]
            ) { _ in body(501) },
            Fault("N31", "a status that nobody has asked for", .final("bad-answer", ["it has the status 304"]), arrives: false) { _ in
                .raw("HTTP/1.1 304 Not Modified\r\n\r\n")
            },
        ]
}
