// Random results: values of all kinds as JSON text, from which pages are made, and what the frame has to be by the slow and simple way.
import QueryFormats
import QueryFrames

struct RandomResult {
    let names: [String]
    /// The JSON of each value, nil where the row lacks the key (in lists it is then null).
    let cells: [[String?]]

    init(_ generator: inout SeededNumbers, rows: Int, columns: Int) {
        names = (0..<columns).map { "c\($0)" }
        let kinds = (0..<columns).map { _ in RandomResult.mixture(&generator) }
        let noise = Int.random(in: 0..<4, using: &generator)
        var cells: [[String?]] = []
        for _ in 0..<rows {
            cells.append((0..<columns).map { column in
                let odd = Int.random(in: 0..<100, using: &generator)
                if odd < 8 { return nil }
                if odd < 16 { return "null" }
                let kind = odd == 99 && noise == 0 ? RandomResult.mixture(&generator)[0] : kinds[column].randomElement(using: &generator)
                return RandomResult.value(kind ?? 0, &generator)
            })
        }
        self.cells = cells
    }

    private static func mixture(_ generator: inout SeededNumbers) -> [Int] {
        let sets = [[0], [1], [2], [3], [4], [5], [6], [7], [8], [0, 1], [0, 2], [1, 2], [3, 4], [5, 6], [0, 5], [7, 0], [8, 1], [9], [0, 9], [6, 8]]
        return sets.randomElement(using: &generator) ?? [0]
    }

    private static func value(_ kind: Int, _ generator: inout SeededNumbers) -> String {
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        switch kind {
        case 0: return "\(number(-50...50))"
        case 1: return ["0.5", "-1.25", "1e3", "2.5E-7", "-0", "0.30000000000000004", "12345678.125", "1.0", "5e-324"].randomElement(using: &generator) ?? "1.5"
        case 2: return "\(Int64.random(in: .min ... .max, using: &generator))"
        case 3: return "\"20\(number(10...99))-0\(number(1...9))-1\(number(0...9))\""
        case 4:
            let fraction = ["", ".5", ".250", ".000001", ".1234560"].randomElement(using: &generator) ?? ""
            let zone = ["Z", "+02:00", "-0130", "+11"].randomElement(using: &generator) ?? "Z"
            return "\"2024-02-29T1\(number(0...9)):30:0\(number(0...9))\(fraction)\(zone)\""
        case 5: return number(0...1) == 0 ? "true" : "false"
        case 6:
            return ["\"\"", "\"x\"", "\"a\\nb\\u00e9\\ud83d\\ude00\"", "\"],[{\\\"\"", "\"日本 and a longer text of many bytes\"", "\"}, {\\\"c0\\\":\""].randomElement(using: &generator) ?? "\"\""
        case 7: return ["[1,2]", "[]", "{\"a\":{\"b\":[null]}}", "[[1],[2]]", "{\"c0\":1}"].randomElement(using: &generator) ?? "[]"
        case 8: return "12345678901234567890\(number(0...99))"
        default: return String(repeating: "9", count: number(39...60))
        }
    }

    func page(_ layout: ResultLayout, blanks: Bool = false) -> String {
        let comma = blanks ? " ,\n " : ","
        let rows = cells.map { row in
            if layout.rowsAreLists { return "[" + row.map { $0 ?? "null" }.joined(separator: comma) + "]" }
            let members = zip(names, row).compactMap { name, cell in cell.map { "\"\(name)\":\($0)" } }
            return "{" + members.joined(separator: comma) + "}"
        }
        let list = names.map { "\"\($0)\"" }.joined(separator: ",")
        return #"{"\#(layout.holder)":{"\#(layout.columns)":[\#(list)],"\#(layout.rows)":[\#(rows.joined(separator: comma))]}}"#
    }

    /// The type and the values of a column by the rules, one value after the other.
    func expected(_ column: Int) -> (type: DataType, values: [Scalar]) {
        let cells = cells.map { $0[column].map { Scalar(json: $0) } ?? .null }
        let texts = self.cells.map { $0[column] ?? "null" }
        let present = cells.filter { $0 != .null }
        let type = RandomResult.type(present)
        return (type.type, zip(cells, texts).map { RandomResult.convert($0, $1, type.type, json: type.json) })
    }

    private static func type(_ values: [Scalar]) -> (type: DataType, json: Bool) {
        var sorts: Set<String> = [], ints = false, floats = false, decimals = false, long = false, inexact = false, times: Set<DataType> = []
        for value in values {
            switch value {
            case .bool: sorts.insert("bool")
            case .int(let value):
                sorts.insert("number")
                ints = true
                if Int64(exactly: Double(value)) != value { inexact = true }
            case .decimal: (decimals, _) = (true, sorts.insert("number"))
            case .float: (floats, _) = (true, sorts.insert("number"))
            case .json(let text) where text.first == "[" || text.first == "{": sorts.insert("nested")
            case .json: (long, _) = (true, sorts.insert("number"))
            case .string(let text):
                sorts.insert("string")
                var copy = text
                times.insert(copy.withUTF8 { bytes in
                    let raw = UnsafeRawBufferPointer(bytes)
                    if TextParsing.date(raw) != nil { return .date }
                    return TextParsing.timestamp(raw).map { .timestamp(utc: $0.utc) } ?? .string
                })
            default: break
            }
        }
        if sorts.isEmpty { return (.string, false) }
        if sorts.count > 1 || sorts.contains("nested") { return (.json, true) }
        if sorts.contains("bool") { return (.bool, false) }
        if sorts.contains("string") { return (times.count == 1 ? times.first ?? .string : .string, false) }
        if long || (floats && (decimals || inexact)) { return (.string, true) }
        _ = ints
        return (floats ? .float64 : decimals ? .decimal(scale: 0) : .int64, false)
    }

    private static func convert(_ value: Scalar, _ text: String, _ type: DataType, json: Bool) -> Scalar {
        if value == .null { return .null }
        if json {
            let buffer = TextBuffer()
            if case .json = value { buffer.append(text) } else { buffer.appendJSON(value) }
            return type == .json ? .json(buffer.text) : .string(buffer.text)
        }
        switch (value, type) {
        case (.int(let value), .float64): return .float(Double(value))
        case (.int(let value), .decimal): return .decimal(Decimal128(value))
        case (.string(var text), .date): return .date(text.withUTF8 { TextParsing.date(UnsafeRawBufferPointer($0)) } ?? 0)
        case (.string(var text), .timestamp(let utc)):
            return .timestamp(text.withUTF8 { TextParsing.timestamp(UnsafeRawBufferPointer($0))?.micros } ?? 0, utc: utc)
        default: return value
        }
    }
}
