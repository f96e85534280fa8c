// What is said of services beyond this process: who, where, why, what next; and nothing that should not be seen.
import QueryClient
import QueryFormats
import Testing

@testable import QueryScript

@Suite struct ServiceWordingTests {
    private static let address = "https://app.polytomic.com/api"

    private func words(_ error: ServiceError) -> String {
        let wording = error.wording
        return (["\(wording.code.rawValue) \(wording.code.exitStatus): \(wording.message)"] + [wording.hint].compactMap { $0 } + wording.notes)
            .joined(separator: " | ")
    }

    @Test("each error names the service, the place and what to do", arguments: [
        (.unreachable(service: "w", address: address, .unknownHost("app.polytomic.com")),
            "unavailable 4: `w` at https://app.polytomic.com/api does not answer: the name app.polytomic.com is not known | check the service's url"),
        (.unreachable(service: "w", address: address, .closed(sent: true, received: 12)),
            "unavailable 4: `w` at https://app.polytomic.com/api does not answer: the answer broke off after 12 bytes"),
        (.unreachable(service: "w", address: "http://far.test/", .insecure(.init(isSecure: false, host: "far.test", port: 80))),
            "unavailable 4: nothing was sent to `w` at http://far.test/: http://far.test is no place for a credential, as others can listen | use https"),
        (.unreachable(service: "w", address: address, .badProxy(isSecure: true, .userInfo)),
            "unavailable 4: nothing was sent to `w` at https://app.polytomic.com/api: the proxy in HTTPS_PROXY cannot be used:"
                + " a name and a password are not supported"
                + " | set HTTPS_PROXY to an address such as http://proxy.example:3128, or name the host in NO_PROXY"),
        (.unauthorized(service: "w", address: address, status: 401, looked: "the environment variable TOKEN", message: "revoked"),
            "unauthorized 4: `w` at https://app.polytomic.com/api does not accept the credential (401)"
                + " | the credential was taken from the environment variable TOKEN | it says: revoked"),
        (.unauthorized(service: "w", address: address, status: 403, looked: "the file t", message: ""),
            "unauthorized 4: `w` at https://app.polytomic.com/api does not allow this to the credential (403) | the credential was taken from the file t"),
        (.noCredential(service: "w", looked: "the environment variable TOKEN", .noVariable),
            "unauthorized 4: there is no credential for `w`: the variable is not set | set it, or keep the key with: qs login w"
                + " | it was looked for in the environment variable TOKEN"),
        (.badAnswer(service: "w", address: address, .notJSON(type: "text/html", beginning: "<html>")),
            "bad-answer 4: what https://app.polytomic.com/api answers is not what `w` promises: JSON was expected, and text/html came: <html>"
                + " | is a proxy, or a page to log in, between here and the service?"),
        (.badAnswer(service: "w", address: address, .damaged(.incomplete(offset: 9))),
            "bad-answer 4: what https://app.polytomic.com/api answers is not what `w` promises: it ends in the middle, at byte 9"),
        (.refusedByService(service: "w", status: 422, message: "no such column"), "query-failed 3: `w` refused the request (422): no such column"),
        (.rateLimited(service: "w", address: address, after: 90_000_000),
            "unavailable 4: `w` at https://app.polytomic.com/api is asked too often | it wants to be asked again in 1m30s"),
        (.unavailable(service: "w", address: address, status: 503, message: ""),
            "unavailable 4: `w` at https://app.polytomic.com/api has an error of its own (503) | try again later"),
        (.redirected(service: "w", address: address, target: "https://login.test/"),
            "unavailable 4: `w` at https://app.polytomic.com/api sends on to https://login.test/, where nothing is sent"
                + " | if that is the service, make it its url"),
        (.notImplemented(service: "w", .cancel), "unsupported 1: `w` has no way to stop a job, which may still run there"),
        (.outcomeUnknown(service: "w", key: "job_x", because: .refusedByService(service: "w", status: 400, message: "")),
            "unavailable 4: it is unknown whether `w` has taken the job: `w` refused the request (400)"
                + " | look at the service before you run it again | it is kept as job_x"),
        (.overdue(service: "w", id: "j1", after: 5_000_000),
            "timeout 124: the job j1 takes longer than 5s, and may still run at `w` | attach j1 finds it again"),
        (.jobGone(service: "w", id: "j1"), "expired 3: `w` no longer knows the job j1 | run the query again"),
        (.incomplete(service: "w", id: "j1", expected: 5, got: 4),
            "bad-answer 4: `w` says that the job j1 has 5 rows, and gives 4 | none of them is used; ask for the result again"),
        (.noLiteral(name: "p", dialect: "ansi", .backslash),
            "value 1: the parameter `p` cannot be written in ansi: a text with a backslash could be read in two ways"
                + " | say which dialect the connection has: dialect = \"postgres\""),
    ] as [(ServiceError, String)])
    func errors(_ error: ServiceError, _ expected: String) {
        #expect(words(error) == expected)
    }

    @Test("a retry is one line with its number, its reason and its wait")
    func retrying() {
        let cause = ServiceError.unavailable(service: "w", address: ServiceWordingTests.address, status: 503, message: "")
        #expect(Diagnostic.message(of: ServiceNotice.retrying(service: "w", job: "j1", because: cause, number: 2, wait: 1_234_567))
            == "`w` at https://app.polytomic.com/api has an error of its own (503); try 2 follows in 1s234ms")
    }
}
