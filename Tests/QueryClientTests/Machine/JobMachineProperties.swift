// What holds whatever happens: bounded requests, one submit, an end; the same for the same seed.
import QueryFormats
import QueryFrames
import Testing
@testable import QueryClient

/// A service, a network and a user that do anything at all.
private struct Chaos {
    var rig: Rig
    var random: SeededNumbers
    /// What became of the last submit, where it cannot have started anything.
    var submits = 0
    var doubles = 0
    private var mayHaveStarted = false
    private let isKeyed: Bool

    init(_ kind: ServiceKind, _ purpose: JobMachine.Purpose, seed: UInt64) {
        random = SeededNumbers(seed: seed)
        rig = Rig(kind, purpose, allowed: seed % 3 == 0 ? 40_000_000 : nil, seed: seed ^ 0x5eed)
        isKeyed = kind == .polytomic
    }

    mutating func number(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

    /// One event that fits the state, or does not.
    mutating func step() {
        let calls = rig.calls.count
        switch number(0..<10) {
        case 0: rig.want(JobWant.allCases.randomElement(using: &random) ?? .end)
        case 1: rig.tell(.tick)
        case 2 where number(0..<20) == 0: rig.tell(.cancel)
        case 3: rig.tell(.answered(number(0..<50), from: Rig.base, HTTPResponseHead(status: 200, headers: []), .success(facts())))
        case 4...6: if rig.pass() == nil, rig.flight != nil { reply() }
        default: if rig.flight != nil { reply() } else { rig.pass() }
        }
        count(from: calls)
    }

    /// Answers what is on its way, somehow.
    mutating func reply() {
        let isSubmit = rig.calls.last?.step.isSubmit ?? false
        switch number(0..<6) {
        case 0, 1:
            let fault: HTTPFault = [
                .connect(reason: "refused"), .closed(sent: true, received: 7), .closed(sent: false, received: 0), .timeout, .tls(reason: "x"),
            ][number(0..<5)]
            if isSubmit { mayHaveStarted = mayHaveStarted || !fault.isSurelyUnsent }
            rig.fail(fault)
        case 2:
            let status = [301, 400, 401, 403, 404, 410, 429, 500, 501, 503][number(0..<10)]
            if isSubmit { mayHaveStarted = mayHaveStarted || [500, 503].contains(status) }
            let headers = number(0..<3) == 0 ? ["Retry-After": "\(number(0..<100))", "Location": "/else"] : [:]
            rig.answer(status, headers, AnswerFacts())
        case 3 where number(0..<3) == 0:
            if isSubmit { mayHaveStarted = true }
            rig.answer(200, [:], .failure(.damaged(.incomplete(offset: 3))))
        default:
            if isSubmit { mayHaveStarted = true }
            rig.answer(facts())
        }
    }

    mutating func facts() -> AnswerFacts {
        var facts = AnswerFacts()
        let id = rig.machine.snapshot.id.text
        facts.id = number(0..<12) == 0 ? nil : id == "job_key" ? "j1" : number(0..<20) == 0 ? "j2" : id
        facts.query = number(0..<8) == 0 ? nil : "qry_1"
        facts.state = [
            nil, .other("PAUSED"), .status(.queued), .status(.running), .status(.running), .status(.succeeded), .status(.succeeded),
            .status(.failed), .status(.unknown),
        ][number(0..<9)]
        facts.rows = number(0..<4) == 0 ? nil : number(0..<5)
        facts.declared = number(0..<3) == 0 ? number(0..<9) : nil
        facts.next = number(0..<2) == 0 ? "?page=\(number(0..<40))" : nil
        return facts
    }

    private mutating func count(from calls: Int) {
        for call in rig.calls[calls...] where call.step.isSubmit {
            submits += 1
            if mayHaveStarted, !isKeyed { doubles += 1 }
        }
    }

    /// Whether the machine is in a state that it cannot be in.
    var fault: String? {
        let machine = rig.machine
        if machine.flight != nil, machine.due != nil { return "it waits for an answer and for a moment" }
        if machine.step == nil, machine.flight != nil { return "an answer would be to nothing" }
        if machine.snapshot.status.isTerminal, machine.snapshot.status != .succeeded, machine.pages != nil { return "rows of no result" }
        if let pages = machine.pages, let declared = pages.declared, pages.rows > declared { return "more rows than there are" }
        if !(0...RetryBucket.size).contains(rig.bucket.tokens) { return "\(rig.bucket.tokens) tokens" }
        return nil
    }
}

@Suite struct JobMachineProperties {
    private static let purposes: [(ServiceKind, JobMachine.Purpose)] = [
        (.polytomic, .run(saves: false, hasJobs: true)), (.polytomic, .attach(isOurs: true)), (.polytomic, .attach(isOurs: false)),
        (.toolkit, .run(saves: true, hasJobs: nil)), (.toolkit, .run(saves: false, hasJobs: nil)), (.toolkit, .run(saves: false, hasJobs: false)),
        (.toolkit, .save),
    ]

