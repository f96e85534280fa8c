// The one place where a diagnostic becomes lines for a person, or an object for a program.
import QueryFormats
import QueryFrames
import Synchronization

/// Writes diagnostics as text.
public struct DiagnosticRenderer: Sendable {
    /// Who reads it.
    public enum Form: Sendable {
        /// Lines for a person, in a terminal's colours or without.
        case lines(isColoured: Bool)
        /// One JSON object in one line.
        case json
    }

    public var form: Form
    /// Longer source lines are shown around the place only.
    static let lineLimit = 120
    private let blotted = Blotted()

    public init(_ form: Form = .lines(isColoured: false)) { self.form = form }

    private var isColoured: Bool { if case .lines(true) = form { true } else { false } }

    /// The diagnostic, without a line's end after its last line.
    public func text(of diagnostic: Diagnostic) -> String {
        if case .json = form { return object(of: diagnostic) }
        let source = diagnostic.source
        let (line, column) = source.position(Int(diagnostic.span.start))
        let colour = diagnostic.severity == .error ? "1;31" : "1;33"
        var lines = [style("\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]", colour) + style(": " + visible(diagnostic.message), "1")]
        if diagnostic.hasPlace { lines.append("  at \(visible(source.name)):\(line):\(column)") }
        let marks = marks(of: diagnostic)
        let gutter = marks.map { String($0.line).count }.max() ?? 0
        var shown = 0
        for mark in marks {
            if mark.line != shown {
                let number = String(repeating: " ", count: gutter - String(mark.line).count) + String(mark.line)
                lines.append("   \(style(number + " |", "34")) \(visible(String(decoding: mark.text, as: UTF8.self)))")
                shown = mark.line
            }
            let sign = mark.isMain ? "^" : "-"
            let note = mark.note.map { " " + visible($0) } ?? ""
            let underline = style(String(repeating: sign, count: mark.width) + note, mark.isMain ? colour : "1;34")
            lines.append("   \(style(String(repeating: " ", count: gutter) + " |", "34")) " + String(repeating: " ", count: mark.indent) + underline)
        }
        if marks.isEmpty, let hint = diagnostic.hint { lines.append("  \(visible(hint))") }
        for note in diagnostic.notes {
            lines += note.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + visible(String($0)) }
        }
        return lines.joined(separator: "\n")
    }

    // MARK: Lines

    /// A place with the line it is in, or a stretch of that.
    private struct Mark {
        var line: Int
        var text: [UInt8]
        /// Blanks before the mark, and its length.
        var indent: Int
        var width: Int
        var note: String?
        var isMain: Bool
    }

    /// The places of a diagnostic in the order of the text; the labels of a line stand below its main mark.
    private func marks(of diagnostic: Diagnostic) -> [Mark] {
        guard let main = mark(diagnostic.span, diagnostic.hint, in: diagnostic.source, isMain: true) else { return [] }
        var marks = diagnostic.labels.compactMap { mark($0.span, $0.text, in: diagnostic.source, isMain: false) }
        marks.append(main)
        return marks.sorted { a, b in
            a.line != b.line ? a.line < b.line : a.isMain != b.isMain ? a.isMain : a.indent < b.indent
        }
    }

    private func mark(_ span: Span, _ note: String?, in source: Source, isMain: Bool) -> Mark? {
        let start = Int(span.start)
        let range = source.line(at: start)
        guard !range.isEmpty else { return nil }
        let bytes = blotted.bytes(of: source)
        let (text, offset) = window(Array(bytes[range]), around: start - range.lowerBound)
        let before = visible(String(decoding: text.prefix(max(0, start - range.lowerBound - offset)), as: UTF8.self))
        let end = min(max(Int(span.end), start), range.upperBound)
        let marked = visible(String(decoding: bytes[min(start, end)..<end], as: UTF8.self))
        let width = max(1, min(DisplayText.width(marked), DiagnosticRenderer.lineLimit))
        return Mark(
            line: source.position(start).line, text: text, indent: DisplayText.width(before), width: width, note: note, isMain: isMain)
    }

    /// The text without keys of the source that was shown last: a script with many errors is searched for them once.
    private final class Blotted: Sendable {
        private let last = Mutex<(source: Source, bytes: [UInt8])?>(nil)

        func bytes(of source: Source) -> [UInt8] {
            last.withLock { last in
                if let last, last.source == source { return last.bytes }
                let bytes = SecretText.blotted(source)
                last = (source, bytes)
                return bytes
            }
        }
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

    // MARK: JSON

    /// `{"code":...,"severity":"error","message":...,"file":...,"line":...,"column":...,"end":{...},"labels":[...],"hints":[...]}`. Lines and columns
    /// count from 1, columns in characters; `end` is the place after the last character.
    private func object(of diagnostic: Diagnostic) -> String {
        let source = diagnostic.source
        let labels = diagnostic.labels.map { "{\(place($0.span, in: source)),\"message\":\(JSONText.quoted($0.text))}" }
        let hints = ((diagnostic.hint.map { [$0] } ?? []) + diagnostic.notes).map { JSONText.quoted($0) }
        let head = "\"code\":\(JSONText.quoted(diagnostic.code.rawValue)),\"severity\":\"\(diagnostic.severity.rawValue)\",\"message\":\(JSONText.quoted(diagnostic.message))"
        return "{\(head),\"file\":\(JSONText.quoted(source.name)),\(place(diagnostic.span, in: source)),"
            + "\"labels\":[\(labels.joined(separator: ","))],\"hints\":[\(hints.joined(separator: ","))]}"
    }

    private func place(_ span: Span, in source: Source) -> String {
        let (line, column) = source.position(Int(span.start))
        let (endLine, endColumn) = source.position(Int(max(span.start, span.end)))
        return "\"line\":\(line),\"column\":\(column),\"end\":{\"line\":\(endLine),\"column\":\(endColumn)}"
    }
}
