// Pipelines of a check: commands by what their rows say of them, transforms by the plan that they would be.
import QueryClient
import QueryFrames

extension StaticRun {
    mutating func pipeline(_ pipeline: PipelineNode) -> StaticValue {
        let (subject, stages) = (pipeline.subject, pipeline.stages)
        var current = subject.map { value($0) } ?? .unknown
        var index = 0
        while index < stages.count {
            switch stages[index].kind {
            case .command(let row, let arguments):
                current = command(row, arguments, piped: index > 0 || subject != nil ? current : nil, stages[index])
                index += 1
            case .transform:
                var end = index
                while end < stages.count, case .transform = stages[end].kind { end += 1 }
                current = transforms(stages[index..<end], of: current)
                index = end
            }
        }
        return current
    }

    // MARK: Commands

    private mutating func command(_ row: CommandRow, _ arguments: [Argument], piped: StaticValue?, _ stage: Stage) -> StaticValue {
        var values: [(argument: Argument, value: StaticValue)] = []
        func visit(_ arguments: [Argument], _ run: inout StaticRun) {
            for argument in arguments {
                switch argument.value {
                case .expression(let id), .rowExpression(let id): values.append((argument, run.value(id)))
                case .bindings(let bindings):
                    // What names a secret is no call.
                    for binding in bindings where row.effect != .connects || binding.name != SecretSource.option { _ = run.value(binding.value) }
                case .items(let items): for item in items { visit(item, &run) }
                case .column, .word, .flag: break
                }
            }
        }
        visit(arguments, &self)
        for (argument, value) in values { check(value, argument, of: row.usage) }
        let subject = piped ?? values.first { row.usage.slot(of: $0.argument.key)?.kind == .subject }?.value
        if let columns = subject?.schema?.schema.names { checkColumns(of: arguments, columns) }
        switch row.effect {
        case .runsQuery: return .job(started(arguments))
        case .givesJob:
            let subjects = values.filter { $0.argument.key == "job" }.map(\.value) + (piped.map { [$0] } ?? [])
            if subjects.count == 1, case .job = subjects[0] { return subjects[0] }
            return .unknown
        case .none, .savesQuery, .forgetsQuery, .changesSetting, .addsDataset, .usesService, .connects:
            switch row.usage.result {
            case "frame"?: return .frame(nil)
            case "job"?: return .job(nil)
            default: return .unknown
            }
        }
    }

    /// Whether the columns that a command is given are among those of its subject.
    private mutating func checkColumns(of arguments: [Argument], _ columns: [String]) {
        for argument in arguments {
            switch argument.value {
            case .column(let name) where !columns.contains(name):
                note(.plan(.unknownColumn(name: name, columns: columns, mark: 0, isValue: false)), at: argument.span)
            case .items(let items): for item in items { checkColumns(of: item, columns) }
            default: break
            }
        }
    }

    /// Whether the value is what the usage line asks for; the reading is that of the command itself.
    private mutating func check(_ value: StaticValue, _ argument: Argument, of usage: UsageLine) {
        guard let wanted = usage.slot(of: argument.key)?.takes, let sample = value.sample, sample.typeName != "null" else { return }
        let given = CallArgument(key: argument.key, value: .register(0), span: argument.span)
        let arguments = Arguments(usage.name, [given], [sample])
        do {
            switch wanted {
            case .text: _ = try arguments.text(argument.key)
            case .integer: _ = try arguments.int(argument.key)
            case .duration: _ = try arguments.duration(argument.key)
            case .condition: _ = try arguments.condition(argument.key)
            // A list may be one of jobs.
            case .job: if case .list = sample {} else { _ = try arguments.jobs(argument.key) }
            }
        } catch {
            note(error.fault, at: argument.span)
        }
    }

    /// The columns of what `run` starts, and whether the query is there and has these parameters.
    private mutating func started(_ arguments: [Argument]) -> StaticSchema? {
        for argument in arguments where argument.key == "on" {
            if case .word(let name) = argument.value, let known = knowledge.datasets, !known.contains(where: { $0.lowercased() == name.lowercased() }) {
                note(.service(.unknownDataset(name: name, known: known)), at: argument.span)
            }
        }
        guard let saved = arguments.first(where: { $0.key == "saved" }), case .word(let name) = saved.value, let queries = knowledge.queries
        else { return nil }
        guard let query = queries[name] else {
            note(.service(.unknownQuery(name: name, known: queries.keys.sorted())), at: saved.span)
            return nil
        }
        guard query.isKnown else { return nil }
        var given: [Binding] = []
        if case .bindings(let bindings)? = arguments.first(where: { $0.key == "with" })?.value { given = bindings }
        for binding in given where !query.parameters.contains(binding.name) {
            note(.service(.unknownParameter(name: binding.name, known: query.parameters, query: name)), at: binding.nameSpan)
        }
        let missing = query.parameters.filter { parameter in !given.contains { $0.name == parameter } }
        if !missing.isEmpty { note(.service(.missingParameters(names: missing, query: name)), at: saved.span) }
        return query.columns.map { columns in
            StaticSchema(schema: Schema(columns.map { Field($0.name, $0.type ?? .null) }), hasTypes: columns.allSatisfy { $0.type != nil })
        }
    }

    // MARK: Transforms

