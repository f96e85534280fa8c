// The collation of timestamp columns, under which texts of times compare as the times do.
import CSQLite

/// `instant`: compares ISO 8601 times as texts, but for the `Z` at their end and whether `T` or a space parts day and time.
///
/// Without it `10:00:00Z` would come after `10:00:00.5Z`, since `Z` comes after the point.
enum TimestampCollation {
    static func register(on database: Database) throws(SQLiteError) {
        let code = sqlite3_create_collation_v2(database.handle, "instant", SQLITE_UTF8, nil, { _, leftCount, leftText, rightCount, rightText in
            guard let left = leftText?.assumingMemoryBound(to: UInt8.self) else { return -rightCount }
            guard let right = rightText?.assumingMemoryBound(to: UInt8.self) else { return leftCount }
            let lefts = TimestampCollation.length(left, Int(leftCount)), rights = TimestampCollation.length(right, Int(rightCount))
            for index in 0..<min(lefts, rights) where left[index] != right[index] {
                if index == 10, TimestampCollation.parts(left[index]), TimestampCollation.parts(right[index]) { continue }
                return Int32(left[index]) - Int32(right[index])
            }
            return Int32(truncatingIfNeeded: lefts - rights)
        }, nil)
        guard code == SQLITE_OK else { throw SQLiteError(code, on: database.handle) }
    }

    private static func length(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int {
        count > 0 && text[count - 1] == UInt8(ascii: "Z") ? count - 1 : count
    }

    private static func parts(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "T") || byte == UInt8(ascii: " ") }
}
