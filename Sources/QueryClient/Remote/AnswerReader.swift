// Takes an answer as it arrives: rows go straight into columns, what is said beside them is kept to be looked into.
import QueryFormats
import QueryFrames

/// What the transport hands answers to. It serves one answer at a time; `RemoteJob` sees to that.
final class AnswerReader: HTTPReceiver {
    /// A whole answer.
    struct Answer {
        var head: HTTPResponseHead
        var body: Result<AnswerFacts, AnswerFault>
    }

    private let api: any RemoteAPI
    private let sizes: ReadingSizes
    private let budget = MemoryBudget.current
    /// Only the one answer that is being read touches what follows.
    private nonisolated(unsafe) var rows: ResultReader
    private nonisolated(unsafe) var step = JobStep.poll
    private nonisolated(unsafe) var credential: Credential?
    private nonisolated(unsafe) var head: HTTPResponseHead?
    /// How the body begins: all of it where it is an error's.
    private nonisolated(unsafe) var beginning: [UInt8] = []
    private nonisolated(unsafe) var isReading = false
    private nonisolated(unsafe) var fault: ResultError?

    /// How much of a body that has no rows is looked at.
    private static let limit = 65_536
    /// How much of a body that is something else is shown.
    private static let shownLimit = 200

    init(_ api: any RemoteAPI, _ sizes: ReadingSizes) {
        self.api = api
        self.sizes = sizes
        rows = ResultReader(api.layout, sizes: sizes)
    }

    /// Makes ready for the answer to a request that bears `credential`.
    func prepare(_ step: JobStep, _ credential: Credential?) {
        self.step = step
        self.credential = credential
        head = nil
        beginning = []
        isReading = false
        fault = nil
    }

    func begin(_ head: HTTPResponseHead) {
        self.head = head
        isReading = (200..<300).contains(head.status) && !isPage(head)
        if isReading { rows.beginPage() }
    }

    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let room = (isReading ? AnswerReader.shownLimit : AnswerReader.limit) - beginning.count
        beginning += bytes.prefix(max(room, 0))
        guard isReading else { return bytes.count <= room }
        do throws(ResultError) {
            try counted { () throws(ResultError) in try rows.receive(bytes) }
            return true
        } catch {
            fault = error
            return false
        }
    }

    /// The answer, once it has ended; nil where `failure` is all there is of it.
    func end(after failure: HTTPFault?) -> Answer? {
        guard let head, failure == nil || failure == .refused else {
            if isReading { rows.abandonPage() }
            isReading = false
            return nil
        }
        let body = isReading ? page(head) : plain(head)
        isReading = false
        guard let credential else { return Answer(head: head, body: body) }
        // What the server says may be what it was sent.
        switch body {
        case .success(var facts):
            facts.hide(credential)
            return Answer(head: head, body: .success(facts))
        case .failure(let fault): return Answer(head: head, body: .failure(fault.hiding(credential)))
        }
    }

    /// What was read so far is none of a result.
    func dropRows() { rows = ResultReader(api.layout, sizes: sizes) }

    /// The frame of all pages.
    func finish() -> Result<(Frame, [ResultWarning]), ResultError> {
        defer { dropRows() }
        do throws(ResultError) {
            return .success(try counted { () throws(ResultError) in try rows.finish() })
        } catch { return .failure(error) }
    }

    /// Work whose columns count as those of the session that wants them, on whatever thread it is done.
    private func counted<R>(_ body: () throws(ResultError) -> R) throws(ResultError) -> R {
        let result: Result<R, ResultError> = MemoryBudget.$current.withValue(budget) {
            do throws(ResultError) { return .success(try body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private func page(_ head: HTTPResponseHead) -> Result<AnswerFacts, AnswerFault> {
        var failure = fault
        if failure == nil {
            do throws(ResultError) {
                let page = try counted { () throws(ResultError) in try rows.endPage() }
                guard let members = AnswerMembers(page.members) else { return .failure(.member("", expected: "an object")) }
                var facts = api.facts(members, step)
                facts.rows = page.rows
                facts.fingerprint = page.fingerprint
                facts.columns = page.columns ?? []
                facts.declared = facts.declared ?? page.declaredCount
                return .success(facts)
            } catch { failure = error }
        }
        rows.abandonPage()
        if !isJSON(head) { return .failure(.notJSON(type: type(head), beginning: shown)) }
        return .failure(failure.map { .damaged($0) } ?? .member("", expected: "an object"))
    }

    /// The answer to what is no success, or is a page for people.
    private func plain(_ head: HTTPResponseHead) -> Result<AnswerFacts, AnswerFault> {
        guard !(200..<300).contains(head.status) else { return .failure(.notJSON(type: type(head), beginning: shown)) }
        let text = String(decoding: beginning, as: UTF8.self)
        if let members = AnswerMembers(text) { return .success(api.facts(members, step)) }
        var facts = AnswerFacts()
        facts.message = isPage(head) ? "" : ServerText.clean(text, limit: AnswerReader.shownLimit)
        return .success(facts)
    }

    private var shown: String {
        ServerText.clean(String(decoding: beginning.prefix(AnswerReader.shownLimit), as: UTF8.self), limit: AnswerReader.shownLimit)
    }

    private func type(_ head: HTTPResponseHead) -> String? { head["Content-Type"].map { ServerText.clean($0, limit: 80) } }

    private func isJSON(_ head: HTTPResponseHead) -> Bool { head["Content-Type"].map { $0.lowercased().contains("json") } ?? true }

    /// Whether the body is a page that browsers show.
    private func isPage(_ head: HTTPResponseHead) -> Bool { head["Content-Type"].map { $0.lowercased().contains("html") } ?? false }
}
