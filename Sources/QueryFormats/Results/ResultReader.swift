// A service's result on its way from the bytes of its pages to a frame.
import QueryFrames

/// Reads one result of any number of pages, whose bytes come in pieces of any size.
///
/// The rows of a piece are in columns before the next piece comes, so an answer is never held whole. What the frame is depends on the
/// documents alone, and not on pieces or workers. One owner calls it, in the order begin, receive, end or abandon, and finish as the last.
public final class ResultReader {
    let layout: ResultLayout
    let stream: RowStream
    private let cancellation: Cancellation?
    let pieceBytes: Int

    /// Bytes that are not read yet, with zeros behind them.
    var buffer = MutableBuffer(capacity: 0)
    var used = 0
    /// How many of them were read and are no whole row, or no whole token around the rows.
    var unread = 0
    /// Bytes of the page that are no longer in the buffer.
    var passed = 0
    var mark = ByteOrderMark.unknown
    var envelope: ResultEnvelope
    var rowState = RowState.first
    var rowsBefore: RowTable
    var namesBefore: [String]?
    /// Columns as the pages have named them.
    var names: [String]?
    /// Of the rows of the page under way, where nothing else tells them from those of another.
    var fingerprint: RowsFingerprint?

    enum ByteOrderMark { case unknown, passed }

    /// A reader of answers in that layout. `cancellation` is looked at with every piece.
    public init(
        _ layout: ResultLayout, workers: Workers = .available, cancellation: Cancellation? = nil, sizes: ReadingSizes = ReadingSizes()
    ) {
        self.layout = layout
        self.cancellation = cancellation
        stream = RowStream(RowGrammar(holder: .list, rowsAreLists: layout.rowsAreLists, depth: ResultEnvelope.rowDepth), workers, sizes)
        pieceBytes = stream.pieceBytes
        envelope = ResultEnvelope(layout)
        rowsBefore = stream.table
    }

    /// How many rows there are so far, those of the page under way included.
    public var rowCount: Int { stream.table.rows }

    /// Begins a page; its bytes follow.
    public func beginPage() {
        envelope = ResultEnvelope(layout)
        rowState = .first
        (used, unread, passed, mark) = (0, 0, 0, .unknown)
        fingerprint = nil
        rowsBefore = stream.table
        namesBefore = names
    }

    /// Takes the next bytes of the page.
    public func receive(_ bytes: UnsafeRawBufferPointer) throws(ResultError) {
        guard let start = bytes.baseAddress else { return }
        var taken = 0
        while taken < bytes.count {
            let enough = enough, part = min(bytes.count - taken, enough - used)
            if used + part > buffer.capacity { buffer.reserve(max(used + part, min(2 * (used + part), enough)), used: used) }
            (buffer.pointer + used).copyMemory(from: start + taken, byteCount: part)
            used += part
            taken += part
            if used >= enough { try read(isLast: false) }
        }
    }

    /// How many bytes are worth being read: a piece or, of a row that is longer, twice what there was of it the last time, so that what is
    /// read again and again is no more than twice as much in all.
    private var enough: Int { max(pieceBytes, min(2 * unread, heldLimit + 1)) }

    /// What is not whole yet is held, and so is not to grow for as long as bytes come.
    private var heldLimit: Int { envelope.expects == .rows ? stream.sizes.rowLimit : ResultEnvelope.limit }

    /// Ends the page, whose document has to be whole.
    public func endPage() throws(ResultError) -> ResultPage {
        buffer.reserve(used, used: used)
        try read(isLast: true)
        let document = JSONDocument()
        envelope.members.withUnsafeBytes { document.load($0) }
        let (rows, before) = (stream.table.rows, rowsBefore.rows)
        var columns: [String]?
        if let text = envelope.columns { columns = try ResultReader.names(text, layout) }
        if let columns { try take(columns) }
        rowsBefore = stream.table
        namesBefore = names
        let page = ResultPage(
            members: document, rows: envelope.hasRows ? rows - before : nil, columns: columns, declaredCount: nil,
            fingerprint: fingerprint?.value)
        return page.counted(layout)
    }

    /// Forgets the page under way, as if it had never begun.
    public func abandonPage() {
        stream.table = rowsBefore
        names = namesBefore
        used = 0
    }

    // MARK: Bytes

