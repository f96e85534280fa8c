// A session: one machine, its variables, and the services it asks. Scripts run here; the machine says what it needs and the
// session does it.
import QueryClient
import QueryFormats
import QueryFrames

/// Runs scripts one after another over shared variables.
///
/// A session touches files, services and output only when a command asks for them. Cancelling the task that runs a script
/// stops it; jobs that it started go on.
public actor Session {
    /// The services it may ask.
    let services: any ServiceDirectory
    /// The name of the service that `run` uses.
    var serviceInUse: String
    /// How scripts are run.
    let manner: Manner
    /// The warnings of this run.
    var toldWarnings: Set<String> = []
    /// The first statement that failed while the script went on.
    var firstFailure: Diagnostic?
    let output: any SessionOutput
    /// What the frames of its scripts and jobs may take.
    let memory: MemoryBudget?
    /// What the session may touch.
    let grants: Grants
    /// What a run may use up; a change holds from the next run on.
    public private(set) var limits: Limits
    /// Stops the run under way; a new one for each run.
    private(set) var cancellation = Cancellation()
    let machine: Machine
    var globals = GlobalNames()
    /// Names that the host has given; every file starts with them.
    var predefined: Set<String> = []
    /// What `set` has changed.
    var settings = Settings()
    /// The names of the files that were imported, by path.
    var imports: [String: GlobalNames] = [:]
    /// The files that are being imported now, each by the one before.
    var importing: [String] = []
    /// The jobs this session has started, oldest first.
    private(set) var jobs: [Job] = []

    /// What a script may touch beside its services. The default grants nothing.
    public struct Grants: Sendable {
        /// Reading and writing files, for `dataset`, `open`, `export` and `read`.
        public var files: Bool
        /// Running commands of the shell, for `sh` and `export ... through`. They run in this process's folder, with its environment
        /// but for the variables that hold credentials of services, and write to its standard error; those of `through` also to its standard output.
        public var shell: Bool
        /// Reading variables of the environment, for `env`.
        public var environment: Bool
        /// Taking up services that the host has not named, for `connect`. Their credentials are fetched as it says, so this grants the
        /// other three for that purpose.
        public var connections: Bool

        public init(files: Bool = false, shell: Bool = false, environment: Bool = false, connections: Bool = false) {
            (self.files, self.shell, self.environment, self.connections) = (files, shell, environment, connections)
        }

        /// Everything.
        public static let all = Grants(files: true, shell: true, environment: true, connections: true)
    }

    /// How a script ended.
    public enum RunOutcome: Sendable {
        case finished
        /// What went wrong; several entries where a check found several faults.
        case failed([Diagnostic])
        /// It went on after failures, which were told when they came; this is the first of them.
        case wentOn(Diagnostic)
        /// The script said `exit`.
        case exit(Int32)
        /// Whoever read the output has stopped reading.
        case closedOutput
        /// The task was cancelled; `job` is the one that was being waited for.
        case cancelled(job: Job?)
        /// It would have had to wait for a job that goes on without it, and was told not to.
        case detached
    }

    /// A session over one service.
    public init(
        service: any QueryService, output: any SessionOutput, grants: Grants = Grants(), manner: Manner = Manner(),
        limits: Limits = Limits(), memory: MemoryBudget? = nil
    ) {
        self.init(services: SingleService(service), output: output, grants: grants, manner: manner, limits: limits, memory: memory)
    }

    /// A session whose frames take no more memory than `memory` says; nil for as much as there is.
    public init(
        services: any ServiceDirectory, output: any SessionOutput, grants: Grants = Grants(), manner: Manner = Manner(),
        limits: Limits = Limits(), memory: MemoryBudget? = nil
    ) {
        self.services = services
        serviceInUse = services.standard
        self.manner = manner
        self.memory = memory
        self.output = output
        self.grants = grants
        self.limits = limits
        machine = Machine(limits: limits)
    }

    /// Gives the session a variable, such as a script's arguments.
    public func define(_ name: String, _ value: ScriptValue) {
        predefined.insert(name)
        let slot = globals.slots[name] ?? globals.declare(name)
        machine.reserveGlobals(globals.names.count)
        machine.setGlobal(slot, value)
    }

    // MARK: Running

    /// Runs a script to its end. At a prompt the last value shown becomes `_`.
    public func run(_ source: Source, isPrompt: Bool = false) async -> RunOutcome {
        toldWarnings = []
        let outcome = await limited(source, isPrompt: isPrompt)
        do {
            try output.flush()
        } catch {
            if case .closedPipe = error { return .closedOutput }
            if case .finished = outcome { return .failed([Diagnostic(ScriptError(.format(error)), in: source)]) }
        }
        if case .finished = outcome, let failure = firstFailure {
            firstFailure = nil
            return .wentOn(failure)
        }
        return outcome
    }

    /// Begins to count what a run uses; what it gives stops the run.
    func begin() -> Cancellation {
        cancellation = Cancellation()
        machine.begin(cancellation, limits: limits)
        return cancellation
    }

    /// Sets what every run from the next one on may use up.
    public func setLimits(_ limits: Limits) { self.limits = limits }

    func execute(_ source: Source, isPrompt: Bool) async -> RunOutcome {
        let tree: SyntaxTree
        switch Parser.parse(source, isPrompt: isPrompt) {
        case .script(let parsed): tree = parsed
        case .unfinished(let error, let rest): return .failed(Diagnostic.all([error], rest, globals, in: source))
        case .failed(let errors, let rest): return .failed(Diagnostic.all(errors, rest, globals, in: source))
        }
        if let failure = await runImports(of: tree, in: source) { return failure }
        let program: Program
        switch Compiler.compile(tree, source: source, globals: globals, separately: manner.separatesStatements) {
        case .success((let compiled, let names)):
            program = compiled
            globals = names
        case .failure(let failure): return .failed(failure.errors.map { Diagnostic($0, in: source) }.inOrder)
        }
        for warning in program.warnings { warn(Diagnostic.message(of: warning, in: source)) }
        machine.reserveGlobals(globals.names.count)
        machine.start(program)
        defer {
            machine.end()
            globals.keep { machine.isDefined($0) }
        }
        return await drive(program, isPrompt: isPrompt)
    }

    private func drive(_ program: Program, isPrompt: Bool) async -> RunOutcome {
        while true {
            var place = Machine.Place(span: Span(0, 0), source: program.source)
            do throws(ScriptError) {
                switch machine.run() {
                case .finished: return .finished
                case .failed(let fault, let failed): return end(ScriptError(fault), failed)
                case .paused: await Task.yield()
                case .call(let call, let base, let source):
                    place = Machine.Place(span: call.span, source: source)
                    var values: [ScriptValue]
                    do throws(MachineFault) { values = try machine.arguments(base: base, count: call.registerCount) } catch { throw ScriptError(error) }
                    defer { Leftovers.free(&values) }
                    machine.resume(try await perform(call, values, isPrompt: isPrompt))
                case .rows(let job, let wanted):
                    place = wanted
                    _ = try await rows(of: job)
                case .compute(let work, let wanted):
                    place = wanted
                    let result = ScriptValue.scalar(try await result(of: work))
                    machine.resume(result)
                    Leftovers.free(result)
                case .parts(let text, let json, let wanted):
                    place = wanted
                    let parts = try await BlockingWork.leavable { .success(Heap.parts(text)) }
                    machine.keep(parts, of: json)
                    Leftovers.free(parts)
                case .field(let job, let name, let wanted):
                    place = wanted
                    machine.resume(try await field(name, of: job))
                }
            } catch {
                let failed = Machine.Place(span: error.span ?? place.span, source: place.source)
                if !machine.handle(error.fault, at: failed) { return end(ScriptError(error.fault), failed) }
            }
        }
    }

    /// How a script ends with an error that nothing has caught.
    private func end(_ error: ScriptError, _ place: Machine.Place) -> RunOutcome {
        if error.fault.isCancellation, let late = machine.lateness {
            return .failed([Diagnostic(ScriptError(late, at: place.span), in: place.source)])
        }
        return switch error.fault {
        case .exit(let status): .exit(status)
        case .format(.closedPipe): .closedOutput
        case .cancelled, .evaluation(.cancelled): .cancelled(job: nil)
        case .detached: .detached
        case .service(.interrupted(let id)): .cancelled(job: jobs.first { $0.id.text == id })
        default: .failed([Diagnostic(ScriptError(error.fault, at: place.span), in: place.source)])
        }
    }

    private func perform(_ call: Call, _ values: [ScriptValue], isPrompt: Bool) async throws(ScriptError) -> ScriptValue {
        switch call.kind {
        case .command(let row, let arguments):
            var unpacked = Arguments(row.name, arguments, values)
            return try await row.body(self, &unpacked)
        case .function(let row): return try await row.body(self, values)
        case .transforms(let transforms):
            return try await transform(transforms, values)
        case .failure:
            guard case .error(let failure) = values[0] else { return .null }
            try goOn(after: failure)
            return .null
        case .display(let shown):
            return try await display(values[0], shown, isPrompt: isPrompt)
        }
    }

    private func display(_ value: ScriptValue, _ shown: Call.Shown, isPrompt: Bool) async throws(ScriptError) -> ScriptValue {
        if case .call = shown, case .scalar(.null) = value { return .null }
        if case .command = shown {
            guard case .frame = value else {
                if isPrompt, case .job(let job) = value {
                    define("_", value)
                    await announce(job)
                }
                return .null
            }
        }
        try await show(value, options: FormatOptions())
        if isPrompt { define("_", value) }
        return .null
    }

    // MARK: Jobs

    /// Tells the person at a prompt about the job that a command gave.
    private func announce(_ job: Job) async {
        guard let snapshot = try? await job.service.status(of: job.id) else { return }
        let name = snapshot.query.map { "\(job.id) (\($0))" } ?? job.id.text
        guard snapshot.status.isTerminal else {
            return output.message("started \(name); `_` waits for it and shows its rows")
        }
        guard let completed = snapshot.completed, let rows = snapshot.rows else {
            return output.message("\(name) \(snapshot.status.rawValue)")
        }
        let elapsed = Scalar.duration((completed - snapshot.created) / 1000 * 1000).text
        output.message("\(name) \(snapshot.status.rawValue): \(rows) row\(rows == 1 ? "" : "s") in \(elapsed); `_` shows them")
    }

    func started(_ job: Job) { jobs.append(job) }

    /// The rows of a job: those it keeps, or else what its service gives once it has succeeded.
    func rows(of job: Job) async throws(ScriptError) -> Frame {
        if let rows = job.fetched { return rows }
        try await succeed(job)
        do {
            let rows = try await job.service.result(of: job.id)
            job.keep(rows)
            return rows
        } catch {
            throw ScriptError(.service(error))
        }
    }

    /// Hands on the data written so far, before a wait: whoever reads it should not have to wait as well.
    func handOn() throws(ScriptError) {
        do throws(FormatError) { try output.flush() } catch { throw ScriptError(.format(error)) }
    }

    /// Waits for a job to end; one that did not succeed is an error.
    func succeed(_ job: Job) async throws(ScriptError) {
        job.mind()
        try handOn()
        try await detach(from: [job])
        let snapshot = try await following([job]) { () async throws(ScriptError) in
            do throws(ServiceError) { return try await job.service.completion(of: job.id) } catch { throw ScriptError(.service(error)) }
        }
        if job.tellsNow() {
            for warning in snapshot.warnings { warn(Diagnostic.message(of: warning)) }
            if snapshot.status == .succeeded { output.event(.rows(snapshot)) }
        }
        switch snapshot.status {
        case .succeeded: return
        case .cancelled: throw ScriptError(.service(.cancelled(id: job.id.text)))
        case .expired: throw ScriptError(.service(.expired(id: job.id.text)))
        default: throw ScriptError(.service(snapshot.error ?? .lost(id: job.id.text)))
        }
    }

    private func field(_ name: String, of job: Job) async throws(ScriptError) -> ScriptValue {
        if let field = JobField(rawValue: name) {
            do {
                let snapshot = try await job.service.status(of: job.id)
                if snapshot.status.isTerminal, field == .status || field == .error { job.mind() }
                return field.value(of: snapshot)
            } catch {
                throw ScriptError(.service(error))
            }
        }
        let frame = try await rows(of: job)
        guard let column = frame.schema.index(of: name) else {
            throw ScriptError(.unknownField(name, of: "job", known: JobField.allCases.map(\.rawValue) + frame.schema.names))
        }
        return .list(try await BlockingWork.leavable {
            var items: [ScriptValue] = []
            for batch in frame.batches {
                for row in 0..<batch.count {
                    if row % 1024 == 1023, Cancellation.stopsHere { return .failure(ScriptError(.cancelled)) }
                    items.append(.scalar(batch.columns[column].scalar(row)))
                }
            }
            return .success(items)
        })
    }

    // MARK: Names

    /// The names of the variables, for completion.
    var variableNames: [String] { globals.slots.keys.filter { $0 != "_" }.sorted() }

    /// The names of the columns of a variable's value, where it is a frame or a job whose rows are there.
    func columnNames(of variable: String) -> [String] {
        guard let slot = globals.slots[variable] else { return [] }
        switch machine.frameOrJob(slot) {
        case .frame(let frame)?: return frame.schema.names
        case .job(let job)?: return job.fetched?.schema.names ?? []
        default: return []
        }
    }

    /// Whether the variable's value is a job.
    func isJob(_ variable: String) -> Bool {
        guard let slot = globals.slots[variable] else { return false }
        return machine.global(slot).tag == .job
    }

    /// The names of the saved queries; empty where the service cannot say.
    func queryNames() async -> [String] {
        ((try? await service().queries()) ?? []).map(\.name)
    }

    /// The names of the datasets; empty where the service cannot say.
    func datasetNames() async -> [String] {
        ((try? await service().datasets()) ?? []).map(\.name)
    }

    /// Whether `text` can be run as it is: false where it ends in the middle of a statement.
    public static func isComplete(_ text: String) -> Bool {
        if case .unfinished = Parser.parse(Source(name: "prompt", text: text), isPrompt: true) { return false }
        return true
    }
}
