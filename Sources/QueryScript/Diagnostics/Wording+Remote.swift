// What can go wrong on the way to a service and back, in words: parts of the messages of Wording+Service.
import QueryClient
import QueryFormats
import QueryFrames

extension HTTPFault {
    var words: String {
        switch self {
        case .unknownHost(let host): "the name \(host) is not known"
        case .nameService(let host): "the name service does not tell where \(host) is"
        case .connect(let reason): reason
        case .tooFewFiles(let needed, let free): Diagnostic.tooFewFiles(needed: needed, free: free)
        case .outOfFiles: "too few files may be open"
        case .connectTimeout: "no connection in time"
        case .tls(let reason): "no secure connection: \(reason)"
        case .firstByteTimeout: "it is connected, and no answer has begun in time"
        case .timeout: "the answer did not end in time"
        case .tooSlow(let rate): "the answer comes too slowly, at \(rate) bytes a second"
        case .closed(_, let received): received == 0 ? "the connection was closed without an answer" : "the answer broke off after \(received) bytes"
        case .malformed(let reason): "what comes is no proper HTTP: \(reason)"
        case .tooLarge(let limit, let inflated): "the answer has more than \(limit.bytesText)\(inflated ? " once it is unpacked" : "")"
        case .unknownEncoding(let encoding): "the answer is packed as \(encoding), which nobody asked for"
        case .corrupt(let encoding): "the answer's \(encoding) is damaged"
        case .badHeader(let name): "the header \(name) cannot be sent"
        case .badProxy(let isSecure, let fault): "the proxy in \(HTTPFault.variable(isSecure)) cannot be used: \(fault.proxyWords)"
        case .insecure(let origin): "\(origin) is no place for a credential, as others can listen"
        case .refused: "the answer was not wanted"
        case .cancelled: "the request was cancelled"
        }
    }

    /// Whether it was this side that did not ask.
    var isOurs: Bool {
        switch self {
        case .insecure, .badHeader, .badProxy, .tooFewFiles, .outOfFiles: true
        default: false
        }
    }

    /// Whether it is files that cannot be opened, and no matter of the service.
    var isOfFiles: Bool {
        switch self {
        case .tooFewFiles, .outOfFiles: true
        default: false
        }
    }

    /// Where a proxy is told.
    private static func variable(_ isSecure: Bool) -> String { isSecure ? "HTTPS_PROXY" : "http_proxy" }

    var fix: String? {
        switch self {
        case .unknownHost: "check the service's url"
        case .insecure: "use https"
        case .badProxy(let isSecure, _): "set \(HTTPFault.variable(isSecure)) to an address such as http://proxy.example:3128, or name the host in NO_PROXY"
        case .tls: "check the service's url and its certificate; SSL_CERT_FILE can name a file of those to trust"
        case .outOfFiles: Diagnostic.moreFiles
        default: nil
        }
    }
}

extension Diagnostic {
    /// What to do where too few files may be open.
    static let moreFiles = "let more be open: ulimit -n 256"

    /// That a part of the program may open fewer files than it takes.
    public static func tooFewFiles(needed: Int, free: Int) -> String {
        "too few files may be open: \(needed) more are needed, and \(free) can be had; \(moreFiles)"
    }
}

extension AddressFault {
    /// Why no request can go through a proxy at this address, which is not repeated: it may hold a password.
    fileprivate var proxyWords: String {
        switch self {
        case .userInfo: "a name and a password are not supported"
        case .otherScheme(let scheme): "it is spoken to over http, not \(scheme)"
        case .noScheme, .noHost, .badHost, .badPort, .badCharacter, .badEscape: "it has no proper address"
        }
    }
}

extension AnswerFault {
    var words: String {
        switch self {
        case .notJSON(let type, let beginning): "JSON was expected, and \(type ?? "something else") came: \(beginning)"
        case .damaged(let error): error.words
        case .member(let name, let expected): name.isEmpty ? "it is not \(expected)" : "it lacks `\(name)`, \(expected)"
        case .otherJob(let expected, let found): "it is about the job \(found), and \(expected) was asked for"
        case .repeatedPage(let link): "its next page is one that was there already: \(link)"
        case .sameRows(let page): "its page \(page) has the rows of an earlier one, and it does not say how many rows there are"
        case .foreignPage(let address): "its next page is elsewhere: \(address)"
        case .badLink(let link): "its next page has no proper address: \(link)"
        case .tooManyPages(let limit): "it has more than \(limit) pages"
        case .status(let status): "it has the status \(status)"
        }
    }

    var fix: String? {
        switch self {
        case .notJSON: "is a proxy, or a page to log in, between here and the service?"
        case .member, .otherJob, .repeatedPage, .foreignPage, .badLink, .tooManyPages, .status: "check the service's kind and url"
        case .sameRows: "if the rows may be alike, add a column that tells them apart"
        case .damaged: nil
        }
    }
}

extension LiteralFault {
    var words: String {
        switch self {
        case .type(let name): "it has no literal for a \(name)"
        case .nul: "a text with U+0000 in it has no literal"
        case .notFinite: "it has no literal for NaN and infinities"
        case .backslash: "a text with a backslash could be read in two ways"
        case .emptyList: "`in` needs at least one value"
        case .year: "it has no literal for a year before 1 or after 9999"
        case .unclearQuotes: "the query's text has a backslash before a quote, and could be read in two ways"
        case .openQuote: "a quote of the query's text has no end"
        }
    }

    var fix: String? {
        switch self {
        case .backslash, .unclearQuotes: "say which dialect the connection has: dialect = \"postgres\""
        default: nil
        }
    }
}

extension ServiceFeature {
    func words(of service: String) -> String {
        switch self {
        case .save: "`\(service)` cannot save queries yet"
        case .jobs: "`\(service)` has no jobs yet"
        case .cancel: "`\(service)` has no way to stop a job, which may still run there"
        case .datasets: "`\(service)` keeps its datasets itself: none can be registered or listed from here"
        case .text: "`\(service)` runs only what it has saved, and cannot save queries yet"
        }
    }

    var fix: String? {
        switch self {
        case .text: "run one of its own queries by its id"
        case .datasets: "name one of its datasets by on"
        default: nil
        }
    }
}

extension Diagnostic {
    /// What is to be known of a service, as one sentence.
    public static func message(of notice: ServiceNotice) -> String {
        switch notice {
        case .retrying(_, _, let cause, let number, let wait):
            "\(cause.wording.message); try \(number) follows in \(Scalar.duration(wait / 1000 * 1000).text)"
        case .unknownStatus(let service, let job, let word):
            "`\(service)` \(word.map { "calls the state of the job \(job) `\($0)`, which is not known" } ?? "does not tell the state of the job \(job)")"
                + "; it is taken for running"
        case .withoutJobs(let service): "`\(service)` has no jobs yet: what runs there ends with this program"
        case .savedHere(let service, let query): "`\(service)` cannot save queries yet: `\(query)` is kept here"
        case .notRecorded(_, let job, let cause): "the job \(job) could not be written down: \(cause.wording.message)"
        case .result(_, let job, let warning): "the rows of the job \(job): \(warning.words)"
        }
    }
}
