// The one place where a diagnostic becomes lines for a person.
import QueryFrames

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
            let carets = String(repeating: "^", count: max(1, min(width(marked), DiagnosticRenderer.lineLimit)))
            lines.append("   \(style(number + " |", "34")) \(visible(String(decoding: text, as: UTF8.self)))")
            let hint = diagnostic.hint.map { " " + visible($0) } ?? ""
            lines.append("   \(style(gutter + " |", "34")) " + String(repeating: " ", count: width(before)) + style(carets + hint, "1;31"))
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

    /// Columns that text takes on a terminal, near enough to set a mark below a word.
    private func width(_ text: String) -> Int {
        var width = 0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: break
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0x1F300...0x1FAFF: width += 2
            default: width += 1
            }
        }
        return width
    }

    /// The text with control characters made visible, so that nothing in a script or a message can speak to the terminal.
    private func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { DiagnosticRenderer.isHidden($0) }) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                out += " "
            } else if DiagnosticRenderer.isHidden(scalar) {
                out += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private static func isHidden(_ scalar: UnicodeScalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: true
        default: false
        }
    }
}
