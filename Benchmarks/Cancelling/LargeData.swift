// Large values of every kind, the same at every run.
import QueryFrames
import QueryScript

/// What the cases work on.
struct LargeData: Sendable {
    /// Bytes of a long text.
    let textBytes: Int
    /// Elements of a long list, and rows of a frame.
    let count: Int
    /// Where files go.
    let folder: String
    /// Orders, with the columns that the examples of transforms and aggregates name.
    let frame: ScriptValue
    /// The customers of the orders, by name.
    let customers: ScriptValue

    init(textBytes: Int, count: Int, folder: String) {
        (self.textBytes, self.count, self.folder) = (textBytes, count, folder)
        func column(_ name: String, _ type: DataType, _ value: (Int) -> Scalar) -> (Field, Column) {
            (Field(name, type), LargeData.column(type, count, value))
        }
        let regions = ["EU", "UK", "US", "Asia"], tags = ["red,blue", "green", "", "red"]
        let columns = [
            column("id", .int64) { .int(Int64($0)) },
            column("region", .string) { .string(regions[$0 % 4]) },
            column("customer", .string) { .string("Customer no. \($0 &* 7_919 % 100_003)") },
            column("day", .string) { .string($0 % 2 == 0 ? "2024-05-01" : "2024-06-30") },
            column("month", .date) { .date(Int32(19_723 + $0 % 12 * 31)) },
            column("order_date", .date) { .date(Int32(19_723 + $0 % 366)) },
            column("service", .string) { .string(["mail", "web"][$0 % 2]) },
            column("seconds", .float64) { .float(Double($0 &* 7_901 % 1_009) / 4) },
            column("price", .float64) { .float(Double($0 &* 7_919 % 10_007) / 16) },
            column("quantity", .int64) { .int(Int64($0 % 9)) },
            column("revenue", .float64) { .float(Double($0 &* 7_907 % 100_019) / 8) },
            column("returned", .bool) { .bool($0 % 3 == 0) },
            column("tags", .string) { .string(tags[$0 % 4]) },
            column("note", .string) { $0 % 5 == 0 ? .null : .string("note \($0)") },
            column("jan", .int64) { .int(Int64($0)) }, column("feb", .int64) { .int(Int64($0)) }, column("mar", .int64) { .int(Int64($0)) },
        ]
        frame = .frame(Frame(schema: Schema(columns.map(\.0)), columns: columns.map(\.1)))
        customers = .frame(
            Frame(
                schema: Schema([Field("name", .string), Field("country", .string)]),
                columns: [
                    LargeData.column(.string, 100_003) { .string("Customer no. \($0)") },
                    LargeData.column(.string, 100_003) { .string(regions[$0 % 4]) },
                ]))
    }

    private static func column(_ type: DataType, _ count: Int, _ value: (Int) -> Scalar) -> Column {
        let builder = ScalarBuilder(type)
        for row in 0..<count { builder.append(value(row)) }
        return builder.finish()
    }

    /// The text over and over.
    func text(of part: String) -> ScriptValue { .scalar(.string(LargeData.repeated(part, textBytes))) }

    /// The same of half the length, of which two fit one text.
    func half(of part: String) -> ScriptValue { .scalar(.string(LargeData.repeated(part, textBytes / 2))) }

    /// A JSON list of the text over and over.
    func json(of part: String) -> ScriptValue { .scalar(.string("[" + LargeData.repeated(part + ",", textBytes) + part + "]")) }

    /// A list of ints.
    var numbers: ScriptValue { .list((0..<count).map { .scalar(.int(Int64($0 &* 7_919 % 1_000_003))) }) }

    /// A list of records.
    var records: ScriptValue {
        .list((0..<count / 4).map { .record([.init(name: "id", value: .scalar(.int(Int64($0)))), .init(name: "name", value: .scalar(.string("n\($0)")))]) })
    }

    /// A list of records as JSON.
    var jsonDocument: ScriptValue { .scalar(.json("[" + LargeData.repeated("{\"id\":17,\"name\":\"seventeen\"},", textBytes) + "{}]")) }

    /// A frame with one column `x` that holds the value in every row.
    func column(of value: Scalar) -> ScriptValue {
        let type = value.type ?? .null
        // Not one text over and over, which a dictionary could stand for.
        let column = LargeData.column(type, count) { row in
            if case .string(let text) = value, type == .string, row % 4 == 3, text.utf8.count < 3 { .string(text + text) } else { value }
        }
        return .frame(Frame(schema: Schema([Field("x", type)]), columns: [column]))
    }

    private static func repeated(_ part: String, _ bytes: Int) -> String {
        var text = part
        while text.utf8.count < bytes { text += text }
        var end = text.utf8.index(text.utf8.startIndex, offsetBy: bytes / part.utf8.count * part.utf8.count)
        if end == text.utf8.startIndex { end = text.utf8.endIndex }
        return String(text[..<end])
    }
}
