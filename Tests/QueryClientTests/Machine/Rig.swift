// A machine with a clock of its own, whose actions are written down as words.
import QueryFormats
@testable import QueryClient

/// One machine under test.
struct Rig {
    var machine: JobMachine
    var bucket = RetryBucket()
    /// Microseconds since the beginning.
    var now: Int64 = 0
    /// The call that is on its way, and those that were.
    var flight: Int?
    var calls: [JobCall] = []
    var errors: [ServiceError] = []
    var notices: [ServiceNotice] = []
    /// Every action so far.
    var log: [String] = []

    static let base = WebAddress(origin: WebAddress.Origin(isSecure: true, host: "service.test", port: 443), target: "/")
    /// 2026-01-01T00:00:00Z.
    static let epoch: Int64 = 1_767_225_600_000_000

    init(
        _ kind: ServiceKind = .polytomic, _ purpose: JobMachine.Purpose = .run(saves: false, hasJobs: true), allowed: Int64? = nil,
        poll: Int64? = nil, status: JobStatus = .queued, seed: UInt64 = 1, pageLimit: Int = 100_000
    ) {
        var service = ServiceDescription(name: "far", kind: kind, url: Rig.base)
        service.poll = poll
        let snapshot = JobSnapshot(id: JobID("job_key"), query: nil, service: "far", status: status, created: Rig.epoch)
        var rules = ServiceRules(service, looked: "the environment")
        rules.pageLimit = pageLimit
        machine = JobMachine(purpose, snapshot, rules, allowed: allowed, seed: seed)
    }

    @discardableResult
    mutating func tell(_ event: JobEvent) -> [String] {
        let actions = machine.handle(event, at: Moment(steady: now, wall: Rig.epoch + now), bucket: &bucket)
        let words = actions.map { note($0) }
        log += words
        return words
    }

    private mutating func note(_ action: JobAction) -> String {
        switch action {
        case .send(let call):
            flight = call.number
            calls.append(call)
            return "send " + Rig.name(call.step) + (call.rereads ? " anew" : "") + (call.address.map { " to \($0.target)" } ?? "")
        case .abort: return "abort"
        case .dropRows: return "drop"
        case .record: return "record"
        case .reached(let want): return "reached \(want)"
        case .gaveUp(let error):
            errors.append(error)
            return "gave up"
        case .cannotCancel: return "cannot cancel"
        case .saved(let id): return "saved \(id)"
        case .learned(let hasJobs): return hasJobs ? "has jobs" : "has no jobs"
        case .notice(let notice):
            notices.append(notice)
            return "notice"
        }
    }

    static func name(_ step: JobStep) -> String {
        switch step {
        case .probe: "probe"
        case .save: "save"
        case .submit(.job): "submit"
        case .submit(.whole): "whole"
        case .poll: "poll"
        case .page(let address): address.target
        }
    }

    /// Where a call goes.
    static func address(of call: JobCall) -> WebAddress {
        if let address = call.address { return address }
        let target = switch call.step {
        case .page(let address): address.target
        case .probe, .poll: "/jobs/j1"
        case .save: "/save"
        case .submit: "/run?text=select"
        }
        return WebAddress(origin: base.origin, target: target)
    }

    @discardableResult
    mutating func want(_ want: JobWant) -> [String] { tell(.want(want)) }

    /// Answers the call that is on its way.
    @discardableResult
    mutating func answer(_ status: Int = 200, _ headers: [String: String] = [:], _ facts: AnswerFacts = AnswerFacts()) -> [String] {
        answer(status, headers, .success(facts))
    }

    @discardableResult
    mutating func answer(_ facts: AnswerFacts) -> [String] { answer(200, [:], .success(facts)) }

    @discardableResult
    mutating func answer(_ status: Int, _ headers: [String: String], _ body: Result<AnswerFacts, AnswerFault>) -> [String] {
        let number = flight ?? -1
        flight = nil
        let address = calls.last.map { Rig.address(of: $0) } ?? Rig.base
        return tell(.answered(number, from: address, HTTPResponseHead(status: status, headers: headers.map { HTTPHeader($0.key, $0.value) }), body))
    }

    @discardableResult
    mutating func fail(_ fault: HTTPFault) -> [String] {
        let number = flight ?? -1
        flight = nil
        return tell(.failed(number, fault))
    }

    /// Lets time go on to where the machine wants to be asked again; gives how long that was, in microseconds.
    @discardableResult
    mutating func pass() -> Int64? {
        guard let due = machine.due else { return nil }
        let passed = due - now
        now = max(now, due)
        tell(.tick)
        return passed
    }

    /// A job that the service has taken as `j1`.
    static func accepted(_ kind: ServiceKind = .polytomic, allowed: Int64? = nil, poll: Int64? = nil, seed: UInt64 = 1) -> Rig {
        var rig = Rig(kind, allowed: allowed, poll: poll, seed: seed)
        rig.want(.acceptance)
        rig.answer(.job("j1", .queued))
        return rig
    }
}

extension AnswerFacts {
    static func job(_ id: String?, _ status: JobStatus) -> AnswerFacts {
        var facts = AnswerFacts()
        facts.id = id
        facts.state = .status(status)
        return facts
    }

    /// A page of a job that has succeeded.
    static func page(_ rows: Int, of declared: Int? = nil, next: String? = nil, id: String? = "j1") -> AnswerFacts {
        var facts = AnswerFacts.job(id, .succeeded)
        facts.rows = rows
        facts.declared = declared
        facts.next = next
        facts.columns = ["a"]
        return facts
    }

    static func saying(_ message: String) -> AnswerFacts {
        var facts = AnswerFacts()
        facts.message = message
        return facts
    }
}
