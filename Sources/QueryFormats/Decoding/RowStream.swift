// Rows of JSON, piece by piece: each piece is shared out over the workers, and what they read is put together in order.
import QueryFrames

/// Reads rows from bytes that come one piece after the other.
///
/// Where a piece has to be cut for several workers, a place is guessed that looks like the beginning of a row. Nobody relies on it: the
/// worker before has to end exactly there, or else what was read from there on is thrown away. So it does not depend on guesses, workers or
/// pieces what the rows are.
final class RowStream {
    var table: RowTable
    private let grammar: RowGrammar
    private let workers: Workers
    private var decoders: [RowDecoder]

    let sizes: ReadingSizes
    private var segmentBytes: Int { sizes.segmentBytes }
    /// Fewer bytes than this are not shared out.
    private let leastBytes: Int

    init(_ grammar: RowGrammar, _ workers: Workers, _ sizes: ReadingSizes = ReadingSizes()) {
        self.grammar = grammar
        self.workers = workers
        self.sizes = sizes
        leastBytes = sizes.segmentBytes / 8
        table = RowTable(grammar, workers, sizes)
        decoders = (0..<workers.count).map { _ in RowDecoder(grammar, sizes) }
    }

    /// Bytes that are worth being read at a time.
    var pieceBytes: Int { segmentBytes * workers.count }

    /// Reads all rows that are whole. 64 zero bytes follow the `count` bytes, of which the first is at `offset` of the document; with
    /// `isLast` there are no more to come, and a row that is cut short is a fault. Gives where it ended, and what has to be there.
    func read(
        _ bytes: UnsafeRawPointer, count: Int, from start: Int, _ state: RowState, isLast: Bool, offset: Int
    ) throws(RowFault) -> (at: Int, state: RowState) {
        var at = start, state = state
        while state != .ended {
            let starts = self.starts(bytes, from: at, count: count, state)
            let limits = starts.dropFirst() + [min(count, at + segmentBytes * starts.count)]
            let parts = try read(bytes, count, starts, Array(limits), state, isLast)
            for (index, part) in parts.enumerated() {
                // Rows that begin where none was due.
                if index > 0, at != starts[index] || state != .row { break }
                let segment: Segment
                do throws(RowFault) {
                    segment = try part.get()
                    try table.append(segment, byteCount: segment.end - at, offset: offset + at)
                } catch { throw error.after(rows: table.rows) }
                (at, state) = (segment.end, segment.state)
                if state != .row || at < limits[limits.startIndex + index] { return (at, state) }
            }
            if let budget = MemoryBudget.current, budget.isExceeded { throw .memory(limit: budget.limit) }
            if at >= count { return (at, state) }
        }
        return (at, state)
    }

    /// What each worker reads from its start up to its limit.
    private func read(
        _ bytes: UnsafeRawPointer, _ count: Int, _ starts: [Int], _ limits: [Int], _ state: RowState, _ isLast: Bool
    ) throws(RowFault) -> [Result<Segment, RowFault>] {
        let keys = table.keys, width = table.width, decoders = decoders
        func part(_ index: Int) -> Result<Segment, RowFault> {
            do throws(RowFault) {
                return .success(
                    try decoders[index].read(
                        bytes, count: count, from: starts[index], index == 0 ? state : .row, limit: limits[index], isLast: isLast, keys: keys,
                        width: width))
            } catch { return .failure(error) }
        }
        if starts.count == 1 { return [part(0)] }
        let results = UnsafeMutableBufferPointer<Result<Segment, RowFault>?>.allocate(capacity: starts.count)
        results.initialize(repeating: nil)
        defer {
            results.deinitialize()
            results.deallocate()
        }
        workers.perform(starts.count) { index, _, _ in
            results[index] = part(index)
            return true
        }
        return results.compactMap { $0 }
    }

    /// Where the workers begin: at `at`, and at places that look like the beginnings of rows.
    private func starts(_ bytes: UnsafeRawPointer, from at: Int, count: Int, _ state: RowState) -> [Int] {
        let span = min(count - at, pieceBytes)
        let parts = min(workers.count, span / leastBytes)
        guard parts > 1, grammar.holder != .single else { return [at] }
        var starts = [at]
        for part in 1..<parts {
            let wanted = at + span / parts * part
            guard wanted > starts[starts.count - 1], let guess = guess(bytes, from: wanted, to: at + span) else { break }
            starts.append(guess)
        }
        return starts
    }

    /// The first place that may be the beginning of a row.
    private func guess(_ bytes: UnsafeRawPointer, from start: Int, to end: Int) -> Int? {
        let text = bytes.assumingMemoryBound(to: UInt8.self)
        let open = grammar.rowsAreLists ? UInt8(ascii: "[") : UInt8(ascii: "{"), close = open + 2
        let between = grammar.holder == .lines ? UInt8(ascii: "\n") : UInt8(ascii: ",")
        let key = table.keys.written.first
        for at in start..<end where text[at] == between {
            var before = at - 1
            while before > start, text[before] <= UInt8(ascii: " ") { before -= 1 }
            var after = at + 1
            while after < end, text[after] <= UInt8(ascii: " ") { after += 1 }
            guard before > start, after < end, text[before] == close, text[after] == open else { continue }
            // Most objects begin with the same key, unlike those nested in them.
            if let key, after + 1 + key.count < end, !(0..<key.count).allSatisfy({ text[after + 1 + $0] == key[$0] }) { continue }
            return after
        }
        return nil
    }
}

extension RowFault {
    /// The fault of row `row`, counted from 0.
    func `in`(row: Int) -> RowFault {
        guard case .json(let fault, nil) = self else { return self }
        return .json(fault, row: row)
    }

    /// The fault with rows counted from the first one.
    func after(rows: Int) -> RowFault {
        switch self {
        case .ragged(let row, let found, let expected, let offset): .ragged(row: rows + row, found: found, expected: expected, offset: offset)
        case .json(let fault, let row?): .json(fault, row: rows + row)
        default: self
        }
    }
}
