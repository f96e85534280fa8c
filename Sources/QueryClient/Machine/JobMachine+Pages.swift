// The rows of a result, page by page: each once, all of them, from the service's own origin.

extension JobMachine {
    /// The pages that were read.
    struct Pages: Sendable {
        var rows = 0
        var count = 0
        /// Rows of all pages, as the service counts them.
        var declared: Int?
        /// What tells each page's rows from the others', where nothing tells how many there ought to be.
        var fingerprints: Set<UInt64> = []
        /// Where pages were read, and the links that led there.
        var seen: Set<String> = []
        var next: WebAddress?
        var isComplete: Bool { count > 0 && next == nil }
    }

    /// The job has ended, and the answer that says so holds the first page. It came from `address`; `isRead` is whether that page can
    /// be read there again, as that of an answer to a submit cannot.
    mutating func ended(_ facts: AnswerFacts, from address: WebAddress, isRead: Bool = false, _ now: Moment) {
        actions.append(.reached(.end))
        guard snapshot.status == .succeeded else {
            actions.append(.dropRows)
            if want == .rows, let error = snapshot.error { actions.append(.gaveUp(error)) }
            return
        }
        pages = Pages(seen: isRead ? [address.description] : [])
        add(facts, from: address, now)
    }

    /// Goes on with the pages, where somebody wants rows.
    mutating func advancePages(_ now: Moment) {
        actions.append(.reached(.end))
        guard want == .rows else { return }
        if let error = snapshot.error { return giveUp(error) }
        if let error = untold {
            untold = nil
            return giveUp(error)
        }
        guard let pages else { return begin(.poll, now) }
        if pages.isComplete { return actions.append(.reached(.rows)) }
        if let next = pages.next { begin(.page(next), now) }
    }

    mutating func paged(_ facts: AnswerFacts, from address: WebAddress, _ now: Moment) {
        if let id = facts.id, id != snapshot.id.text {
            return pagesFailed(badAnswer(.otherJob(expected: snapshot.id.text, found: ServerText.clean(id, limit: 100))), status: nil)
        }
        if case .status(let status)? = facts.state, status != .succeeded {
            let error = ServiceError.queryFailed(message: facts.failure ?? "the service does not say why", text: "", offset: nil)
            return pagesFailed(status == .failed ? error : .resultLost(service: rules.service, id: snapshot.id.text), status: nil)
        }
        step = nil
        pages?.seen.insert(address.description)
        add(facts, from: address, now)
    }

    private mutating func add(_ facts: AnswerFacts, from address: WebAddress, _ now: Moment) {
        guard var pages else { return }
        // The links that were followed have one owner, or each page would copy them all.
        self.pages = nil
        pages.count += 1
        pages.rows = pages.rows.addingReportingOverflow(facts.rows ?? 0).partialValue
        if let declared = facts.declared {
            if let before = pages.declared, before != declared { return incomplete(before, declared) }
            pages.declared = declared
        }
        if pages.declared == nil, facts.rows ?? 0 > 0, let fingerprint = facts.fingerprint, !pages.fingerprints.insert(fingerprint).inserted {
            // Rows that come twice can be right only where their number says so.
            return pagesFailed(badAnswer(.sameRows(page: pages.count)), status: nil)
        }
        pages.next = nil
        if let link = facts.next {
            switch follow(link, from: address, pages) {
            case .success(let next):
                pages.seen.insert(next.description)
                pages.next = next
            case .failure(let fault): return pagesFailed(badAnswer(fault), status: nil)
            }
        }
        if let declared = pages.declared, pages.rows > declared || (pages.next == nil && pages.rows != declared) {
            return incomplete(declared, pages.rows)
        }
        self.pages = pages
        if pages.isComplete { snapshot.rows = pages.rows }
        advancePages(now)
    }

    private func follow(_ link: String, from address: WebAddress, _ pages: Pages) -> Result<WebAddress, AnswerFault> {
        let shown = ServerText.clean(link, limit: 200)
        guard let next = try? address.resolved(link) else { return .failure(.badLink(shown)) }
        guard next.origin == rules.base.origin else { return .failure(.foreignPage(next.withoutQuery)) }
        guard !pages.seen.contains(next.description) else { return .failure(.repeatedPage(shown)) }
        guard pages.count < rules.pageLimit else { return .failure(.tooManyPages(rules.pageLimit)) }
        return .success(next)
    }

    private mutating func incomplete(_ expected: Int, _ got: Int) {
        pagesFailed(.incomplete(service: rules.service, id: snapshot.id.text, expected: expected, got: got), status: nil)
    }

    /// A part of a result is none: what was read is dropped, and who asks again begins with the first page.
    mutating func pagesFailed(_ error: ServiceError, status: Int?) {
        pages = nil
        guard status == 404 || status == 410 else {
            actions.append(.dropRows)
            if isWhole {
                // Its rows came with the only answer there is.
                snapshot.status = .failed
                snapshot.error = error
                actions.append(.record)
            } else if want < .rows {
                // Who asks for them next hears of it, and who asks then begins with the first page.
                untold = error
            }
            return giveUp(error)
        }
        snapshot.status = .expired
        snapshot.error = .expired(id: snapshot.id.text)
        actions += [.dropRows, .record]
        giveUp(.expired(id: snapshot.id.text))
    }
}
