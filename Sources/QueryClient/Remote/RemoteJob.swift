// One job of a service beyond this process: performs what its machine decides and tells those who wait.
import QueryFormats
import QueryFrames

/// A job and everybody who waits for it. However many they are, one request at a time is made for all.
actor RemoteJob {
    private struct Waiter {
        var want: JobWant
        var continuation: CheckedContinuation<Result<Void, ServiceError>, Never>
    }

    let context: RemoteContext
    private(set) var order: JobOrder
    private(set) var machine: JobMachine
    /// What is written down beside the snapshot.
    private var entry: JobEntry?
    let reader: AnswerReader
    private(set) var frame: Frame?

    private var waiters: [Int: Waiter] = [:]
    private var lastWaiter = 0
    /// The most that the machine was told is wanted.
    private var told = JobWant.nothing
    private var call: (number: Int, task: Task<Void, Never>)?
    private var timer: (due: Int64, task: Task<Void, Never>)?
    private var records: Task<Void, Never>?

    /// A job that does nothing before somebody waits for it. `entry` is what is kept of it, nil for what is not to be.
    init(_ context: RemoteContext, _ order: JobOrder, _ machine: JobMachine, _ entry: JobEntry?) {
        self.context = context
        self.order = order
        self.machine = machine
        self.entry = entry
        reader = AnswerReader(context.api, context.sizes)
    }

    var snapshot: JobSnapshot { machine.snapshot }

    // MARK: Waiting

    /// Returns once so much of the job has come; throws `interrupted` where the task that waits is cancelled.
    func wait(for want: JobWant) async throws(ServiceError) {
        if has(want) { return }
        lastWaiter += 1
        let number = lastWaiter
        let outcome: Result<Void, ServiceError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled { return continuation.resume(returning: .failure(interruption)) }
                waiters[number] = Waiter(want: want, continuation: continuation)
                perform(nil)
            }
        } onCancel: {
            Task { await self.leave(number) }
        }
        try outcome.get()
    }

    private var interruption: ServiceError { .interrupted(id: snapshot.id.text) }

    private func has(_ want: JobWant) -> Bool {
        switch want {
        case .nothing: true
        case .acceptance: machine.hasAcceptance
        // While somebody follows the job, what is known of it is news enough.
        case .news: snapshot.status.isTerminal || told >= .end
        case .end: snapshot.status.isTerminal
        case .rows: frame != nil
        }
    }

    private func leave(_ number: Int) {
        waiters.removeValue(forKey: number)?.continuation.resume(returning: .failure(interruption))
        perform(nil)
    }

    private func reach(_ want: JobWant) {
        for (number, waiter) in waiters where waiter.want <= want {
            waiters[number] = nil
            waiter.continuation.resume(returning: .success(()))
        }
    }

    private func fail(_ error: ServiceError) {
        let all = waiters.values
        waiters = [:]
        for waiter in all { waiter.continuation.resume(returning: .failure(error)) }
    }

    /// Asks the service to stop the job; throws where it cannot.
    func cancel() async throws(ServiceError) {
        if perform(.cancel).contains(where: { if case .cannotCancel = $0 { true } else { false } }) {
            throw .notImplemented(service: context.service.name, .cancel)
        }
        await records?.value
    }

    /// Lets go of everything: whoever waits is told so, and a request that is under way ends.
    func close() async {
        fail(interruption)
        perform(nil)
        timer?.task.cancel()
        call?.task.cancel()
        await call?.task.value
        await records?.value
    }

    /// Returns once what happened so far is written down.
    func recorded() async { await records?.value }

    // MARK: Performing

    /// Tells the machine of an event and of what is wanted now, and does what it decides.
    @discardableResult
    func perform(_ event: JobEvent?) -> [JobAction] {
        var all: [JobAction] = []
        var next = event
        while true {
            if let event = next {
                let actions = context.handle(event, &machine)
                for action in actions { perform(action) }
                all += actions
            }
            let most = waiters.values.map(\.want).max() ?? .nothing
            guard most != told else { break }
            told = most
            next = .want(most)
        }
        setTimer()
        return all
    }

    private func perform(_ action: JobAction) {
        switch action {
        case .send(let call): send(call)
        case .abort(let number): if call?.number == number { call?.task.cancel() }
        case .dropRows: reader.dropRows()
        case .record: record()
        case .reached(.rows): finish()
        case .reached(let want): reach(want)
        case .gaveUp(let error): fail(error)
        case .cannotCancel: break
        case .saved(let id): order.query = id
        case .learned(let hasJobs): context.learn(hasJobs: hasJobs)
        case .notice(let notice): context.notify(notice)
        }
    }

    /// All rows have come: they become the frame.
    private func finish() {
        if frame == nil {
            switch reader.finish() {
            case .success((let frame, let warnings)):
                self.frame = frame
                for warning in warnings { context.notify(.result(service: context.service.name, job: snapshot.id.text, warning)) }
            case .failure(let error): return fail(context.error(of: error))
            }
        }
        reach(.rows)
    }

    /// Writes down how the job stands, after whatever is being written.
    private func record() {
        guard var entry else { return }
        entry.snapshot = snapshot
        self.entry = entry
        let before = records
        records = Task { [context, entry] in
            await before?.value
            do throws(ServiceError) { try await context.ledger.record(entry) } catch {
                context.notify(.notRecorded(service: context.service.name, job: entry.snapshot.id.text, because: error))
            }
        }
    }

    /// Writes the job down before it is submitted.
    func recordFirst() async {
        record()
        await records?.value
    }

    private func setTimer() {
        guard timer?.due != machine.due else { return }
        timer?.task.cancel()
        timer = nil
        guard let due = machine.due else { return }
        let task = Task { [context] in
            await context.clock.sleep(until: due)
            if !Task.isCancelled { self.tick(due) }
        }
        timer = (due, task)
    }

    private func tick(_ due: Int64) {
        if timer?.due == due { timer = nil }
        perform(.tick)
    }

    // MARK: Requests

    private func send(_ next: JobCall) {
        let before = call?.task
        let task = Task {
            // The reader serves one answer at a time; an aborted call lets go of it soon.
            await before?.value
            if Task.isCancelled { return }
            let event = await self.exchange(next)
            self.perform(event)
        }
        call = (next.number, task)
    }

    /// Sends a request and reads its answer.
    private func exchange(_ call: JobCall) async -> JobEvent {
        let request: HTTPRequest
        do throws(ServiceError) {
            let credential = try await context.credentials.credential(rereads: call.rereads)
            var made = try context.api.request(call.step, order, job: snapshot.id, credential)
            if let address = call.address { made.address = address }
            request = made
        } catch {
            return .unsent(call.number, error)
        }
        reader.prepare(call.step, request.credential)
        do throws(HTTPFault) {
            try await context.transport.send(request, limits: call.limits, to: reader)
        } catch {
            if let answer = reader.end(after: error) { return .answered(call.number, from: request.address, answer.head, answer.body) }
            return .failed(call.number, error)
        }
        guard let answer = reader.end(after: nil) else { return .failed(call.number, .malformed(reason: "no head")) }
        return .answered(call.number, from: request.address, answer.head, answer.body)
    }
}
