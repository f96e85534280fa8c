// What a statement may do: read. Everything else is refused by name before it runs.
import CSQLite

/// The authorizer of one connection. It says yes to everything while the connection is set up, and is strict while the
/// statement itself is prepared and run.
final class StatementGuard {
    /// Whether only reading is allowed.
    var isStrict = false
    /// The first thing that was refused, such as `INSERT` or `load_extension()`.
    private(set) var refused: String?
    /// The names, folded, of the tables and views that were made for the statement.
    var tables: Set<String> = []

    /// Puts the guard before a connection, which has to be closed before this object goes.
    func register(on database: Database) {
        let object = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_set_authorizer(database.handle, { object, action, first, second, schema, _ in
            guard let object else { return SQLITE_DENY }
            return Unmanaged<StatementGuard>.fromOpaque(object).takeUnretainedValue().decide(action, first, second, schema)
        }, object)
    }

    private func decide(
        _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?, _ schema: UnsafePointer<CChar>?
    ) -> Int32 {
        guard isStrict else { return SQLITE_OK }
        let first = first.map { SQLName.folded(String(cString: $0)) } ?? ""
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: return SQLITE_OK
        case SQLITE_READ:
            if allowsReading(first, of: schema.map { String(cString: $0) }) { return SQLITE_OK }
            return refuse("reading \(first)")
        case SQLITE_FUNCTION:
            let function = second.map { SQLName.folded(String(cString: $0)) } ?? ""
            return AllowedFunctions.names.contains(function) ? SQLITE_OK : refuse("\(function)()")
        case SQLITE_PRAGMA where first == "data_version" && second == nil:
            // Full-text indexes ask it of themselves.
            return SQLITE_OK
        case SQLITE_UPDATE where first == "sqlite_master" || first == "sqlite_temp_master":
            // A virtual table that declares itself while the statement is prepared seems to do this. A statement that really
            // would is stopped by SQLITE_DBCONFIG_DEFENSIVE.
            return SQLITE_OK
        default: return refuse(StatementGuard.actions[action] ?? "action \(action)")
        }
    }

    private func refuse(_ action: String) -> Int32 {
        if refused == nil { refused = action }
        return SQLITE_DENY
    }

    /// Tables of database files may be read, their schemas too; of the connection's own, only what was made for the
    /// statement, the schema (which lists no more than that), and the functions that are tables of json.
    private func allowsReading(_ table: String, of schema: String?) -> Bool {
        if let schema, schema != "main", schema != "temp" { return true }
        if tables.contains(table) || StatementGuard.openTables.contains(table) { return true }
        // Without a schema no column is read: a name of the statement's own, such as one of `with`, in `count(*)`.
        return schema == nil && !table.hasPrefix("sqlite_") && !table.hasPrefix("pragma_")
    }

    private static let openTables: Set<String> = ["json_each", "json_tree", "sqlite_master", "sqlite_temp_master"]

    /// The action of a statement that begins with `word`, where it is one that does not read.
    static func refusal(of word: String) -> String? {
        let word = word.uppercased()
        return statements.contains(word) ? word : nil
    }

    private static let statements: Set<String> = [
        "ALTER", "ANALYZE", "ATTACH", "BEGIN", "COMMIT", "CREATE", "DELETE", "DETACH", "DROP", "END", "INSERT", "PRAGMA",
        "REINDEX", "RELEASE", "REPLACE", "ROLLBACK", "SAVEPOINT", "UPDATE", "VACUUM",
    ]

    private static let actions: [Int32: String] = [
        SQLITE_INSERT: "INSERT", SQLITE_DELETE: "DELETE", SQLITE_UPDATE: "UPDATE", SQLITE_PRAGMA: "PRAGMA",
        SQLITE_ATTACH: "ATTACH", SQLITE_DETACH: "DETACH", SQLITE_ALTER_TABLE: "ALTER", SQLITE_REINDEX: "REINDEX",
        SQLITE_ANALYZE: "ANALYZE", SQLITE_TRANSACTION: "BEGIN", SQLITE_SAVEPOINT: "SAVEPOINT",
        SQLITE_CREATE_INDEX: "CREATE", SQLITE_CREATE_TABLE: "CREATE", SQLITE_CREATE_TEMP_INDEX: "CREATE",
        SQLITE_CREATE_TEMP_TABLE: "CREATE", SQLITE_CREATE_TEMP_TRIGGER: "CREATE", SQLITE_CREATE_TEMP_VIEW: "CREATE",
        SQLITE_CREATE_TRIGGER: "CREATE", SQLITE_CREATE_VIEW: "CREATE", SQLITE_CREATE_VTABLE: "CREATE",
        SQLITE_DROP_INDEX: "DROP", SQLITE_DROP_TABLE: "DROP", SQLITE_DROP_TEMP_INDEX: "DROP", SQLITE_DROP_TEMP_TABLE: "DROP",
        SQLITE_DROP_TEMP_TRIGGER: "DROP", SQLITE_DROP_TEMP_VIEW: "DROP", SQLITE_DROP_TRIGGER: "DROP",
        SQLITE_DROP_VIEW: "DROP", SQLITE_DROP_VTABLE: "DROP",
    ]
}
