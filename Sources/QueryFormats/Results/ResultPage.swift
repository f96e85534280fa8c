// What one answer said besides its rows.
import QueryFrames

/// One page that was read to its end.
public struct ResultPage {
    /// The document, with `[]` where its rows stood.
    public let members: JSONDocument
    /// How many rows the page had; nil where the member is missing or null.
    public let rows: Int?
    /// The names of the columns, as the page has them.
    public let columns: [String]?
    /// How many rows there are, as the page says.
    public let declaredCount: Int?
    /// Equal for pages whose rows are the same, byte for byte; nil where there is one page, or the number of rows was named before them.
    public let fingerprint: UInt64?

    /// The value that stands at the end of a path of members, such as `data`, `status`; nil where one of them is missing.
    public func value(_ path: String...) -> Scalar? { value(path) }

    func value(_ path: [String]) -> Scalar? { text(path).map { text in text.withUnsafeBytes { Scalar(json: $0) } } }

    /// The text of that value.
    func text(_ path: [String]) -> [UInt8]? {
        guard let whole = try? members.value() else { return nil }
        var text = Array(members[whole])
        let document = JSONDocument()
        for name in path {
            text.withUnsafeBytes { document.load($0) }
            guard let member = document.member(Array(name.utf8)) else { return nil }
            text = Array(document[member])
        }
        return text
    }
}
