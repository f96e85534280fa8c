// `qs check` and `qs fmt`: what can be done with scripts without running them.
import QueryFormats
import QueryLocal
import QueryScript

/// One run of a tool.
struct ScriptTools {
    let options: FileOptions
    let output: StandardOutput
    let workspace: String
    /// The variables that the scripts will be given.
    let variables: [GivenVariable]

    /// What stands before the tool's name counts as well.
    init(_ options: FileOptions, _ before: Options) {
        if options.files.isEmpty { refuse("this takes the names of scripts, or - for standard input", hint: "") }
        self.options = options
        let errors = options.shared.errors ?? before.shared.errors ?? .text
        output = StandardOutput(noColor: options.shared.noColor || before.shared.noColor, errors: errors)
        workspace = options.shared.workspace ?? before.shared.workspace ?? Environment.workspace
        variables = before.variables + options.variables
    }

    /// Tells everything that is wrong with the scripts, each once, and gives the exit status; warnings alone do not change it.
    func check() async -> Int32 {
        let service = LocalService(workspace: workspace)
        var knowledge = await ScriptKnowledge(of: service)
        await service.close()
        for variable in variables { knowledge.give(variable.name, variable.value) }
        var status: Int32 = 0
        var told: Set<String> = []
        for path in options.files {
            guard let source = source(path) else {
                status = Diagnostic.Code.io.exitStatus
                continue
            }
            let diagnostics = ScriptCheck.diagnostics(of: source, knowledge: knowledge) { (path) throws(FormatError) in
                try ScriptFile.bytes(path)
            }
            if status == 0, diagnostics.contains(where: { $0.severity == .error }) { status = Diagnostic.Code.usage.exitStatus }
            for diagnostic in diagnostics {
                let text = output.renderer.text(of: diagnostic)
                if told.insert(text).inserted { output.message(text) }
            }
        }
        return status
    }

    /// The script at `path`; nil, and a message, where it cannot be read.
    private func source(_ path: String) -> Source? {
        do {
            return Source(name: ScriptFile.name(of: path), bytes: try ScriptFile.bytes(path))
        } catch {
            output.message(output.renderer.text(of: .unreadable(error, file: path)))
            return nil
        }
    }

    /// Lays the scripts out anew. A script that is none stays as it is. Gives the exit status.
    func format() -> Int32 {
        if !variables.isEmpty { refuse("-v is for scripts that are run or checked", hint: "") }
        var status: Int32 = 0
        for path in options.files {
            guard let source = source(path) else {
                status = Diagnostic.Code.io.exitStatus
                continue
            }
            switch ScriptFormat.format(source) {
            case .refused(let diagnostics):
                for diagnostic in diagnostics { output.message(output.renderer.text(of: diagnostic)) }
                if status <= 1 { status = Diagnostic.Code.syntax.exitStatus }
            case .text(let text):
                let isSame = Array(text.utf8) == source.bytes
                if options.isCheck {
                    if isSame { continue }
                    output.message("\(DisplayText.escaped(source.name)): qs fmt would lay this out otherwise")
                    status = max(status, 1)
                } else if let error = write(text, to: path, isSame: isSame) {
                    output.message(output.renderer.text(of: .unreadable(error, file: path)))
                    status = Diagnostic.Code.io.exitStatus
                }
            }
        }
        return status
    }

    /// Writes a script that was laid out: standard input's to standard output, a file's in its place if it has changed.
    private func write(_ text: String, to path: String, isSame: Bool) -> FormatError? {
        do throws(FormatError) {
            if path == "-" {
                try output.write(text: text)
                try output.flush()
            } else if !isSame {
                try ScriptFile.write(text, to: path)
            }
            return nil
        } catch {
            return error
        }
    }
}
