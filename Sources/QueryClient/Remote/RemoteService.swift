// A service beyond this process, over HTTP: the same jobs as everywhere, followed from afar.
import QueryFormats
import QueryFrames
import QueryText
import Synchronization

/// Polytomic or Toolkit, as a query service.
///
/// Making one connects to nothing and reads no credential. All decisions are those of `JobMachine`; saved queries and what is
/// known of jobs are kept by the store and the ledger it is given. Results live in memory as long as the service.
public final class RemoteService: QueryService {
    let service: ServiceDescription
    let context: RemoteContext
    let store: any QueryStore
    private let seeds: Mutex<SeededNumbers>
    /// The jobs of this session, by their ids and by what they are kept under.
    private let followed = Mutex<[String: RemoteJob]>([:])
    /// The ids of texts that the service has saved for runs of this session.
    private let savedTexts = Mutex<[String: String]>([:])

    public var name: String { service.name }
    public var keepsJobs: Bool { true }

    /// The transport is closed by whoever has made it, since services may share one. `limits` and `sizes` are what one answer may take:
    /// the bytes of its body, and of those the bytes of one row. How long a request may take, each request says itself.
    public init(
        _ service: ServiceDescription, over transport: any HTTPTransport, credentials: any CredentialSource, ledger: any JobLedger,
        store: any QueryStore, clock: any ServiceClock = SystemServiceClock(), limits: HTTPLimits = HTTPLimits(),
        sizes: ReadingSizes = ReadingSizes(), seed: UInt64? = nil, notify: @escaping @Sendable (ServiceNotice) -> Void = { _ in }
    ) {
        self.service = service
        self.store = store
        context = RemoteContext(service, transport, clock, credentials, ledger, limits, sizes, notify)
        seeds = Mutex(SeededNumbers(seed: seed ?? UInt64.random(in: 0 ... .max)))
    }

    public func submit(_ request: QueryRequest) async throws(ServiceError) -> JobSnapshot {
        let plan = try await plan(request)
        let key = JobKey.make()
        var order = JobOrder(
            key: key, text: plan.text, name: plan.query ?? JobKey.name(of: plan.text), query: plan.id, target: plan.target,
            bindings: plan.bindings)
        order.description = plan.description
        let snapshot = JobSnapshot(id: JobID(key), query: plan.query, service: name, status: .queued, created: context.clock.now.wall)
        let purpose = JobMachine.Purpose.run(saves: service.kind == .toolkit && plan.id == nil, hasJobs: context.hasJobs)
        let machine = JobMachine(purpose, snapshot, context.rules, allowed: request.timeout, seed: seed)
        let entry = JobEntry(key: key, snapshot: snapshot, text: plan.written, target: plan.target, bindings: request.bindings)
        let job = RemoteJob(context, order, machine, entry)
        keep(job, as: key)
        // Whoever is asked for a job that was never heard of again has to find it written down.
        await job.recordFirst()
        do throws(ServiceError) { try await job.wait(for: .acceptance) } catch {
            if case .interrupted = error {} else { drop(key) }
            throw error
        }
        let known = await job.snapshot
        keep(job, as: known.id.text)
        if service.kind == .toolkit, plan.id == nil, let id = await job.order.query { try await remember(plan, id) }
        await job.recorded()
        return known
    }

    public func close() async {
        let jobs = followed.withLock { jobs in
            defer { jobs = [:] }
            return Array(jobs.values)
        }
        for job in jobs { await job.close() }
    }

    // MARK: The jobs of this session

    var seed: UInt64 { seeds.withLock { $0.next() } }

    func keep(_ job: RemoteJob, as id: String) { followed.withLock { $0[id] = job } }

    func drop(_ id: String) { followed.withLock { $0[id] = nil } }

    /// The job of this session with that id or key.
    func own(_ id: String) -> RemoteJob? { followed.withLock { $0[id] } }

    /// Every job of this session, each once.
    var own: [RemoteJob] {
        let jobs = followed.withLock { Array($0.values) }
        var seen: Set<ObjectIdentifier> = []
        return jobs.filter { seen.insert(ObjectIdentifier($0)).inserted }
    }

    /// Keeps the job unless there is one of that id by now, and gives back the one that is kept.
    func keepFirst(_ job: RemoteJob, as id: String) -> RemoteJob {
        followed.withLock { jobs in
            if let first = jobs[id] { return first }
            jobs[id] = job
            return job
        }
    }

    func savedText(_ text: String) -> String? { savedTexts.withLock { $0[text] } }

    func remember(text: String, as id: String) { savedTexts.withLock { $0[text] = id } }
}

/// Names of jobs and texts that the service has not named yet.
enum JobKey {
    /// 120 bits: as many processes may make such names at once as like.
    static func make() -> String { "job_" + RandomName.make(letters: 24) }

    /// The name under which a text is saved that has to be, to be run: the same for the same text (FNV-1a).
    static func name(of text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "qs_" + String(hash, radix: 16)
    }
}
