// The values of a run's parameters in one text, each with its type, so that a submit can be repeated just as it was.
import QueryClient
import QueryFrames

/// `5:month6:string7:2024-05`: names, kinds and values, each with its length in bytes before it.
enum BindingText {
    static func text(_ bindings: [QueryRequest.Binding]) -> String {
        bindings.map { CountedText.part($0.name) + text($0.value) }.joined()
    }

    /// The bindings of a text; those that are damaged, and all after them, are left out.
    static func bindings(in text: String) -> [QueryRequest.Binding] {
        var rest = text.utf8[...]
        var bindings: [QueryRequest.Binding] = []
        while let name = CountedText.next(&rest), let value = value(&rest) { bindings.append(.init(name: name, value: value)) }
        return bindings
    }

    private static func text(_ value: Scalar) -> String {
        switch value {
        case .null: CountedText.part("null") + CountedText.part("")
        case .bool(let flag): CountedText.part("bool") + CountedText.part(flag ? "1" : "0")
        case .int(let number): CountedText.part("int") + CountedText.part(String(number))
        case .float(let number): CountedText.part("float") + CountedText.part(String(number.bitPattern, radix: 16))
        case .string(let text): CountedText.part("string") + CountedText.part(text)
        case .date(let days): CountedText.part("date") + CountedText.part(String(days))
        case .timestamp(let micros, let utc): CountedText.part(utc ? "timestamp utc" : "timestamp") + CountedText.part(String(micros))
        case .duration(let micros): CountedText.part("duration") + CountedText.part(String(micros))
        case .decimal(let number): CountedText.part("decimal") + CountedText.part(Scalar.decimal(number).text)
        case .binary(let bytes): CountedText.part("binary") + CountedText.part(bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined())
        case .json(let text): CountedText.part("json") + CountedText.part(text)
        // Lists of lists are as deep as a column's type can be, which is not deep.
        case .list(let items): CountedText.part("list") + CountedText.part(items.map { self.text($0) }.joined())
        }
    }

    private static func value(_ rest: inout Substring.UTF8View) -> Scalar? {
        guard let kind = CountedText.next(&rest), let text = CountedText.next(&rest) else { return nil }
        switch kind {
        case "null": return .null
        case "bool": return .bool(text == "1")
        case "int": return Int64(text).map { .int($0) }
        case "float": return UInt64(text, radix: 16).map { .float(Double(bitPattern: $0)) }
        case "string": return .string(text)
        case "date": return Int32(text).map { .date($0) }
        case "timestamp", "timestamp utc": return Int64(text).map { .timestamp($0, utc: kind == "timestamp utc") }
        case "duration": return Int64(text).map { .duration($0) }
        case "decimal": return Decimal128(text).map { .decimal($0) }
        case "binary":
            let digits = Array(text.utf8).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
            return .binary(stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
        case "json": return .json(text)
        case "list":
            var items: [Scalar] = [], inner = text.utf8[...]
            while let item = value(&inner) { items.append(item) }
            return .list(items)
        default: return nil
        }
    }
}
