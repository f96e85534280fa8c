// The collation of decimal columns, under which texts of numbers compare as the numbers do.
import CSQLite
import QueryFrames

/// `decimal`: compares texts of decimals by their values, so that 9.5 comes before 10 and 1.50 is 1.5. Numbers come before texts that
/// are none, which compare byte by byte.
enum DecimalCollation {
    static func register(on database: Database) throws(SQLiteError) {
        let code = sqlite3_create_collation_v2(database.handle, "decimal", SQLITE_UTF8, nil, { _, leftCount, leftText, rightCount, rightText in
            let left = UnsafeRawBufferPointer(start: leftText, count: Int(leftCount))
            let right = UnsafeRawBufferPointer(start: rightText, count: Int(rightCount))
            return switch (Decimal128(left), Decimal128(right)) {
            case (let a?, let b?): Int32(a.order(b))
            case (nil, nil): left.lexicographicallyPrecedes(right) ? -1 : left.elementsEqual(right) ? 0 : 1
            case (nil, _): 1
            case (_, nil): -1
            }
        }, nil)
        guard code == SQLITE_OK else { throw SQLiteError(code, on: database.handle) }
    }
}
