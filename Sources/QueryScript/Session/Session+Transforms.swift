// Chains of transforms: the session finds the rows, frames do the work.
import QueryFrames

extension Session {
    /// A chain of transforms over register 0. In a rehearsal a job has no rows, and stands for what they would become.
    func transform(_ call: TransformCall, _ values: [ScriptValue]) async throws(ScriptError) -> ScriptValue {
        do {
            return try await apply(call, to: values[0], values)
        } catch {
            if manner.isRehearsal, case .service(.notRun) = error.fault, call.steps.allSatisfy({ $0.row.usage.result == nil }) { return values[0] }
            throw error
        }
    }

    private func apply(_ call: TransformCall, to subject: ScriptValue, _ values: [ScriptValue]) async throws(ScriptError) -> ScriptValue {
        let frame = try await frame(of: subject)
        var transforms: [Transform] = []
        var isCounted = false
        for (row, arguments, span) in call.steps {
            if isCounted { throw ScriptError(.notAFrame("int"), at: span) }
            var values = values
            for argument in arguments where row.usage.hasFrame(argument.key) {
                guard case .register(let register) = argument.value else { continue }
                do {
                    values[register] = .frame(try await self.frame(of: values[register]))
                } catch {
                    throw ScriptError(error.fault, at: error.span ?? argument.span)
                }
            }
            var unpacked = Arguments(row.name, arguments, values)
            switch try row.step(&unpacked) {
            case .transform(let transform): transforms.append(transform)
            case .count: isCounted = true
            }
        }
        var variables: [String: Scalar] = [:]
        var unusable: [String: String] = [:]
        for (name, register) in call.variables {
            if let scalar = values[register].scalar { variables[name] = scalar } else { unusable[name] = values[register].typeName }
        }
        let plan: Plan
        do {
            plan = try Plan(transforms, schema: frame.schema, variables: variables)
        } catch {
            // What the script could not compute for the expression failed for a reason of its own.
            if case .unknownVariable(let name, let mark) = error, let register = call.variables.first(where: { $0.name == name })?.register,
                case .error(let failure) = values[register]
            {
                throw ScriptError(failure.fault, at: call.span(ofMark: mark))
            }
            throw call.located(error, unusable)
        }
        for warning in plan.warnings { warn(Diagnostic.message(of: warning)) }
        switch try await run(plan, over: frame) {
        case .success(let result): return isCounted ? .scalar(.int(Int64(result.count))) : .frame(result)
        case .failure(.cancelled): throw ScriptError(.cancelled)
        // Columns that are made of data are checked when they are there.
        case .failure(.plan(let error)): throw call.located(error, unusable)
        case .failure(let error): throw ScriptError(.evaluation(error), at: call.span(ofMark: error.mark))
        }
    }

    /// Runs a plan where it holds up nothing, and tells what it warns of.
    func run(_ plan: Plan, over frame: Frame) async throws(ScriptError) -> Result<Frame, EvaluationError> {
        let (result, warnings) = try await BlockingWork.leavable { () -> Result<(Result<Frame, EvaluationError>, [PlanWarning]), ScriptError> in
            var warnings: [PlanWarning] = []
            do throws(EvaluationError) {
                let frame = try plan.run(over: frame, isCancelled: { Cancellation.stopsHere }, warn: { warnings.append($0) })
                return .success((.success(frame), warnings))
            } catch {
                return .success((.failure(error), []))
            }
        }
        for warning in warnings { output.message(Diagnostic.message(of: warning)) }
        return result
    }

    /// The frame that a value is or stands for: a job by its rows, a list of records by their fields.
    func frame(of value: ScriptValue) async throws(ScriptError) -> Frame {
        switch value {
        case .frame(let frame): return frame
        case .job(let job): return try await rows(of: job)
        case .record(let fields): return try await madeFrame { .success([fields]) }
        case .list(let items):
            if items.contains(where: \.isFrameOrJob) { return try await union(of: items) }
            return try await madeFrame {
                var records: [[ScriptValue.RecordField]] = []
                for item in items {
                    guard case .record(let fields) = item else { return .failure(ScriptError(.notAFrame("list with a \(item.typeName)"))) }
                    records.append(fields)
                }
                return .success(records)
            }
        case .scalar(.json(let text)):
            return try await madeFrame {
                do throws(ScriptError) { return .success(try ScriptValue.records(json: text)) } catch { return .failure(error) }
            }
        case .scalar, .range, .error, .function: throw ScriptError(.notAFrame(value.typeName))
        }
    }
}

