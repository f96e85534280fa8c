// Answers that come whole and are not what the service promises (N16, N18 to N22, N35, N36).
import FaultServer

extension Fault {
    private static let refused = Verdict.final("bad-answer", [])

    /// A status word of a job that has not ended.
    private static func status(_ word: String) -> Fault {
        let name = word == "null" ? "does not tell the state of the job" : "calls the state of the job"
        return Fault("N16", "a job that is \(word)", .lingering([name, "it is taken for running"]), at: [.poll, .look]) { step in
            step == .poll ? .json(#"{"data":{"id":"q-1","status":\#(word)}}"#) : .json(#"{"job_id":"j-1","status":\#(word)}"#)
        }
    }

    /// A first page whose link to the next one is `link`.
    private static func link(_ id: String, _ name: String, _ words: [String], _ link: String) -> Fault {
        Fault(id, "a next page that is \(name)", .final("bad-answer", words), at: [.poll]) { step in
            .json(step.pageText(#"{"n":1,"t":"a"}"#, link: "\"\(link)\""))
        }
    }

    static let ofAnswers: [Fault] = [
        status(#""PAUSED""#), status("null"), status("7"),
        Fault("N16", "a job without a status", .lingering(["does not tell the state of the job"]), at: [.poll, .look]) { step in
            step == .poll ? .json(#"{"data":{"id":"q-1"}}"#) : .json(#"{"job_id":"j-1"}"#)
        },
        Fault("N16", "a status that is a record", .lingering(["calls the state of the job"]), at: [.poll]) { _ in
            .json(#"{"data":{"id":"q-1","status":{"word":"done"}}}"#)
        },
        Fault("N17", "a job whose result was lost", .final("query-failed", ["has lost its result"]), at: [.poll]) { _ in
            .json(#"{"data":{"id":"q-1","status":"unknown"}}"#)
        },
        Fault("N19", "a page that has come already, under another link", .final("bad-answer", ["has 3 rows, and gives 4"]), at: [.page]) { step in
            .json(step.pageText(#"{"n":1,"t":"a"},{"n":2,"t":null}"#))
        },
        Fault("N20", "a page that links to itself", .final("bad-answer", ["one that was there already"]), at: [.page]) { step in
            .json(step.pageText("", link: #""?page=2""#))
        },
        Fault("N20", "a page that links back", .final("bad-answer", ["one that was there already"]), at: [.page]) { step in
            .json(step.pageText("", link: #""/api/queries/q-1?page=2""#))
        },
        Fault("N21", "a gap", .final("bad-answer", ["has 3 rows, and gives 2"]), at: [.page]) { step in .json(step.pageText("")) },
        Fault("N21", "a count that is too low", .final("bad-answer", ["has 1 rows"]), at: Step.ofRows, arrives: false) { step in
            .json(step == .look || step == .whole ? step.pageText(#"[1,"a"],[2,null]"#, count: 1) : step.pageText(#"{"n":1},{"n":2}"#, count: 1))
        }.with(.final("bad-answer", ["has 3 rows, and gives 1"]), at: .page),
        Fault("N21", "a count that changes", .final("bad-answer", ["has 3 rows, and gives 4"]), at: [.page]) { step in
            .json(step.pageText(#"{"n":3,"t":"c"}"#, count: 4))
        },
        Fault("N21", "rows in one page that should have had more", .final("bad-answer", ["has 3 rows, and gives 2"]), at: [.poll, .look]) { step in
            .json(step.pageText(step == .poll ? #"{"n":1,"t":"a"},{"n":2,"t":null}"# : #"[1,"a"],[2,null]"#))
        },
        link("N22", "at another host", ["elsewhere: http://127.0.0.2:9/x"], "http://127.0.0.2:9/x"),
        link("N22", "at another host, without a scheme", ["elsewhere: http://127.0.0.2:9/x"], "//127.0.0.2:9/x"),
        link("N22", "at another port", ["elsewhere: http://127.0.0.1:9/x"], "http://127.0.0.1:9/x"),
        link("N22", "of another scheme", ["elsewhere: https://127.0.0.1"], "https://127.0.0.1/x"),
        link("N22", "a file", ["no proper address"], "file:///etc/passwd"),
        link("N22", "an address with a name in it", ["no proper address"], "http://user@127.0.0.1:9/x"),
        link("N22", "two lines", ["no proper address"], #"/x\r\nX: y"#),
        Fault("N35", "an answer about another job", .final("bad-answer", ["it is about the job other"]), at: [.poll, .page, .look]) { step in
            step == .look ? .json(#"{"job_id":"other","status":"running"}"#) : .json(#"{"data":{"id":"other","status":"done","results":[]}}"#)
        },
        Fault("N35", "a submit that is answered without an id", .final("unavailable", ["lacks `id`"]), at: [.submit, .run]) { _ in
            .json(#"{"data":{"status":"created"},"status":"queued"}"#)
        },
        Fault("N35", "a save that is answered without an id", .final("bad-answer", ["lacks `query_id`"]), at: [.save]) { _ in .json(#"{"status":"saved"}"#) },
        Fault("N36", "an error within a success", .final("query-failed", ["worker lost: key …"]), at: [.poll, .page, .look]) { step in
            let error = #""worker lost: key \#(Canary.token)\u001b[31m""#
            let job = #""status":"failed","error":\#(error)}"#
            return .json(step == .look ? #"{"job_id":"j-1",\#(job)"# : #"{"data":{"id":"q-1",\#(job)}"#)
        },
        Fault(
            "N36", "JSON that is no object", .final("bad-answer", ["it is not an object"]), at: [.submit, .poll, .page, .save, .run, .look]
        ) { _ in .json("[1]") },
    ]

    /// The fault with another verdict at one step.
    private func with(_ verdict: Verdict, at step: Step) -> Fault {
        var fault = self
        fault.otherwise[step] = verdict
        return fault
    }
}