    private func read(isLast: Bool) throws(ResultError) {
        if cancellation?.isRaised ?? false { throw .cancelled }
        (buffer.pointer + used).initializeMemory(as: UInt8.self, repeating: 0, count: MutableBuffer.padding)
        let syntax = JSONSyntax(buffer.pointer, count: used)
        var at = 0
        if mark == .unknown, used >= 3 || isLast {
            mark = .passed
            if used >= 3, syntax.bytes[0] == 0xef, syntax.bytes[1] == 0xbb, syntax.bytes[2] == 0xbf { at = 3 }
        }
        while mark == .passed {
            if envelope.expects == .rows {
                at = try readRows(from: at, isLast: isLast)
                if rowState != .ended { break }
                envelope.endRows()
            }
            do throws(EnvelopeFault) { at = try envelope.read(syntax, from: at, isLast: isLast) } catch { throw told(error) }
            if envelope.expects != .rows { break }
            rowState = .first
            if layout.isPaged, !envelope.hasCount { fingerprint = RowsFingerprint() }
            if layout.rowsAreLists, let text = envelope.columns, let found = try ResultReader.names(text, layout) { try take(found) }
        }
        passed += at
        used -= at
        (buffer.pointer).copyMemory(from: buffer.pointer + at, byteCount: used)
        unread = used
        if used > heldLimit { throw .tooLarge(what: envelope.expects == .rows ? .row : .members, limit: heldLimit) }
    }

    private func readRows(from start: Int, isLast: Bool) throws(ResultError) -> Int {
        do throws(RowFault) {
            let end = try stream.read(buffer.pointer, count: used, from: start, rowState, isLast: isLast, offset: passed)
            rowState = end.state
            fingerprint?.take(buffer.pointer + start, count: end.at - start)
            return end.at
        } catch { throw told(error) }
    }

    // MARK: Names

    /// Takes the names of the columns of one page.
    private func take(_ found: [String]) throws(ResultError) {
        guard layout.rowsAreLists else {
            // Pages may name more columns than those before.
            var all = names ?? [], known = Set(all)
            for name in found where known.insert(name).inserted { all.append(name) }
            names = all
            return
        }
        if let names {
            if names != found { throw .otherColumns(expected: names, found: found) }
        } else if stream.table.rows == 0 {
            stream.table.setWidth(found.count)
        } else if stream.table.width != found.count {
            throw .raggedRow(row: 1, found: stream.table.width, expected: found.count)
        }
        names = found
    }

    /// The names in the list of columns; nil where it is null.
    private static func names(_ text: [UInt8], _ layout: ResultLayout) throws(ResultError) -> [String]? {
        let document = JSONDocument()
        text.withUnsafeBytes { document.load($0) }
        if document.isNull { return nil }
        let fault = ResultError.unexpectedMember(name: layout.columns, offset: nil, expected: "a list of names")
        guard document.isList else { throw fault }
        var names: [String] = []
        let element = JSONDocument()
        for place in document.elements() {
            var value = Scalar(json: document[place])
            if case .json = value {
                element.load(document[place])
                value = element.member(Array("name".utf8)).map { Scalar(json: element[$0]) } ?? .null
            }
            guard case .string(let name) = value else { throw fault }
            names.append(name)
        }
        return names
    }

    // MARK: Faults

    private func told(_ fault: EnvelopeFault) -> ResultError {
        switch fault {
        case .json(let fault): told(fault, row: nil)
        case .repeatedMember(let name, let offset): .repeatedMember(name: name, offset: passed + offset)
        case .notRows(let offset): .unexpectedMember(name: layout.rows, offset: passed + offset, expected: "a list of rows")
        case .tooLarge: .tooLarge(what: .members, limit: ResultEnvelope.limit)
        }
    }

    private func told(_ fault: RowFault) -> ResultError {
        switch fault {
        case .json(let fault, let row): told(fault, row: row.map { $0 + 1 })
        case .ragged(let row, let found, let expected, _): .raggedRow(row: row + 1, found: found, expected: expected)
        case .tooManyColumns: .tooManyColumns(limit: RowDecoder.columnLimit)
        case .rowTooLarge: .tooLarge(what: .row, limit: stream.sizes.rowLimit)
        case .tooManyCells(let limit): .tooLarge(what: .table, limit: limit)
        case .textTooLong: .tooLarge(what: .table, limit: ColumnSlot.byteLimit)
        case .memory(let limit): .memory(row: stream.table.rows, limit: limit)
        }
    }

    private func told(_ fault: JSONFault, row: Int?) -> ResultError {
        let offset = passed + min(fault.offset, used)
        if fault.offset >= used { return .incomplete(offset: offset) }
        switch fault {
        case .syntax(_, let expected): return .syntax(offset: offset, row: row, expected: expected)
        case .loneSurrogate: return .loneSurrogate(offset: offset, row: row)
        case .nestingTooDeep(_, let limit): return .nestingTooDeep(offset: offset, limit: limit)
        case .invalidUTF8: return .invalidUTF8(offset: offset, row: row)
        }
    }

    // MARK: The frame

    /// The frame of all pages that were ended. The reader is of no more use then.
    public func finish() throws(ResultError) -> (frame: Frame, warnings: [ResultWarning]) {
        try ResultFrame(stream.table, names, layout).read(told)
    }
}

extension ResultPage {
    /// The page with the count that it declares.
    fileprivate func counted(_ layout: ResultLayout) -> ResultPage {
        guard case .int(let count) = value([layout.holder, layout.count]), count >= 0 else { return self }
        return ResultPage(members: members, rows: rows, columns: columns, declaredCount: Int(count), fingerprint: fingerprint)
    }
}
