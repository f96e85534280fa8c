// What stands around the rows of an answer: read token by token, in whatever pieces it comes, and kept but for the rows.
import QueryFrames

/// Steps over a document up to its rows, and on from their end. A value; it holds no place in the bytes, only what is open.
struct ResultEnvelope {
    /// What the rows, names and count of a layout are called, and what of them the document has had.
    let layout: ResultLayout
    /// The document so far without blanks, and with `[]` for its rows.
    private(set) var members: [UInt8] = []
    /// The names of the columns, where they came already.
    private(set) var columns: [UInt8]?
    private(set) var hasRows = false
    /// Whether the number of rows came already.
    private(set) var hasCount = false
    /// What has to come next.
    private(set) var expects = Expected.value
    private var open: [Open] = []
    private var key: Member = .other
    private var seen: Set<Member> = []
    private var columnsStart: Int?

    enum Expected {
        case value
        /// The first element of a list, or its end.
        case firstElement
        case firstKey
        case key
        case afterValue
        /// Rows, the bracket before which has been read.
        case rows
        /// Nothing but blanks.
        case end
    }

    private enum Open {
        case list
        case record
        /// The record that is the document.
        case document
        /// The record in which the rows are.
        case holder
    }

    private enum Member {
        case holder, rows, columns, count, other
    }

    /// Bytes that the document may have besides its rows.
    static let limit = 64 << 20

    init(_ layout: ResultLayout) { self.layout = layout }

    /// Lists and records that are open around a row.
    static let rowDepth = 3

    /// Reads tokens from `start` on, up to the rows, or as far as there are any; gives the place of the next token. One that is cut short
    /// by the end of the bytes is a fault there only if `isLast`.
    mutating func read(_ syntax: JSONSyntax, from start: Int, isLast: Bool) throws(EnvelopeFault) -> Int {
        var at = start
        while expects != .rows {
            at = syntax.skipBlanks(at)
            guard at < syntax.count else {
                if isLast, expects != .end { throw .json(syntax.fault(at, "the rest of the document")) }
                return at
            }
            do throws(EnvelopeFault) {
                guard let next = try token(syntax, at, isLast: isLast) else { return at }
                at = next
            } catch {
                if case .json(let fault) = error, fault.offset >= syntax.count, !isLast { return at }
                throw error
            }
            if members.count > ResultEnvelope.limit { throw .tooLarge }
        }
        return at
    }

    /// The rows have ended; their bracket was read.
    mutating func endRows() {
        members.append(UInt8(ascii: "]"))
        hasRows = true
        expects = .afterValue
    }

    /// Reads one token; nil where it may go on behind the bytes at hand.
    private mutating func token(_ syntax: JSONSyntax, _ at: Int, isLast: Bool) throws(EnvelopeFault) -> Int? {
        let byte = syntax.bytes[at]
        switch expects {
        case .rows: return at
        case .end: throw .json(syntax.fault(at, "the end of the document"))
        case .firstKey where byte == UInt8(ascii: "}"), .firstElement where byte == UInt8(ascii: "]"):
            close(byte)
            return at + 1
        case .firstKey, .key: return try readKey(syntax, at)
        case .firstElement, .value: return try value(syntax, at, isLast: isLast)
        case .afterValue:
            if byte == UInt8(ascii: ",") {
                members.append(byte)
                expects = open.last == .list ? .value : .key
                return at + 1
            }
            guard byte == (open.last == .list ? UInt8(ascii: "]") : UInt8(ascii: "}")) else {
                throw .json(syntax.fault(at, open.last == .list ? "`,` or `]`" : "`,` or `}`"))
            }
            close(byte)
            return at + 1
        }
    }

