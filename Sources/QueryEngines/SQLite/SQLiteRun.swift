// One statement from its text to its frame.
import CSQLite
import QueryFrames
import QueryText
import Synchronization

/// A run of `SQLiteEngine`. Nothing is opened before `run`.
final class SQLiteRun: EngineRun {
    private let statement: EngineStatement
    private let find: @Sendable (String) throws -> EngineTable?
    private let cancellation = Cancellation()
    private let fetched = Atomic<Int>(0)
    /// The connection that can be interrupted now.
    private let live = Mutex<Handle?>(nil)

    /// SQLite's handle, on its way to a thread that only interrupts it.
    private struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    init(_ statement: EngineStatement, tables: @escaping @Sendable (String) throws -> EngineTable?) {
        self.statement = statement
        find = tables
    }

    var rowsSoFar: Int { fetched.load(ordering: .relaxed) }

    func cancel() {
        cancellation.raise()
        live.withLock { if let handle = $0 { sqlite3_interrupt(handle.pointer) } }
    }

    func run() throws(EngineError) -> Frame {
        if cancellation.isRaised { throw .cancelled }
        let connection: QueryConnection
        do { connection = try QueryConnection(cancellation) } catch { throw EngineError(error) }
        let handle = Handle(pointer: connection.database.handle)
        live.withLock { $0 = handle }
        defer { live.withLock { $0 = nil } }
        let prepared = try prepare(connection)
        try bind(prepared)
        connection.lock()
        let frame = try ResultReader(prepared, connection).read(cancellation, fetched: { self.fetched.store($0, ordering: .relaxed) })
        return frame
    }

    private func prepare(_ connection: QueryConnection) throws(EngineError) -> Statement {
        let text = Array(statement.text.utf8)
        if let zero = text.firstIndex(of: 0) { throw .statement(message: "unrecognized token: \"\\0\"", offset: zero) }
        guard let first = SQLiteRun.nextStatement(text, from: 0) else { throw .statement(message: "there is no statement", offset: 0) }
        if case .word = first.kind, let action = StatementGuard.refusal(of: String(decoding: text[first.range], as: UTF8.self)) {
            throw .refused(action: action)
        }
        let resolver = TableResolver(connection, cancellation, find: find)
        let (prepared, end) = try resolver.prepare(text + [0], from: first.range.lowerBound)
        guard let prepared else { throw .statement(message: "there is no statement", offset: 0) }
        if let second = SQLiteRun.nextStatement(text, from: end) { throw .severalStatements(offset: second.range.lowerBound) }
        guard sqlite3_stmt_readonly(prepared.handle) != 0 else { throw .refused(action: "writing") }
        return prepared
    }

    /// The first token from byte `start` on that is no blank, comment or `;`.
    private static func nextStatement(_ text: [UInt8], from start: Int) -> SQLToken? {
        for token in SQLScanner(text, from: start) where token.kind != .blank && token.kind != .symbol(UInt8(ascii: ";")) {
            return token
        }
        return nil
    }

    private func bind(_ prepared: Statement) throws(EngineError) {
        let given = statement.parameters, wanted = sqlite3_bind_parameter_count(prepared.handle)
        let names = (0..<max(wanted, 0)).map { sqlite3_bind_parameter_name(prepared.handle, $0 + 1).map { String(cString: $0) } }
        for (index, name) in names.enumerated() {
            if let name, !name.hasPrefix("?") || index >= given.count { throw .unboundParameter(name: name) }
        }
        if wanted > given.count { throw .unboundParameter(name: "?") }
        for (index, value) in given.prefix(Int(wanted)).enumerated() {
            if case .list = value { throw .parameterType(index: index + 1, found: value.typeName) }
            do { try prepared.bind(Int32(truncatingIfNeeded: index + 1), value) } catch { throw EngineError(error) }
        }
    }
}
