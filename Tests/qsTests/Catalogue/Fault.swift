// One row of the catalogue of faults: what a server does, and what has to come of it wherever it does so.
import FaultServer
import Testing

/// A fault and the verdict on it.
struct Fault: Sendable, CustomTestStringConvertible {
    var testDescription: String { "\(id) \(name)" }

    /// As in the catalogue: `N1`.
    let id: String
    let name: String
    var steps = Step.tried
    let verdict: Verdict
    /// Whether the service may have begun what it was asked for.
    var arrives = true
    /// Whether the client has to stop waiting for it by itself.
    var isStuck = false
    /// Steps at which it means something else.
    var otherwise: [Step: Verdict] = [:]
    /// What is exported where it does no harm.
    var rows = Step.rows
    /// The text of the first page, where it is at the second one.
    var firstPage: String?
    /// The answer in place of the step's own.
    let answer: @Sendable (Step) -> Answer

    /// What comes of a fault.
    enum Verdict: Sendable {
        /// The rows, as if nothing had happened but for lines with these words in them and so many requests more.
        case harmless([String] = [], requests: Int = 0)
        /// Another try, and where the fault stays an error of this kind after the fifth, with these words in it.
        case passing(String, [String])
        /// An error at once.
        case final(String, [String])
        /// Taken for a job that runs, with words in a line about it, until it has ended or its time is over.
        case lingering([String])
        /// The credential is fetched once more, and then an error.
        case reread(String, [String])
    }

    init(
        _ id: String, _ name: String, _ verdict: Verdict, at steps: [Step] = Step.tried, arrives: Bool = true, isStuck: Bool = false,
        otherwise: [Step: Verdict] = [:], rows: String = Step.rows, _ answer: @escaping @Sendable (Step) -> Answer
    ) {
        (self.id, self.name, self.verdict, self.steps, self.arrives) = (id, name, verdict, steps, arrives)
        (self.isStuck, self.otherwise, self.rows, self.answer) = (isStuck, otherwise, rows, answer)
    }

    func verdict(at step: Step) -> Verdict { otherwise[step] ?? verdict }
}

/// A fault at a step, once or for ever.
struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String { name }

    let fault: Fault
    let step: Step
    let isOnce: Bool

    var name: String { "\(fault.id) \(fault.name), at \(step.rawValue)\(isOnce ? " once" : "")" }

    /// What has to come of it: the words of lines, or the kind and words of an error; and how many requests there are.
    var expected: (error: String?, words: [String], requests: ClosedRange<Int>) {
        let before = step.requestsBefore, all = step.requestsInAll
        switch fault.verdict(at: step) {
        case .harmless(let words, let more): return (nil, words, (all + more)...(all + more))
        case .final(let code, let words): return stopped(code, words, before + 1)
        case .lingering(let words) where isOnce: return (nil, words, (all + 1)...(all + 1))
        case .lingering(let words): return ("timeout", words + ["takes longer than 10m"], (before + 20)...(before + 400))
        case .reread where isOnce: return (nil, [], (all + 1)...(all + 1))
        case .reread(let code, let words): return stopped(code, words, before + 2)
        case .passing(let code, let words):
            if step.startsJob, !step.isKeyed, fault.arrives { return stopped(code, words, before + 1) }
            return isOnce ? (nil, ["try 2 follows"], (all + 1)...(all + 1)) : stopped(code, words, before + 5)
        }
    }

    /// Whoever has asked for a job to be started has to hear where that may have happened.
    private func stopped(_ code: String, _ words: [String], _ requests: Int) -> (String?, [String], ClosedRange<Int>) {
        guard step.startsJob, fault.arrives else { return (code, words, requests...requests) }
        return ("unavailable", ["it is unknown whether `far` has taken the job"] + words, requests...requests)
    }

    /// Whether time has to pass, which it does at once only for a clock of the test.
    var takesTime: Bool {
        switch fault.verdict(at: step) {
        case .passing, .lingering: return true
        case .harmless, .final, .reread: return fault.isStuck
        }
    }

    /// All cases of a fault.
    static func all(_ fault: Fault) -> [Case] {
        fault.steps.flatMap { step in
            switch fault.verdict(at: step) {
            case .passing, .reread, .lingering: [Case(fault: fault, step: step, isOnce: true), Case(fault: fault, step: step, isOnce: false)]
            case .harmless, .final: [Case(fault: fault, step: step, isOnce: false)]
            }
        }
    }
}
