// A bracketed paste: text between two marks of the terminal, which is inserted and never acts as keys.
import CEditLine

extension EditingThread {
    /// A paste that is longer is not taken: nothing of it reaches the line.
    static let pasteLimit = 4 << 20

    func paste() -> UInt8 {
        let end = Array("\u{1b}[201~".unicodeScalars)
        var pasted: [Unicode.Scalar] = []
        var isTooLong = false
        while !pasted.hasSuffix(end) {
            guard let scalar = nextKey() else { return UInt8(CC_NORM) }
            if pasted.count > EditingThread.pasteLimit {
                isTooLong = true
                pasted.removeFirst(pasted.count - end.count)
            }
            pasted.append(scalar)
        }
        if isTooLong {
            Terminal.write(painter.erase() + "The pasted text is longer than \(EditingThread.pasteLimit) characters and was left out.\r\n")
        } else {
            pasted.removeLast(end.count)
            line.insert(EditingThread.harmless(pasted))
        }
        return UInt8(CC_REFRESH)
    }

    /// Pasted text without what would steer the terminal; each end of a line is `\n`, and those behind the last line go.
    static func harmless(_ pasted: [Unicode.Scalar]) -> String {
        var kept = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in pasted {
            if scalar == "\r" || (scalar == "\n" && previous != "\r") {
                kept.append("\n")
            } else if scalar == "\t" || !(scalar.value < 0x20 || 0x7f..<0xa0 ~= scalar.value) {
                kept.append(scalar)
            }
            previous = scalar
        }
        while kept.last == "\n" { kept.removeLast() }
        return String(kept)
    }
}

extension Array where Element: Equatable {
    fileprivate func hasSuffix(_ end: [Element]) -> Bool { suffix(end.count).elementsEqual(end) }
}
