// How often one request is tried, and why not again: every decision about retries, redirects and refusals.
import QueryFormats
import QueryFrames

/// The tries of one request.
struct Attempts: Sendable {
    /// What came of a try.
    enum Outcome {
        case answer(from: WebAddress, HTTPResponseHead, Result<AnswerFacts, AnswerFault>)
        case fault(HTTPFault)
    }

    /// What follows from it.
    enum Verdict {
        case good(AnswerFacts, HTTPResponseHead, from: WebAddress)
        /// Another try at a moment of the steady clock.
        case again(at: Int64, because: ServiceError)
        case reread
        case follow(WebAddress)
        case stop(ServiceError, status: Int?)
    }

    let step: JobStep
    /// Tries that failed since the last one that did not.
    private(set) var failures = 0
    private var redirects = 0
    private var hasReread = false
    /// Whether the service may have received one of the tries.
    private(set) var mayHaveArrived = false
    /// Where redirects have led.
    private(set) var address: WebAddress?

    init(_ step: JobStep) { self.step = step }

    private static let redirectLimit = 5
    private static let firstWait: Int64 = 500_000
    private static let firstPoliteWait: Int64 = 1_000_000
    private static let longestWait: Int64 = 20_000_000

    mutating func judge(
        _ outcome: Outcome, at now: Moment, deadline: Int64?, _ rules: ServiceRules, _ bucket: inout RetryBucket,
        _ random: inout SeededNumbers
    ) -> Verdict {
        switch outcome {
        case .fault(let fault):
            if !fault.isSurelyUnsent { mayHaveArrived = true }
            let error = ServiceError.unreachable(service: rules.service, address: shown(rules), fault)
            guard isPassing(fault), fault.isSurelyUnsent || isRepeatable(rules) else { return .stop(error, status: nil) }
            return again(error, polite: false, floor: nil, now, deadline, rules, &bucket, &random)
        case .answer(let from, let head, let body):
            return judge(from, head, body, now, deadline, rules, &bucket, &random)
        }
    }

    private mutating func judge(
        _ from: WebAddress, _ head: HTTPResponseHead, _ body: Result<AnswerFacts, AnswerFault>, _ now: Moment, _ deadline: Int64?,
        _ rules: ServiceRules, _ bucket: inout RetryBucket, _ random: inout SeededNumbers
    ) -> Verdict {
        let message = (try? body.get())?.message ?? ""
        switch head.status {
        case 200..<300:
            mayHaveArrived = true
            return good(from, head, body, now, deadline, rules, &bucket, &random)
        case 301, 302, 303, 307, 308: return redirected(from, head, rules)
        case 401 where !hasReread:
            hasReread = true
            return .reread
        case 401, 403:
            let error = ServiceError.unauthorized(
                service: rules.service, address: shown(rules), status: head.status, looked: rules.looked, message: message)
            return .stop(error, status: head.status)
        case 429:
            // Who is asked too often has not done what it was asked for.
            let floor = RetryAfter.wait(head, at: now)
            let error = ServiceError.rateLimited(service: rules.service, address: shown(rules), after: floor)
            return again(error, polite: true, floor: floor, now, deadline, rules, &bucket, &random)
        case 501: return .stop(.notImplemented(service: rules.service, feature), status: 501)
        case 408, 425, 500, 502..., 100..<200:
            mayHaveArrived = true
            let error = ServiceError.unavailable(service: rules.service, address: shown(rules), status: head.status, message: message)
            guard isRepeatable(rules), head.status != 505, head.status >= 400 else { return .stop(error, status: head.status) }
            let floor = RetryAfter.wait(head, at: now)
            return again(error, polite: head.status == 503, floor: floor, now, deadline, rules, &bucket, &random)
        default:
            guard head.status >= 400 else {
                return .stop(.badAnswer(service: rules.service, address: shown(rules), .status(head.status)), status: head.status)
            }
            return .stop(.refusedByService(service: rules.service, status: head.status, message: message), status: head.status)
        }
    }

    private mutating func good(
        _ from: WebAddress, _ head: HTTPResponseHead, _ body: Result<AnswerFacts, AnswerFault>, _ now: Moment, _ deadline: Int64?,
        _ rules: ServiceRules, _ bucket: inout RetryBucket, _ random: inout SeededNumbers
    ) -> Verdict {
        switch body {
        case .success(let facts):
            bucket.earn()
            failures = 0
            return .good(facts, head, from: from)
        case .failure(let fault):
            var error = ServiceError.badAnswer(service: rules.service, address: shown(rules), fault)
            if case .damaged(.memory(_, let limit)) = fault { error = .memory(limit: limit) }
            guard fault.isPassing, isRepeatable(rules) else { return .stop(error, status: head.status) }
            return again(error, polite: false, floor: nil, now, deadline, rules, &bucket, &random)
        }
    }

    private mutating func again(
        _ error: ServiceError, polite: Bool, floor: Int64?, _ now: Moment, _ deadline: Int64?, _ rules: ServiceRules,
        _ bucket: inout RetryBucket, _ random: inout SeededNumbers
    ) -> Verdict {
        failures += 1
        if let floor, floor > rules.longestWait || deadline.map({ now.steady + floor >= $0 }) ?? false {
            // To wait would be in vain: the caller shall hear it at once.
            return .stop(.rateLimited(service: rules.service, address: shown(rules), after: floor), status: nil)
        }
        guard failures < rules.tries, bucket.pay(polite ? RetryBucket.politePrice : RetryBucket.price) else {
            return .stop(error, status: nil)
        }
        let base = (polite ? Attempts.firstPoliteWait : Attempts.firstWait) << Int64(min(failures - 1, 10))
        let wait = Int64(random.fraction() * Double(min(base, Attempts.longestWait)))
        return .again(at: now.steady + max(wait, floor ?? 0), because: error)
    }

    private mutating func redirected(_ from: WebAddress, _ head: HTTPResponseHead, _ rules: ServiceRules) -> Verdict {
        let location = head["Location"] ?? ""
        let target = try? from.resolved(location)
        let shown = target?.withoutQuery ?? ServerText.clean(location, limit: 200)
        guard let target, target.origin == rules.base.origin, step.isRead, redirects < Attempts.redirectLimit else {
            return .stop(.redirected(service: rules.service, address: self.shown(rules), target: shown), status: head.status)
        }
        redirects += 1
        address = target
        return .follow(target)
    }

    /// Whether another try cannot do anything twice: a text that is saved twice under its name is saved once.
    private func isRepeatable(_ rules: ServiceRules) -> Bool { !step.isSubmit || rules.isKeyed }

    /// Whether the fault may be gone the next time.
    private func isPassing(_ fault: HTTPFault) -> Bool {
        switch fault {
        case .nameService, .connect, .outOfFiles, .connectTimeout, .firstByteTimeout, .timeout, .tooSlow, .closed, .corrupt: true
        case .unknownHost, .tooFewFiles, .tls, .malformed, .tooLarge, .unknownEncoding, .badHeader, .badProxy, .insecure, .refused, .cancelled:
            false
        }
    }

    private var feature: ServiceFeature {
        switch step {
        case .save: .save
        case .probe, .poll, .page, .submit: .jobs
        }
    }

    private func shown(_ rules: ServiceRules) -> String {
        if case .page(let address) = step { return address.withoutQuery }
        return (address ?? rules.base).withoutQuery
    }
}
