// Tab: asks the language what could stand at the cursor, inserts what is certain and lists the rest.
import CEditLine

extension EditingThread {
    func complete() -> UInt8 {
        let (scalars, cursor) = (line.scalars, line.cursor)
        let text = String(String.UnicodeScalarView(scalars))
        let byte = scalars[..<cursor].reduce(0) { $0 + UTF8.width($1) }
        let completion = editor.hooks.complete(text, byte)
        if completion.candidates.isEmpty {
            if isBlankBeforeCursor(scalars, cursor) { line.insert("    ") }
            return UInt8(CC_REFRESH)
        }
        guard let range = scalarRange(completion.range, in: scalars), range.contains(cursor) || range.upperBound == cursor else {
            return UInt8(CC_REFRESH)
        }
        let typed = String(String.UnicodeScalarView(scalars[range]))
        if completion.candidates.count == 1 {
            put(completion.candidates[0].text + completion.candidates[0].suffix, in: range)
        } else {
            let prefix = CompletionList.commonPrefix(completion.candidates)
            if prefix.utf8.count > typed.utf8.count { put(prefix, in: range) }
            list(completion.candidates)
        }
        return UInt8(CC_REFRESH)
    }

    private func put(_ text: String, in range: Range<Int>) {
        line.move(to: range.upperBound)
        line.deleteBackward(range.count)
        line.insert(text)
    }

    /// Leaves the line as it is, lists below it, and begins the line anew below the list.
    private func list(_ candidates: [Completion.Candidate]) {
        let rows = CompletionList.rows(candidates, columns: painter.columns)
        Terminal.write(painter.finish(editedText(isFinal: true)) + rows.map { $0 + "\r\n" }.joined())
    }

    private func isBlankBeforeCursor(_ scalars: [Unicode.Scalar], _ cursor: Int) -> Bool {
        scalars[..<cursor].reversed().prefix { $0 != "\n" }.allSatisfy { $0 == " " || $0 == "\t" } && !scalars.isEmpty
    }

    /// A range of UTF-8 bytes in characters; nil if it lies outside the text or cuts a character.
    private func scalarRange(_ range: Range<Int>, in scalars: [Unicode.Scalar]) -> Range<Int>? {
        var (byte, lower) = (0, range.lowerBound == 0 ? 0 : -1)
        if range.upperBound == 0 { return lower == 0 ? 0..<0 : nil }
        for (index, scalar) in scalars.enumerated() {
            byte += UTF8.width(scalar)
            if byte == range.upperBound { return range.isEmpty ? index + 1..<index + 1 : lower >= 0 ? lower..<index + 1 : nil }
            if byte == range.lowerBound { lower = index + 1 }
        }
        return nil
    }
}
