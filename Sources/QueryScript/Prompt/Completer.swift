// What could stand at the cursor of a prompt: the usage line of the command there says what kinds of things, the session
// which ones there are.
import QueryFormats
import QueryFrames

/// What could replace a piece of a line.
public struct Suggestions: Sendable {
    /// The piece, in bytes of the text.
    public var range: Range<Int>
    public var candidates: [Candidate]

    public struct Candidate: Sendable {
        public var text: String
        /// What it is, in a few words.
        public var note: String
    }
}

extension Session {
    /// What could stand at `cursor`, in bytes of `text`.
    public func suggestions(for text: String, cursor: Int) async -> Suggestions {
        let place = CompletionPlace(text: text, cursor: cursor)
        var candidates: [Suggestions.Candidate] = []
        for want in place.wants {
            switch want {
            case .commands: candidates += CommandTable.standard.commands.map { .init(text: $0.name, note: $0.summary) }
            case .transforms: candidates += CommandTable.standard.transforms.map { .init(text: $0.name, note: $0.summary) }
            case .words(let words): candidates += words.map { .init(text: $0, note: "") }
            case .variables: candidates += variableNames.map { .init(text: $0, note: "variable") }
            case .functions:
                candidates += Functions.rows.map { .init(text: $0.name, note: $0.usage) }
                candidates += CommandTable.standard.functions.map { .init(text: $0.name, note: $0.usage) }
                candidates += Windows.rows.map { .init(text: $0.name, note: $0.usage + " over (...)") }
                candidates += Aggregates.rows.map { .init(text: $0.name, note: $0.usage) }
            case .formats: candidates += Formats.rows.map { .init(text: $0.name, note: $0.summary) }
            case .queries: candidates += await queryNames().map { .init(text: $0, note: "saved query") }
            case .datasets: candidates += await datasetNames().map { .init(text: $0, note: "dataset") }
            case .services: candidates += services.summaries.map { .init(text: $0.name, note: "\($0.kind) service") }
            case .jobs: candidates += ((try? await services.jobs()) ?? []).map { .init(text: $0.id.text, note: $0.status.rawValue) }
            case .columns(let subject): candidates += columnNames(of: subject).map { .init(text: $0, note: "column") }
            case .fields(let subject):
                if isJob(subject) { candidates += JobField.allCases.map { .init(text: $0.rawValue, note: "of the job") } }
            case .everything: candidates += HelpText.names.map { .init(text: $0, note: "") }
            }
        }
        var seen: Set<String> = []
        let fitting = candidates.filter { $0.text.hasPrefix(place.typed) && seen.insert($0.text).inserted }
        return Suggestions(range: place.range, candidates: fitting.map { .init(text: $0.text.asName, note: $0.note) })
    }
}

extension String {
    /// The text as a name of the language: in backticks where it is none by itself.
    fileprivate var asName: String {
        let isPlain = utf8.allSatisfy { ($0 | 0x20) >= 97 && ($0 | 0x20) <= 122 || $0 == 95 || $0 >= 48 && $0 <= 57 }
        return !isPlain ? "`\(self)`" : self
    }
}

/// Where the cursor is, in terms of the language.
struct CompletionPlace {
    enum Want {
        case commands, transforms, variables, functions, formats, queries, datasets, services, jobs, everything
        case words([String])
        case columns(of: String)
        case fields(of: String)
    }

    /// What has been typed of the word at the cursor.
    private(set) var typed = ""
    /// The word at the cursor, in bytes.
    private(set) var range: Range<Int>
    private(set) var wants: [Want] = []

    init(text: String, cursor: Int) {
        let bytes = Array(text.utf8.prefix(cursor))
        var start = bytes.count
        while start > 0, CompletionPlace.isNameByte(bytes[start - 1]) { start -= 1 }
        range = start..<bytes.count
        typed = String(decoding: bytes[start...], as: UTF8.self)
        var before = Lexer.read(Source(name: "prompt", bytes: Array(bytes[..<start])))
        // What the text has not closed is still open at the cursor.
        before.tokens.removeAll { $0.span.end <= $0.span.start }
        wants = CompletionPlace.endsInString(before.tokens) ? [] : CompletionPlace.wants(after: before)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= 97 && (byte | 0x20) <= 122 || byte == 95 || byte >= 48 && byte <= 57
    }

    private static func endsInString(_ tokens: [Token]) -> Bool {
        var depth = 0
        for token in tokens {
            if token.kind == .stringStart || token.kind == .interpolationEnd { depth += 1 }
            if token.kind == .stringEnd || token.kind == .interpolationStart { depth -= 1 }
        }
        return depth > 0
    }

