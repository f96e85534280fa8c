// Rows written by several threads: each makes the text of some rows, and the texts go to the sink in the order of the rows.
import QueryFrames
import Synchronization

/// One frame on its way to a sink. Everything unsafe to share is behind the two locks.
final class SharedCSVWriting: @unchecked Sendable {
    /// Rows that one thread makes text of at once.
    private static let rows = 8_192
    /// Texts that may wait for an earlier one; whoever makes more waits for the sink.
    private static let most = 8

    /// Texts that are not written yet.
    private struct Waiting: ~Copyable {
        var texts: [Int: Text] = [:]
        /// Memory of texts that were written.
        var free: [Text] = []
    }

    /// Text that one thread at a time has.
    private struct Text: @unchecked Sendable {
        let buffer: TextBuffer
    }

    /// The sink's turn.
    private struct Turn: ~Copyable {
        var next = 0
        var failure: FormatError?
    }

    private let sink: any ByteSink
    private let format: CSVRows
    private let waiting = Mutex(Waiting())
    private let turn = Mutex(Turn())

    init(_ sink: any ByteSink, _ format: CSVRows) {
        self.sink = sink
        self.format = format
    }

    /// Writes the rows of the frame.
    func write(_ frame: Frame, _ workers: Workers) throws(FormatError) {
        let pieces = frame.batches.flatMap { batch in
            stride(from: 0, to: batch.count, by: SharedCSVWriting.rows).map { (batch, $0..<min($0 + SharedCSVWriting.rows, batch.count)) }
        }
        workers.perform(pieces.count) { piece, _, _ in
            let text = waiting.withLock { $0.free.popLast() } ?? Text(buffer: TextBuffer(capacity: 1 << 20))
            let (batch, rows) = pieces[piece]
            batch.withText { columns in for row in rows { format.append(columns, row, to: text.buffer) } }
            let count = waiting.withLock {
                $0.texts[piece] = text
                return $0.texts.count
            }
            // Whoever finds the sink free writes what is ready; the others go on, unless too much waits already.
            if let isRight = turn.withLockIfAvailable({ writeReady(&$0) }) { return isRight }
            return count < SharedCSVWriting.most || turn.withLock { writeReady(&$0) }
        }
        let failure = turn.withLock { turn in
            _ = writeReady(&turn)
            return turn.failure
        }
        if let failure { throw failure }
    }

    /// Writes the texts whose turn it is; false once the sink has failed.
    private func writeReady(_ turn: inout Turn) -> Bool {
        while turn.failure == nil, let text = waiting.withLock({ $0.texts.removeValue(forKey: turn.next) }) {
            do throws(FormatError) {
                try sink.take(text.buffer, all: true)
            } catch {
                turn.failure = error
            }
            turn.next += 1
            waiting.withLock { $0.free.append(text) }
        }
        return turn.failure == nil
    }
}