extension Session {
    /// A frame of records, made where that holds up nothing.
    private func madeFrame(
        _ records: @escaping @Sendable () -> Result<[[ScriptValue.RecordField]], ScriptError>
    ) async throws(ScriptError) -> Frame {
        try await BlockingWork.leavable {
            do throws(ScriptError) { return .success(try Frame(records: try records().get())) } catch { return .failure(error) }
        }
    }

    /// The rows of several jobs or frames, as by `union`.
    private func union(of items: [ScriptValue]) async throws(ScriptError) -> Frame {
        var frames: [Frame] = []
        for item in items {
            guard item.isFrameOrJob else { throw ScriptError(.notAFrame("list with a \(item.typeName)")) }
            frames.append(try await frame(of: item))
        }
        let plan: Plan
        do { plan = try Plan(frames.dropFirst().map { .union($0) }, schema: frames[0].schema) } catch { throw ScriptError(.plan(error)) }
        switch try await run(plan, over: frames[0]) {
        case .success(let frame): return frame
        case .failure(let error): throw ScriptError(error == .cancelled ? .cancelled : .evaluation(error))
        }
    }
}

extension ScriptValue {
    /// Whether it is a frame or a job, which stands for one.
    fileprivate var isFrameOrJob: Bool {
        switch self {
        case .frame, .job: true
        default: false
        }
    }
}

extension UsageLine {
    /// Whether the argument `key` is a frame.
    fileprivate func hasFrame(_ key: String) -> Bool {
        clauses.contains { $0.shapes.contains { $0.contains { if case .slot(let slot) = $0 { slot.kind == .frame && slot.name == key } else { false } } } }
    }
}

extension TransformCall {
    /// The place of the node or argument that a plan's error names.
    func span(ofMark mark: Int32?) -> Span? {
        guard let mark, mark >= 0, Int(mark) < marks.count else { return nil }
        return marks[Int(mark)]
    }

    /// A plan's error at its place; a name that stands for a frame or job is said to be one.
    func located(_ error: PlanError, _ unusable: [String: String]) -> ScriptError {
        switch error {
        case .unknownColumn(let name, _, let mark, _), .unknownVariable(let name, let mark):
            if let found = unusable[name] { return ScriptError(.variableNotScalar(name: name, found: found), at: span(ofMark: mark)) }
        default: break
        }
        return ScriptError(.plan(error), at: span(ofMark: error.mark))
    }
}

extension PlanError {
    /// The mark of the node the error is about.
    var mark: Int32? {
        switch self {
        case .unknownColumn(_, _, let mark, _), .unknownVariable(_, let mark), .unknownFunction(_, let mark),
            .operatorTypes(_, _, let mark), .argumentType(_, _, _, _, let mark), .argumentCount(_, _, _, let mark),
            .conditionType(_, let mark), .literal(_, _, let mark), .format(_, _, let mark), .pattern(_, _, let mark), .duplicateColumn(_, let mark),
            .listMisplaced(let mark), .argumentValue(_, _, _, _, let mark), .argumentVaries(_, _, let mark),
            .repeatedColumn(_, let mark), .unknownType(_, _, let mark), .mixedColumns(_, _, let mark), .notOrdered(_, let mark), .notAList(_, _, let mark), .windowWithoutOver(_, let mark),
            .windowMisplaced(_, let mark), .notAWindow(_, let mark),
            .aggregateMisplaced(_, let mark), .aggregateNested(_, let mark), .columnNotGrouped(_, _, let mark),
            .joinTypes(_, _, _, _, let mark), .joinColumns(_, let mark), .unionTypes(_, _, _, let mark): mark
        case .negativeCount: nil
        }
    }
}

extension EvaluationError {
    /// The mark of the node the error is about.
    var mark: Int32? {
        switch self {
        case .overflow(_, _, _, _, let mark), .conversion(_, _, _, let mark), .outOfRange(_, _, let mark),
            .partialDay(_, _, _, let mark), .limit(_, _, let mark), .memory(_, _, _, let mark), .pattern(_, _, _, let mark),
            .inexact(_, _, _, let mark), .tooManyColumns(_, _, let mark): mark
        case .plan(let error): error.mark
        case .cancelled: nil
        }
    }
}
