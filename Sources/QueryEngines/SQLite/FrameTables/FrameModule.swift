// The virtual table module `frame`: SQLite reads a frame's columns in place, without a copy of the rows.
import CSQLite
import QueryFrames

/// A virtual table; SQLite sees `base`, which has to stay first.
struct FrameTable {
    var base = sqlite3_vtab()
    let source: Unmanaged<FrameSource>
}

/// The frames that are tables of one connection. `create virtual table t using frame(3)` is frame 3.
final class FrameModule {
    private var sources: [FrameSource] = []
    private let cancellation: Cancellation

    init(_ cancellation: Cancellation) { self.cancellation = cancellation }

    /// Makes the module known to a connection, which has to be closed before this object goes.
    func register(on database: Database) throws(SQLiteError) {
        let object = Unmanaged.passUnretained(self).toOpaque()
        let code = sqlite3_create_module_v2(database.handle, "frame", FrameModule.methods, object, nil)
        guard code == SQLITE_OK else { throw SQLiteError(code, on: database.handle) }
    }

    /// Makes `frame` a table of the connection's own schema.
    func create(_ name: String, _ frame: Frame, on database: Database) throws(SQLiteError) {
        sources.append(FrameSource(frame, cancellation))
        try database.execute("create virtual table main.\(SQLName.quoted(name)) using frame(\(sources.count - 1))")
    }