    @Test("whatever happens, at most one request is under way, and nothing is submitted twice without a key")
    func invariants() {
        for seed in 0..<3_000 as Range<UInt64> {
            let (kind, purpose) = JobMachineProperties.purposes[Int(seed) % JobMachineProperties.purposes.count]
            var chaos = Chaos(kind, purpose, seed: seed)
            chaos.rig.want(.acceptance)
            for _ in 0..<150 {
                let calls = chaos.rig.calls.count
                chaos.step()
                #expect(chaos.rig.calls.count - calls <= 1, "seed \(seed): an event led to several requests")
                if let fault = chaos.fault {
                    Issue.record("seed \(seed): \(fault)\n\(chaos.rig.log.suffix(20))")
                    return
                }
            }
            #expect(chaos.doubles == 0, "seed \(seed): a job may have been submitted twice\n\(chaos.rig.log)")
        }
    }

    @Test("the same events with the same seed lead to the same actions")
    func deterministic() {
        for seed in 0..<100 as Range<UInt64> {
            let logs = (0..<2).map { _ in
                var chaos = Chaos(.polytomic, .run(saves: false, hasJobs: true), seed: seed)
                chaos.rig.want(.rows)
                for _ in 0..<100 { chaos.step() }
                return chaos.rig.log + chaos.rig.calls.map { "\($0.limits.whole as Any)" } + ["\(chaos.rig.now)"]
            }
            #expect(logs[0] == logs[1], "seed \(seed)")
        }
    }

    @Test("whoever waits for rows has an answer after a bounded number of requests, whatever is answered")
    func ends() {
        for seed in 0..<2_000 as Range<UInt64> {
            let (kind, purpose) = JobMachineProperties.purposes[Int(seed) % JobMachineProperties.purposes.count]
            guard purpose != .save else { continue }
            var chaos = Chaos(kind, purpose, seed: seed)
            chaos.rig.want(.rows)
            func hasEnded() -> Bool { chaos.rig.log.contains("reached rows") || chaos.rig.log.contains("gave up") }
            var steps = 0
            while !hasEnded(), steps < 2_000 {
                steps += 1
                if chaos.rig.pass() == nil { chaos.reply() }
                if !hasEnded(), chaos.rig.machine.flight == nil, chaos.rig.machine.due == nil { break }
            }
            #expect(hasEnded(), "seed \(seed): it stands still, or goes on for ever\n\(chaos.rig.log.suffix(30))")
        }
    }

    @Test("a service that fails a third of its requests still gives every row, once")
    func flaky() {
        for seed in 0..<300 as Range<UInt64> {
            var random = SeededNumbers(seed: seed)
            var rig = Rig(seed: seed)
            rig.want(.rows)
            var polls = 0
            while rig.errors.isEmpty, rig.machine.rowsRead != 50 || rig.flight != nil {
                if rig.pass() != nil { continue }
                guard let call = rig.calls.last, rig.flight != nil else { break }
                if Int.random(in: 0..<10, using: &random) < 3 {
                    rig.answer(503)
                    continue
                }
                switch call.step {
                case .submit: rig.answer(.job("j1", .queued))
                case .poll:
                    polls += 1
                    rig.answer(polls < 4 ? .job("j1", .running) : .page(10, of: 50, next: "?page=1"))
                case .page(let address):
                    let page = Int(String(address.target.last ?? "0")) ?? 0
                    rig.answer(.page(10, of: 50, next: page < 4 ? "?page=\(page + 1)" : nil))
                case .probe, .save: break
                }
            }
            // Five failures in a row, at three in ten, are one request in four hundred.
            #expect(rig.machine.rowsRead == 50 || rig.errors.count == 1, "seed \(seed)")
            if rig.machine.rowsRead == 50 { #expect(rig.machine.snapshot.rows == 50) }
        }
    }
}
