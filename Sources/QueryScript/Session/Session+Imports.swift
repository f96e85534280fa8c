// Imports: files that run before the script that imports them, each once in a session, and whose names it then finds.
import QueryFormats

extension Session {
    /// Runs the files that a script imports, each once in a session, so that the script finds their names; gives what went wrong.
    func runImports(of tree: SyntaxTree, in source: Source) async -> RunOutcome? {
        for (name, span) in tree.imports {
            let path = SourcePath.imported(name, by: source)
            if let imported = imports[path] {
                globals.adopt(imported, except: predefined)
                continue
            }
            if let start = importing.firstIndex(of: path) {
                let error = CheckError(fault: .importCycle(Array(importing[start...]) + [path]), span: span)
                return .failed([Diagnostic(error, in: source)])
            }
            if !grants.files { return .failed([Diagnostic(ScriptError(.notGranted("files"), at: span), in: source)]) }
            if let failure = await runImport(path, span, in: source) { return failure }
        }
        return nil
    }

    /// A function of its own: a script without imports does not ask the runtime what a file that is read consists of.
    private func runImport(_ path: String, _ span: Span, in source: Source) async -> RunOutcome? {
        let file = await BlockingWork.run { () -> Result<ByteSource, FormatError> in
            do throws(FormatError) { return .success(try ByteSource(path: path)) } catch { return .failure(error) }
        }
        switch file {
        case .failure(let error): return .failed([Diagnostic(ScriptError(.format(error), at: span), in: source)])
        case .success(let file): return await runImport(Source(name: path, bytes: file.array))
        }
    }

    private func runImport(_ source: Source) async -> RunOutcome? {
        let own = globals
        globals = globals.forImport(keeping: predefined)
        importing.append(source.name)
        let outcome = await execute(source, isPrompt: false)
        importing.removeLast()
        let imported = globals
        globals = own
        guard case .finished = outcome else { return outcome }
        imports[source.name] = imported
        globals.adopt(imported, except: predefined)
        return nil
    }
}

/// Paths of scripts.
enum SourcePath {
    /// The file that `import "name"` means in `source`.
    static func imported(_ name: String, by source: Source) -> String {
        normalized(source.folder.map { name.hasPrefix("/") ? name : $0 + "/" + name } ?? name)
    }

    /// The path without `.` and `..` in its middle, so that one file has one name: `lib/../lib/a.qs` is `lib/a.qs`.
    static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }
}