    /// Connects a table: its arguments are the module's, the schema's and its own name, and the frame's number.
    private static func connect(
        _ database: OpaquePointer?, _ module: UnsafeMutableRawPointer?, _ count: Int32,
        _ arguments: UnsafePointer<UnsafePointer<CChar>?>?, _ table: UnsafeMutablePointer<UnsafeMutablePointer<sqlite3_vtab>?>?,
        _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    ) -> Int32 {
        guard let module, let table, count == 4, let number = arguments?[3].flatMap({ Int(String(cString: $0)) }) else { return SQLITE_ERROR }
        let sources = Unmanaged<FrameModule>.fromOpaque(module).takeUnretainedValue().sources
        guard sources.indices.contains(number) else { return SQLITE_ERROR }
        let code = sqlite3_declare_vtab(database, FrameDeclaration.text(sources[number].frame.schema))
        guard code == SQLITE_OK else {
            message?.pointee = qs_sqlite_copy(sqlite3_errmsg(database))
            return code
        }
        // Reading a frame has no effect on anything, so views of database files may do it too.
        _ = qs_sqlite_vtab_config(database, SQLITE_VTAB_INNOCUOUS, 1)
        let memory = UnsafeMutablePointer<FrameTable>.allocate(capacity: 1)
        memory.initialize(to: FrameTable(source: Unmanaged.passUnretained(sources[number])))
        table.pointee = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: sqlite3_vtab.self)
        return SQLITE_OK
    }

    private static func disconnect(_ table: UnsafeMutablePointer<sqlite3_vtab>?) -> Int32 {
        table.map { UnsafeMutableRawPointer($0).assumingMemoryBound(to: FrameTable.self).deallocate() }
        return SQLITE_OK
    }

    /// Chooses between reading every row and looking one column up; SQLite checks every condition again in either case.
    private static func plan(_ table: UnsafeMutablePointer<sqlite3_vtab>?, _ info: UnsafeMutablePointer<sqlite3_index_info>?) -> Int32 {
        guard let table, let info else { return SQLITE_ERROR }
        let source = UnsafeMutableRawPointer(table).assumingMemoryBound(to: FrameTable.self).pointee.source.takeUnretainedValue()
        let rows = source.frame.count
        info.pointee.idxNum = 0
        info.pointee.estimatedRows = Int64(max(rows, 1))
        info.pointee.estimatedCost = Double(rows) + 10
        var best: (constraint: Int, column: Int, distinct: Int)?
        for constraint in 0..<Int(info.pointee.nConstraint) {
            let term = info.pointee.aConstraint[constraint]
            let column = Int(term.iColumn)
            guard term.usable != 0, Int32(term.op) == SQLITE_INDEX_CONSTRAINT_EQ, column >= 0, column < source.columnCount else { continue }
            let type = source.frame.schema.fields[column].type
            guard FrameKey.isIndexed(type), isPlain(info, Int32(constraint), type) else { continue }
            let distinct = source.distinctValues(column)
            if distinct > best?.distinct ?? 0 { best = (constraint, column, distinct) }
        }
        if let best {
            info.pointee.aConstraintUsage[best.constraint].argvIndex = 1
            info.pointee.idxNum = Int32(truncatingIfNeeded: best.column + 1)
            info.pointee.estimatedRows = Int64(max(rows / best.distinct, 1))
            info.pointee.estimatedCost = Double(rows / best.distinct) * 2 + 20
        }
        return SQLITE_OK
    }

    /// Whether an equality is of one value (an `in` list would give the rows out of order) and compares texts byte by byte.
    private static func isPlain(_ info: UnsafeMutablePointer<sqlite3_index_info>, _ constraint: Int32, _ type: DataType) -> Bool {
        if sqlite3_vtab_in(info, constraint, -1) != 0 { return false }
        guard type == .string || type == .date, let collation = sqlite3_vtab_collation(info, constraint) else { return true }
        return sqlite3_stricmp(collation, "BINARY") == 0
    }

    private static func cursor(_ base: UnsafeMutablePointer<sqlite3_vtab_cursor>) -> UnsafeMutablePointer<FrameCursor> {
        UnsafeMutableRawPointer(base).assumingMemoryBound(to: FrameCursor.self)
    }

    /// SQLite keeps the address of the table of methods, so it is made once and stays.
    private nonisolated(unsafe) static let methods: UnsafePointer<sqlite3_module> = {
        var methods = sqlite3_module()
        methods.iVersion = 2
        // Two functions, though they do the same: were they one, the module itself would be a table too.
        methods.xCreate = { FrameModule.connect($0, $1, $2, $3, $4, $5) }
        methods.xConnect = { database, module, count, arguments, table, message in
            FrameModule.connect(database, module, count, arguments, table, message)
        }
        methods.xDisconnect = { FrameModule.disconnect($0) }
        methods.xDestroy = { FrameModule.disconnect($0) }
        methods.xBestIndex = { FrameModule.plan($0, $1) }
        methods.xOpen = { table, cursor in
            guard let table, let cursor else { return SQLITE_ERROR }
            let memory = UnsafeMutablePointer<FrameCursor>.allocate(capacity: 1)
            memory.initialize(to: FrameCursor(UnsafeMutableRawPointer(table).assumingMemoryBound(to: FrameTable.self).pointee.source))
            cursor.pointee = UnsafeMutableRawPointer(memory).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
            return SQLITE_OK
        }
        methods.xClose = { base in
            guard let base else { return SQLITE_OK }
            let cursor = FrameModule.cursor(base)
            cursor.pointee.close()
            cursor.deallocate()
            return SQLITE_OK
        }
        methods.xFilter = { base, plan, _, count, values in
            guard let base else { return SQLITE_ERROR }
            let cursor = FrameModule.cursor(base)
            if plan > 0, count == 1, let value = values?[0] {
                let table = UnsafeMutableRawPointer(base.pointee.pVtab).assumingMemoryBound(to: FrameTable.self)
                let type = table.pointee.source.takeUnretainedValue().frame.schema.fields[Int(plan) - 1].type
                cursor.pointee.start((Int(plan) - 1, FrameKey(value, for: type)))
            } else {
                cursor.pointee.start(nil)
            }
            return SQLITE_OK
        }
        methods.xNext = { base in
            guard let base else { return SQLITE_ERROR }
            FrameModule.cursor(base).pointee.advance()
            return SQLITE_OK
        }
        methods.xEof = { base in
            guard let base else { return 1 }
            return FrameModule.cursor(base).pointee.isAtEnd ? 1 : 0
        }
        methods.xColumn = { base, context, column in
            guard let base else { return SQLITE_ERROR }
            FrameModule.cursor(base).pointee.write(Int(column), to: context)
            return SQLITE_OK
        }
        methods.xRowid = { base, row in
            guard let base else { return SQLITE_ERROR }
            row?.pointee = FrameModule.cursor(base).pointee.rowID
            return SQLITE_OK
        }
        let kept = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
        kept.initialize(to: methods)
        return UnsafePointer(kept)
    }()
}