    private static func wants(after read: LexedSource) -> [Want] {
        // The step of the pipeline that the cursor is in, and what its pipeline begins with.
        var stage: [Token] = []
        var subject: String?
        var isPiped = false
        for token in read.tokens {
            switch token.kind {
            case .newline, .semicolon, .symbol(.openParen), .symbol(.openBrace), .symbol(.closeBrace), .interpolationStart:
                stage = []
                subject = nil
                isPiped = false
            case .symbol(.assign) where !CompletionPlace.isInCommand(read.word(stage.first)):
                stage = []
                subject = nil
            case .symbol(.pipe):
                if !isPiped, let name = read.word(stage.last) { subject = name }
                stage = []
                isPiped = true
            default: stage.append(token)
            }
        }
        if case .symbol(.dot)? = stage.last?.kind, stage.count > 1, let name = read.word(stage[stage.count - 2]) {
            return [.fields(of: name), .columns(of: name)]
        }
        guard let head = read.word(stage.first) else {
            if !stage.isEmpty { return [.variables, .functions] }
            return isPiped ? [.transforms, .commands]
                : [.commands, .variables, .words(["let", "if", "for", "while"]), .functions]
        }
        let table = CommandTable.standard
        if isPiped, let row = table.transform(head) { return wants(in: row.usage, stage, read, columnsOf: subject ?? "_", isTransform: true, names: []) }
        if let row = table.command(head) {
            if !isPiped, stage.count > 1, let name = read.word(stage[1]) { subject = name }
            let hasSubject = !isPiped && row.usage.clauses.contains { $0.isSubject }
            return wants(in: row.usage, stage, read, columnsOf: subject, isTransform: false, hasSubject: hasSubject, names: names(of: row))
        }
        return [.variables, .functions]
    }

    private static func isInCommand(_ head: String?) -> Bool {
        guard let head else { return false }
        return CommandTable.standard.command(head) != nil || CommandTable.standard.transform(head) != nil
    }

    private static func wants(
        in usage: UsageLine, _ stage: [Token], _ read: LexedSource, columnsOf subject: String?, isTransform: Bool, hasSubject: Bool = false, names: [Want]
    ) -> [Want] {
        let used = stage.dropFirst().compactMap { read.word($0) }
        var wants: [Want] = []
        // After a clause's word, or at the beginning, stands what the usage line has there.
        let last = stage.count == 1 ? nil : used.last
        let clause = usage.clauses.first { $0.word != nil && $0.word == last } ?? usage.clauses.first { $0.word == nil && $0.flags.isEmpty }
        let isFresh = stage.count == 1 || clause?.word == last && last != nil || stage.last?.kind == .symbol(.comma)
        if let clause, isFresh || isTransform { wants += clause.shapes.flatMap { $0 }.flatMap { self.wants($0, subject, names: names) } }
        if !isFresh, let format = usage.clauses.first(where: { $0.key == "format" }) {
            wants += format.shapes[0].flatMap { self.wants($0, subject, names: names) }
        }
        // What stands first is the subject, even where it is called as a clause is.
        let given = used.dropFirst(hasSubject ? 1 : 0)
        wants.append(.words(usage.clauses.flatMap { ($0.word.map { [$0] } ?? []) + $0.flags }.filter { !given.contains($0) }))
        return wants
    }

    /// What a command's NAME can be; a new column's name is anybody's.
    private static func names(of command: CommandRow) -> [Want] {
        switch command.effect {
        case .changesSetting: [.words(Setting.allCases.map(\.rawValue))]
        case .savesQuery, .forgetsQuery: [.queries]
        case .addsDataset: [.datasets]
        case .connects: [.services]
        case .none, .runsQuery, .givesJob, .usesService: []
        }
    }

    private static func wants(_ element: UsageLine.Element, _ subject: String?, names: [Want]) -> [Want] {
        switch element {
        case .slot(let slot):
            switch slot.kind {
            case .expression, .subject, .frame, .shell: return [.variables, .functions]
            case .topic: return [.everything]
            case .rowExpression: return [.columns(of: subject ?? "_"), .functions, .variables]
            case .column: return [.columns(of: subject ?? "_")]
            case .query: return [.queries]
            case .bindings: return []
            case .word:
                switch slot.name {
                case "format": return [.formats]
                case "target": return [.datasets, .services]
                case "dataset": return [.datasets]
                case "service": return [.services]
                case "job_id": return [.jobs]
                case "name": return names
                default: return []
                }
            }
        case .flags(_, let words): return [.words(words)]
        case .equals, .equalEqual, .comma: return []
        }
    }
}

extension LexedSource {
    /// The text of a token that is a word.
    fileprivate func word(_ token: Token?) -> String? { if case .word(let name)? = token?.kind { text(name) } else { nil } }
}
