// The check of whole scripts before they run: text, names, types and columns, in the files that a script imports as well. Nothing
// is run, no service is asked and no file is read but those imports.
import QueryFormats

/// Finds what is wrong with scripts without running them.
public struct ScriptCheck {
    /// What is known of the service that scripts will speak to.
    private var knowledge: ScriptKnowledge
    /// Gives the text of a file that a script imports; nil where scripts may touch no files.
    private let read: ((String) throws(FormatError) -> [UInt8])?
    private var imports: [String: Checked] = [:]
    /// The files that are being checked, each imported by the one before.
    private var importing: [String] = []
    private var diagnostics: [Diagnostic] = []

    /// The variables that every script finds.
    static let predefined: Set<String> = ["args", "script_dir"]

    /// Imports that stand deeper in each other than any library would are refused.
    static let importLimit = 100

    /// What a file gives to those that import it.
    private struct Checked {
        var globals: GlobalNames
        var values: [String: StaticValue]
        /// Whether its names are all known.
        var isWhole: Bool
    }

    public init(knowledge: ScriptKnowledge = ScriptKnowledge(), reading read: ((String) throws(FormatError) -> [UInt8])?) {
        self.knowledge = knowledge
        self.read = read
    }

    /// All that is wrong with a script and the files it imports, and what can hardly be meant: those of imports first, each file's in the order of its text.
    public static func diagnostics(
        of source: Source, knowledge: ScriptKnowledge = ScriptKnowledge(), reading read: ((String) throws(FormatError) -> [UInt8])?
    ) -> [Diagnostic] {
        var check = ScriptCheck(knowledge: knowledge, reading: read)
        check.importing = [source.name]
        _ = check.check(source)
        return check.diagnostics
    }

    private mutating func check(_ source: Source) -> Checked {
        let tree: SyntaxTree
        var found: [Diagnostic] = []
        switch Parser.parse(source) {
        case .script(let parsed): tree = parsed
        case .unfinished(let error, let rest): (tree, found) = (rest, [Diagnostic(error, in: source)])
        case .failed(let errors, let rest): (tree, found) = (rest, errors.map { Diagnostic($0, in: source) })
        }
        knowledge.learn(from: tree)
        var globals = GlobalNames()
        let predefined = ScriptCheck.predefined.union(knowledge.variables.keys)
        for name in predefined.sorted() { _ = globals.declare(name) }
        var values: [String: StaticValue] = ["script_dir": .scalar(.string), "args": .list]
        values.merge(knowledge.variables.mapValues { .exact($0) }) { $1 }
        var isWhole = !tree.lacksImport
        for (name, span) in tree.imports {
            switch imported(SourcePath.imported(name, by: source)) {
            case .success(let file):
                globals.adopt(file.globals, except: predefined)
                values.merge(file.values) { $1 }
                isWhole = isWhole && file.isWhole
            case .failure(let failure):
                found.append(failure.diagnostic(in: source, at: span))
                isWhole = false
            }
        }
        let calls: [Call], warnings: [CheckWarning]
        switch Compiler.compile(tree, source: source, globals: globals) {
        case .success((let program, let names)): (calls, warnings, globals) = (program.calls, program.warnings, names)
        case .failure(let failure):
            (calls, warnings, globals) = (failure.calls, failure.warnings, failure.globals)
            found += failure.errors.filter { isWhole || !$0.fault.isAboutNames }.map { Diagnostic($0, in: source) }
        }
        var run = StaticRun(tree, source, calls, values, knowledge)
        run.script()
        for diagnostic in run.diagnostics {
            // What stands where something else is wrong already follows from that.
            let isKnown = found.contains { $0.span.start <= diagnostic.span.start && diagnostic.span.end <= $0.span.end }
            if !isKnown { found.append(diagnostic) }
        }
        diagnostics += (found + warnings.map { Diagnostic($0, in: source) }).inOrder
        return Checked(globals: globals, values: run.globals, isWhole: isWhole)
    }

    // MARK: Imports

    private enum ImportFailure: Error {
        case check(CheckFault)
        case run(MachineFault)

        func diagnostic(in source: Source, at span: Span) -> Diagnostic {
            switch self {
            case .check(let fault): Diagnostic(CheckError(fault: fault, span: span), in: source)
            case .run(let fault): Diagnostic(ScriptError(fault, at: span), in: source)
            }
        }
    }

    private mutating func imported(_ path: String) -> Result<Checked, ImportFailure> {
        if let known = imports[path] { return .success(known) }
        if let start = importing.firstIndex(of: path) { return .failure(.check(.importCycle(Array(importing[start...]) + [path]))) }
        if importing.count >= ScriptCheck.importLimit { return .failure(.run(.tooDeep(limit: ScriptCheck.importLimit))) }
        guard let read else { return .failure(.run(.notGranted("files"))) }
        let source: Source
        do throws(FormatError) { source = Source(name: path, bytes: try read(path)) } catch { return .failure(.run(.format(error))) }
        importing.append(path)
        let checked = check(source)
        importing.removeLast()
        imports[path] = checked
        return .success(checked)
    }
}