    /// What a chain of transforms gives: the plan is made of as many steps as are known, over rows that are not there.
    private mutating func transforms(_ stages: ArraySlice<Stage>, of subject: StaticValue) -> StaticValue {
        var frames: [StaticSchema?] = []
        var registers: [Int: StaticValue] = [:]
        let call: TransformCall? = if let first = stages.first, let last = stages.last,
            case .transforms(let call)? = calls[first.span.through(last.span)]?.kind { call } else { nil }
        for (index, stage) in stages.enumerated() {
            guard case .transform(let row, let arguments) = stage.kind else { continue }
            let compiled = call.map { index < $0.steps.count ? $0.steps[index].arguments : [] } ?? []
            visit(arguments, compiled, of: row.usage, &registers, &frames)
        }
        var isCounted = false
        for stage in stages { if case .transform(let row, _) = stage.kind, row.usage.result == "int" { isCounted = true } }
        let unknown: StaticValue = isCounted ? .scalar(.int64) : .frame(nil)
        if let type = subject.typeName, subject.isNoFrame, type != "null", let first = stages.first {
            note(.notAFrame(type), at: first.head)
            return unknown
        }
        guard let call, let schema = subject.schema, frames.allSatisfy({ $0 != nil }) else { return unknown }
        return plan(call, schema, registers, hasTypes: frames.allSatisfy { $0?.hasTypes ?? false }) ?? unknown
    }

    /// The values of a step's arguments by the registers that they will be in, and the columns of those that are frames.
    private mutating func visit(
        _ arguments: [Argument], _ compiled: [CallArgument], of usage: UsageLine, _ registers: inout [Int: StaticValue],
        _ frames: inout [StaticSchema?]
    ) {
        for (place, argument) in arguments.enumerated() {
            let made = place < compiled.count ? compiled[place].value : nil
            switch argument.value {
            case .expression(let id):
                let found = value(id)
                check(found, argument, of: usage)
                if case .register(let register)? = made { registers[register] = found }
                if usage.slot(of: argument.key)?.kind == .frame { frames.append(found.schema) }
            case .items(let items):
                let parts: [[CallArgument]] = if case .items(let parts)? = made { parts } else { [] }
                for (index, item) in items.enumerated() {
                    visit(item, index < parts.count ? parts[index] : [], of: usage, &registers, &frames)
                }
            case .rowExpression, .bindings, .column, .word, .flag: continue
            }
        }
    }

    private mutating func plan(
        _ call: TransformCall, _ schema: StaticSchema, _ registers: [Int: StaticValue], hasTypes: Bool
    ) -> StaticValue? {
        var isExact = schema.hasTypes && hasTypes
        var values: [ScriptValue] = []
        for register in 0...(registers.keys.max() ?? 0) {
            switch registers[register] {
            case .exact(let value)?: values.append(value)
            case let found?:
                if let schema = found.schema { values.append(.frame(Frame(schema: schema.schema, batches: []))); continue }
                values.append(.scalar(.int(1)))
                isExact = false
            case nil: values.append(.null)
            }
        }
        var variables: [String: Scalar] = [:]
        for (name, _) in call.variables {
            if case .exact(let value) = known(name), let scalar = value.scalar { variables[name] = scalar } else { variables[name] = .null; isExact = false }
        }
        var rows: StaticSchema? = StaticSchema(schema: schema.schema, hasTypes: isExact)
        for (index, (row, arguments, span)) in call.steps.enumerated() {
            guard let schema = rows else { return .frame(nil) }
            var unpacked = Arguments(row.name, arguments, values)
            do throws(ScriptError) {
                switch try row.step(&unpacked) {
                case .count:
                    if index + 1 < call.steps.count { note(.notAFrame("int"), at: call.steps[index + 1].span) }
                    return .scalar(.int64)
                case .transform(let step): rows = self.step(step, of: call, over: schema, variables)
                }
            } catch {
                if isExact { note(error.fault, at: error.span ?? span) }
                return nil
            }
        }
        return .frame(rows)
    }

    /// The columns that a step gives; nil where they are not known. A column that is missing is told and then taken to be there, so
    /// that others are found too.
    private mutating func step(
        _ step: Transform, of call: TransformCall, over schema: StaticSchema, _ variables: [String: Scalar]
    ) -> StaticSchema? {
        var fields = schema.schema.fields, isExact = schema.hasTypes
        while true {
            do throws(PlanError) {
                // The columns of a pivot are in its rows.
                return try Plan([step], schema: Schema(fields), variables: variables).schema.map { StaticSchema(schema: $0, hasTypes: isExact) }
            } catch {
                let located = call.located(error, [:])
                let span = located.span ?? call.steps[0].span
                guard case .unknownColumn(let name, let columns, let mark, let isValue) = error, !fields.contains(where: { $0.name == name }) else {
                    // Where types are guesses, only names are certain.
                    if isExact { note(located.fault, at: span) }
                    return step.keepsColumns ? StaticSchema(schema: Schema(fields), hasTypes: false) : nil
                }
                // Told are the columns that there are: not those that were missing before, but those of a frame that is joined.
                let known = columns == fields.map(\.name) ? schema.schema.names : columns
                note(.plan(.unknownColumn(name: name, columns: known, mark: mark, isValue: isValue)), at: span)
                fields.append(Field(name, .null))
                isExact = false
            }
        }
    }
}

extension Transform {
    /// Whether the rows have the columns after it that they had before.
    fileprivate var keepsColumns: Bool {
        switch self {
        case .where, .sort, .take, .skip, .tail, .sample, .distinct: true
        default: false
        }
    }
}

extension StaticValue {
    /// Whether it can never stand for rows.
    fileprivate var isNoFrame: Bool {
        switch self {
        case .exact(.scalar), .scalar, .range, .exact(.range), .function: true
        default: false
        }
    }
}
