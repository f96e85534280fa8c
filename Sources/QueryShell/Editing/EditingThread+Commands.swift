// The editor's own commands: what Enter, the arrows, Ctrl-D and the like do to a text that may have several lines.
import CEditLine

extension EditingThread {
    private var refresh: UInt8 { UInt8(CC_REFRESH) }

    /// Hands over a whole statement; adds a line to one that is not whole yet.
    func accept() -> UInt8 {
        let text = line.text
        guard text.allSatisfy(\.isWhitespace) || editor.hooks.isComplete(text) else { return insertNewline() }
        end(with: .text(text))
        return UInt8(CC_NEWLINE)
    }

    func insertNewline() -> UInt8 {
        line.insert("\n")
        return refresh
    }

    func deleteOrEnd() -> UInt8 {
        let count = line.scalars.count
        if count == 0 {
            end(with: .end)
            return UInt8(CC_EOF)
        }
        if line.cursor < count {
            line.move(to: line.cursor + 1)
            line.deleteBackward(1)
        }
        return refresh
    }

    func clearScreen() -> UInt8 {
        Terminal.write(painter.clearScreen())
        return refresh
    }

    func right() -> UInt8 {
        line.cursor == line.scalars.count ? takeHint() : line.move(to: line.cursor + 1)
        return refresh
    }

    func lineStart() -> UInt8 {
        let start = start(ofLineAt: line.cursor, in: line.scalars)
        line.move(to: line.cursor == start ? 0 : start)
        return refresh
    }

    func lineEnd() -> UInt8 {
        let scalars = line.scalars
        let end = end(ofLineAt: line.cursor, in: scalars)
        if line.cursor == scalars.count {
            takeHint()
        } else {
            line.move(to: line.cursor == end ? scalars.count : end)
        }
        return refresh
    }

    func up() -> UInt8 {
        let scalars = line.scalars
        let start = start(ofLineAt: line.cursor, in: scalars)
        guard start > 0 else { return older() }
        let above = self.start(ofLineAt: start - 1, in: scalars)
        line.move(to: min(above + line.cursor - start, start - 1))
        return refresh
    }

    func down() -> UInt8 {
        let scalars = line.scalars
        let end = end(ofLineAt: line.cursor, in: scalars)
        guard end < scalars.count else { return newer() }
        let column = line.cursor - start(ofLineAt: line.cursor, in: scalars)
        line.move(to: min(end + 1 + column, self.end(ofLineAt: end + 1, in: scalars)))
        return refresh
    }

    func older() -> UInt8 {
        if let text = history.older(than: line.text) { line.replace(with: text) }
        return refresh
    }

    func newer() -> UInt8 {
        if let text = history.newer() { line.replace(with: text) }
        return refresh
    }

    private func takeHint() {
        if let hint { line.insert(hint) }
    }

    private func start(ofLineAt index: Int, in scalars: [Unicode.Scalar]) -> Int {
        (scalars[..<index].lastIndex(of: "\n") ?? -1) + 1
    }

    private func end(ofLineAt index: Int, in scalars: [Unicode.Scalar]) -> Int {
        scalars[index...].firstIndex(of: "\n") ?? scalars.count
    }
}
