// What the server was asked, and patterns of it.

/// A request as it came.
public struct RecordedRequest: Sendable {
    public var method: String
    /// The path and the query, as they were sent.
    public var target: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// On which connection it came, counted from 1.
    public var connection: Int
    /// The head as it came, with all line ends.
    public var head: String

    /// The value of the first header of that name, in whatever case.
    public subscript(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
    public var path: String { String(target.prefix { $0 != "?" }) }
    /// What stands behind the `?`.
    public var query: String? { target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) } }

    /// Reads a head that ends with an empty line; nil where it is none.
    init?(head: [UInt8], connection: Int) {
        self.head = String(decoding: head, as: UTF8.self)
        self.connection = connection
        let lines = self.head.split(separator: "\r\n", omittingEmptySubsequences: true)
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count == 3 else { return nil }
        (method, target) = (String(words[0]), String(words[1]))
        headers = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (String(line[..<colon]), String(value))
        }
        body = []
    }
}

/// `GET /api/queries/*`, and with `?page=2` behind it only with that query.
struct RequestPattern: Equatable {
    private let method: Substring
    private let segments: [Substring]
    private let query: String?

    init(_ text: String) {
        let words = text.split(separator: " ", maxSplits: 1)
        precondition(words.count == 2, "a pattern is a method and a path: \(text)")
        method = words[0]
        let path = words[1].prefix { $0 != "?" }
        segments = path.split(separator: "/", omittingEmptySubsequences: false)
        query = path.endIndex == words[1].endIndex ? nil : String(words[1][words[1].index(after: path.endIndex)...])
    }

    func takes(_ request: RecordedRequest) -> Bool {
        let given = request.path.split(separator: "/", omittingEmptySubsequences: false)
        return (method == "*" || method == request.method) && given.count == segments.count
            && zip(segments, given).allSatisfy { $0 == "*" || $0 == $1 } && (query == nil || query == request.query)
    }

    /// The more a pattern says, the earlier it is asked.
    var rank: Int { (query == nil ? 100 : 0) + segments.filter { $0 == "*" }.count + (method == "*" ? 1 : 0) }
}
