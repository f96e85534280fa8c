// What is wrong with an answer that came whole by the rules of HTTP, as facts.
import QueryFormats

/// Why an answer is not what a service promises.
public enum AnswerFault: Error, Hashable, Sendable {
    /// The body is something else than JSON, such as the login page of a proxy: its content type and how it begins.
    case notJSON(type: String?, beginning: String)
    /// The body is no page of a result: incomplete, no JSON, or with rows that do not fit together.
    case damaged(ResultError)
    /// A member that has to be there is not, or is not of its type.
    case member(String, expected: String)
    /// The answer is about another job.
    case otherJob(expected: String, found: String)
    /// The next page is one that was read already.
    case repeatedPage(String)
    /// The rows of that page, counted from 1, are those of an earlier one, and the service does not say how many there are.
    case sameRows(page: Int)
    /// The next page would be on another origin.
    case foreignPage(String)
    /// The link to the next page is no address.
    case badLink(String)
    /// More pages than any result has.
    case tooManyPages(Int)
    /// A status that no request of this kind is answered with.
    case status(Int)
}

extension AnswerFault {
    /// Whether the same request may be answered better the next time: what broke on its way may come whole.
    var isPassing: Bool {
        switch self {
        case .damaged(.incomplete), .damaged(.syntax), .damaged(.invalidUTF8), .damaged(.loneSurrogate): true
        default: false
        }
    }
}
