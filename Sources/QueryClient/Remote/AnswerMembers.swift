// The members of a JSON object of an answer, read leniently: a service may leave out any of them, and write a number as a text.
import QueryFrames

/// `{"id": "43d8", "count": 10, "error": null}` to look into.
struct AnswerMembers {
    private let values: [String: Scalar]

    /// The members of the object that `text` is; nil where it is none.
    init?(_ text: String) {
        // Blanks before the value would hide what it is.
        self.init(JSONDocument(String(text.drop { $0.isWhitespace })))
    }

    /// The members of the object that a document is; nil where it is none.
    init?(_ document: JSONDocument) {
        guard document.isRecord, (try? document.value()) != nil else { return nil }
        values = Dictionary(document.members().map { ($0.name, Scalar(json: document[$0.value])) }, uniquingKeysWith: { $1 })
    }

    /// The object that is the member `name`.
    func object(_ name: String) -> AnswerMembers? {
        guard case .json(let text)? = values[name] else { return nil }
        return AnswerMembers(text)
    }

    /// Whether the member is there and is not null.
    func has(_ name: String) -> Bool { values[name].map { $0 != .null } ?? false }

    /// The member as text: a string as it is, anything else as it is written.
    func text(_ name: String) -> String? {
        switch values[name] {
        case nil, .null?: nil
        case let value?: value.text
        }
    }

    /// The member as a number that counts something.
    func count(_ name: String) -> Int? {
        switch values[name] {
        case .int(let value)? where value >= 0: Int(value)
        case .string(let text)?: Int(text).flatMap { $0 >= 0 ? $0 : nil }
        default: nil
        }
    }

    /// A share of 100 as one of 1.
    func percentage(_ name: String) -> Double? {
        switch values[name] {
        case .int(let value)? where (0...100).contains(value): Double(value) / 100
        case .float(let value)? where (0...100).contains(value): value / 100
        default: nil
        }
    }

    /// An ISO 8601 time as microseconds since 1970 in UTC; one without a zone is taken for UTC.
    func time(_ name: String) -> Int64? {
        guard case .string(let text)? = values[name] else { return nil }
        var kept: [UInt8] = []
        var digits: Int?
        for byte in text.utf8 {
            let isDigit = byte &- 0x30 <= 9
            if byte == UInt8(ascii: ".") { digits = 0 } else if let count = digits { digits = isDigit ? count + 1 : nil }
            // What is finer than microseconds is of no use here.
            if let digits, digits > 6 { continue }
            kept.append(byte)
        }
        return kept.withUnsafeBytes { TextParsing.timestamp($0) }?.micros
    }

    /// What an error's body says of it: `detail`, `message` or `error`, in one line that can be shown.
    var message: String {
        let parts = ["detail", "message", "error"].compactMap { name in
            object(name)?.text("message") ?? text(name)
        }
        return ServerText.clean(parts.first ?? "")
    }
}
