// `qs fmt`: the one layout of a script. The tokens stay what they are and in their order, comments at their places; what changes are
// blanks, line ends and semicolons.

/// Lays out scripts.
public enum ScriptFormat {
    /// What became of a script.
    public enum Outcome {
        case text(String)
        /// The text is no script, so nobody can say how it would be laid out.
        case refused([Diagnostic])
    }

    /// Lines are no longer than this where there is a place to break them.
    static let width = 100
    /// What a block, and what goes on from the line before, is moved to the right by.
    static let step = 4
    /// A block of one statement no longer than this may stand in one line with what it belongs to.
    static let shortBlock = 40
    /// Where no item of a list is longer than this, as many stand in a line as fit.
    static let shortItem = 24

    /// The script in its layout. A text that is laid out so already stays as it is, to the byte.
    public static func format(_ source: Source) -> Outcome {
        switch Parser.parse(source) {
        case .script(let tree):
            let statements = FormatReader.statements(of: source, tree)
            var writer = FormatWriter()
            writer.script(statements)
            return .text(writer.text)
        case .unfinished(let error, _): return .refused([Diagnostic(error, in: source)])
        case .failed(let errors, _): return .refused(errors.map { Diagnostic($0, in: source) })
        }
    }
}
