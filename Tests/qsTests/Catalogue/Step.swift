// The requests of a job, in the order in which the client makes them, each with what a service in order answers.
import FaultServer
import QueryClient

/// How a job comes to its rows; each way has its own requests.
enum Flow: String, CaseIterable {
    /// A submit that bears a key, a job that is polled, two pages.
    case polytomic
    /// A text that is saved, a run without a key, a job that is polled, one page.
    case toolkit
    /// The same where the service has no jobs: one long request.
    case withoutJobs

    var steps: [Step] {
        switch self {
        case .polytomic: [.submit, .poll, .page]
        case .toolkit: [.probe, .save, .run, .look]
        case .withoutJobs: [.refusedProbe, .saveFirst, .whole]
        }
    }
}

/// One request of a flow.
enum Step: String, CaseIterable {
    case submit, poll, page
    case probe, save, run, look
    case refusedProbe, saveFirst, whole

    /// Those at which faults are played: the rest is there for the last of its flow.
    static let tried: [Step] = [.submit, .poll, .page, .probe, .save, .run, .look, .whole]
    /// Those whose answers hold rows.
    static let ofRows: [Step] = [.poll, .page, .look, .whole]

    var flow: Flow {
        switch self {
        case .submit, .poll, .page: .polytomic
        case .probe, .save, .run, .look: .toolkit
        case .refusedProbe, .saveFirst, .whole: .withoutJobs
        }
    }

    /// What the server takes for this request.
    var pattern: String {
        switch self {
        case .submit: "POST /api/connections/c1/query"
        case .poll: "GET /api/queries/q-1"
        case .page: "GET /api/queries/q-1?page=2"
        case .probe, .refusedProbe: "GET /v1/jobs/*"
        case .save, .saveFirst: "POST /v1/save"
        case .run, .whole: "POST /v1/query/qry_9"
        case .look: "GET /v1/jobs/j-1"
        }
    }

    /// Whether a request is this one.
    func takes(_ request: HTTPRequest) -> Bool {
        let target = request.address.target
        switch self {
        case .submit: return target.hasPrefix("/api/connections/")
        case .poll: return target == "/api/queries/q-1"
        case .page: return target == "/api/queries/q-1?page=2"
        case .probe, .refusedProbe: return target.hasPrefix("/v1/jobs/") && !target.hasSuffix("/j-1")
        case .save, .saveFirst: return target == "/v1/save"
        case .run, .whole: return target == "/v1/query/qry_9"
        case .look: return target == "/v1/jobs/j-1"
        }
    }

    /// The JSON of a good answer.
    var text: String {
        switch self {
        case .submit: #"{"data":{"id":"q-1","status":"created"}}"#
        case .poll: pageText(#"{"n":1,"t":"a"},{"n":2,"t":null}"#, link: #""/api/queries/q-1?page=2""#)
        case .page: pageText(#"{"n":3,"t":"c"}"#)
        case .probe, .refusedProbe: #"{"detail":"no such thing"}"#
        case .save, .saveFirst: #"{"query_id":"qry_9","name":"n","status":"saved","created_at":"2026-01-01T00:00:00Z"}"#
        case .run: #"{"query_id":"qry_9","execution_mode":"async","status":"queued","job_id":"j-1"}"#
        case .look, .whole: pageText(#"[1,"a"],[2,null],[3,"c"]"#)
        }
    }

    /// An answer with these rows, of `count` where that is said.
    func pageText(_ rows: String, count: Int? = 3, fields: String = #"["n","t"]"#, link: String = "null") -> String {
        let count = count.map { "\($0)" } ?? "null"
        switch self {
        case .look, .whole:
            let id = self == .look ? #""j-1""# : "null"
            return #"{"query_id":"qry_9","job_id":\#(id),"status":"succeeded","results":{"columns":\#(fields),"rows":[\#(rows)],"row_count":\#(count)}}"#
        default:
            return #"{"data":{"id":"q-1","status":"done","count":\#(count),"fields":\#(fields),"results":[\#(rows)]},"links":{"next":\#(link)}}"#
        }
    }

    var answer: Answer { .json(text, status: self == .probe ? 404 : self == .refusedProbe ? 501 : 200) }

    /// How many requests go before it, and how many there are in all.
    var requestsBefore: Int { flow.steps.firstIndex(of: self) ?? 0 }
    var requestsInAll: Int { flow.steps.count }

    /// Whether it starts something, and whether the service knows a second one for the first.
    var startsJob: Bool { self == .submit || self == .run || self == .whole }
    var isKeyed: Bool { self == .submit }

    static let rows = "n,t\n1,a\n2,\n3,c\n"
}
