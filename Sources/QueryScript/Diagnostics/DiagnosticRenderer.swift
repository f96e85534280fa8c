// The one place where a diagnostic becomes lines for a person.
import QueryFormats

/// Writes diagnostics as text.
public struct DiagnosticRenderer: Sendable {
    /// Whether to use a terminal's colours.
    public var isColoured: Bool
    /// Longer source lines are shown around the place only.
    static let lineLimit = 120

    public init(isColoured: Bool = false) { self.isColoured = isColoured }

    /// The diagnostic, without a line's end after its last line.
    public func text(of diagnostic: Diagnostic) -> String {
        let source = diagnostic.source
        let start = Int(diagnostic.span.start)
        let (line, column) = source.position(start)
        var lines = [style("error[\(diagnostic.code.rawValue)]", "1;31") + style(": " + visible(diagnostic.message), "1")]
        lines.append("  at \(visible(source.name)):\(line):\(column)")
        let range = source.line(at: start)
        if !range.isEmpty {
            let number = String(line)
            let gutter = String(repeating: " ", count: number.count)
            let (text, offset) = window(Array(source.bytes[range]), around: start - range.lowerBound)
            let before = visible(String(decoding: text.prefix(max(0, start - range.lowerBound - offset)), as: UTF8.self))
            let end = min(max(Int(diagnostic.span.end), start), range.upperBound)
            let marked = visible(String(decoding: source.bytes[min(start, end)..<end], as: UTF8.self))
            let carets = String(repeating: "^", count: max(1, min(DisplayText.width(marked), DiagnosticRenderer.lineLimit)))
            lines.append("   \(style(number + " |", "34")) \(visible(String(decoding: text, as: UTF8.self)))")
            let hint = diagnostic.hint.map { " " + visible($0) } ?? ""
            lines.append("   \(style(gutter + " |", "34")) " + String(repeating: " ", count: DisplayText.width(before)) + style(carets + hint, "1;31"))
        } else if let hint = diagnostic.hint {
            lines.append("  \(visible(hint))")
        }
        for note in diagnostic.notes {
            lines += note.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + visible(String($0)) }
        }
        return lines.joined(separator: "\n")
    }

    private func style(_ text: String, _ codes: String) -> String { isColoured ? "\u{1B}[\(codes)m\(text)\u{1B}[0m" : text }

    /// A stretch of a long line around a place, cut at characters, and where it begins.
    private func window(_ line: [UInt8], around offset: Int) -> (text: [UInt8], offset: Int) {
        guard line.count > DiagnosticRenderer.lineLimit else { return (line, 0) }
        var start = max(0, offset - DiagnosticRenderer.lineLimit / 2)
        var end = min(line.count, start + DiagnosticRenderer.lineLimit)
        while start > 0 && line[start] & 0xC0 == 0x80 { start -= 1 }
        while end < line.count && line[end] & 0xC0 == 0x80 { end += 1 }
        return (Array(line[start..<end]), start)
    }

    /// The text on one line with control characters made visible, so that nothing in a script or a message can speak to the terminal.
    private func visible(_ text: String) -> String {
        DisplayText.escaped(String(text.map { $0 == "\t" ? " " : $0 }))
    }
}