    /// Reads a key and its colon, both or none.
    private mutating func readKey(_ syntax: JSONSyntax, _ at: Int) throws(EnvelopeFault) -> Int {
        guard syntax.bytes[at] == UInt8(ascii: "\"") else { throw .json(syntax.fault(at, "a key in quotes")) }
        let (end, escaped) = try EnvelopeFault.checked { () throws(JSONFault) in try syntax.string(at) }
        let colon = syntax.skipBlanks(end)
        guard syntax.bytes[colon] == UInt8(ascii: ":") else { throw .json(syntax.fault(colon, "`:`")) }
        try keep(syntax, at, end)
        members.append(UInt8(ascii: ":"))
        let inner = UnsafeBufferPointer(start: syntax.bytes + at + 1, count: end - at - 2)
        key = member(escaped ? JSONText.string(inner) : Array(inner))
        if key != .other, !seen.insert(key).inserted { throw .repeatedMember(name(of: key), offset: at) }
        expects = .value
        return colon + 1
    }

    /// Whether the key of the record that is open now tells of the rows.
    private func member(_ key: [UInt8]) -> Member {
        switch open.last {
        case .document: return key.elementsEqual(layout.holder.utf8) ? .holder : .other
        case .holder:
            if key.elementsEqual(layout.rows.utf8) { return .rows }
            if key.elementsEqual(layout.columns.utf8) { return .columns }
            return key.elementsEqual(layout.count.utf8) ? .count : .other
        case .list, .record, nil: return .other
        }
    }

    private func name(of member: Member) -> String {
        switch member {
        case .rows: layout.rows
        case .columns: layout.columns
        case .count: layout.count
        case .holder, .other: layout.holder
        }
    }

    private mutating func value(_ syntax: JSONSyntax, _ at: Int, isLast: Bool) throws(EnvelopeFault) -> Int? {
        let byte = syntax.bytes[at], member = key
        if member == .columns { columnsStart = members.count }
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
            guard open.count < JSONSyntax.nestingLimit else {
                throw .json(.nestingTooDeep(offset: at, limit: JSONSyntax.nestingLimit))
            }
            members.append(byte)
            key = .other
            if member == .rows {
                guard byte == UInt8(ascii: "[") else { throw .notRows(offset: at) }
                expects = .rows
                return at + 1
            }
            let isRecord = byte == UInt8(ascii: "{")
            open.append(!isRecord ? .list : open.isEmpty ? .document : member == .holder ? .holder : .record)
            if member == .columns { columnsDepth = open.count }
            expects = isRecord ? .firstKey : .firstElement
            return at + 1
        }
        let (end, kind) = try EnvelopeFault.checked { () throws(JSONFault) in try syntax.value(at) }
        // A number goes on, perhaps, where the bytes end.
        if end >= syntax.count, !isLast, kind == .bare { return nil }
        if member == .rows, kind != .null { throw .notRows(offset: at) }
        if member == .count, kind != .null { hasCount = true }
        key = .other
        try keep(syntax, at, end)
        endValue()
        return end
    }

    /// How many lists and records are open within the names of the columns.
    private var columnsDepth: Int?

    private mutating func close(_ byte: UInt8) {
        members.append(byte)
        let depth = open.count
        open.removeLast()
        if columnsDepth == nil || columnsDepth == depth {
            columnsDepth = nil
            endValue()
        } else {
            expects = open.isEmpty ? .end : .afterValue
        }
    }

    private mutating func endValue() {
        if let start = columnsStart, columnsDepth == nil {
            columns = Array(members[start...])
            columnsStart = nil
        }
        expects = open.isEmpty ? .end : .afterValue
    }

    private mutating func keep(_ syntax: JSONSyntax, _ start: Int, _ end: Int) throws(EnvelopeFault) {
        let text = UnsafeRawBufferPointer(start: syntax.bytes + start, count: end - start)
        if let offset = UTF8Validation.firstInvalid(text) { throw .json(.invalidUTF8(offset: start + offset)) }
        if members.count + text.count > ResultEnvelope.limit { throw .tooLarge }
        members.append(contentsOf: text)
    }
}

/// Why a document has no proper place for rows; offsets count from the beginning of the bytes at hand.
enum EnvelopeFault: Error {
    case json(JSONFault)
    case repeatedMember(String, offset: Int)
    /// The rows are neither a list nor null.
    case notRows(offset: Int)
    case tooLarge

    static func checked<R>(_ step: () throws(JSONFault) -> R) throws(EnvelopeFault) -> R {
        do throws(JSONFault) { return try step() } catch { throw .json(error) }
    }
}
