// What a run has left to be seen, and what may not be seen anywhere in it.
import TestSupport
import Testing

/// The key of the service in a test. It has characters that are written in other ways in URLs and in JSON.
enum Canary {
    static let token = "canary+7f3a/b9c1=="

    /// The ways in which it would be written somewhere.
    private static let forms = [
        token, "canary%2B7f3a%2Fb9c1%3D%3D", #"canary+7f3a\/b9c1=="#,
        // Base64 of it, as it is and as a user's name, up to where what follows changes the letters.
        "Y2FuYXJ5KzdmM2EvYjljMT09",
    ]

    /// The form in which it stands in `bytes`, if it does.
    static func found(in bytes: [UInt8]) -> String? {
        forms.first { form in
            let form = Array(form.utf8)
            var at = 0
            while let next = bytes[at...].firstIndex(of: form[0]) {
                if bytes[next...].starts(with: form) { return true }
                at = next + 1
            }
            return false
        }
    }
}

/// One run of a script.
struct Seen {
    var output: String
    /// Messages and errors, as standard error has them.
    var error: String
    var status: Int32
    /// What happened, as `--events` tells it.
    var events: String

    static let scriptName = "script.qs"

    /// A folder in which a script runs `text` and exports its rows to a file that is there already.
    static func prepare(_ folder: ScratchFolder, _ text: String = #"run "select 1" timeout 10m"#) throws {
        try folder.write("out.csv", "old\n")
        try folder.write(scriptName, "let j = \(text)\nexport j csv to \"\(folder.path("out.csv"))\"\nprint j.status, j.rows\n")
    }

    /// Looks at what every run has to keep to: rows or an error, all of a file or none of it, and no secret.
    func check(
        _ expected: (error: String?, words: [String], requests: ClosedRange<Int>), rows: String = Step.rows, in folder: ScratchFolder, requests: [String],
        _ name: String = ""
    ) {
        if let code = expected.error {
            #expect(error.contains("error[\(code)]: "), "\(name): \(error)")
            #expect(status == Seen.status(of: code), "\(name): \(error)")
            #expect(output == "", "\(name): \(output)")
            #expect(folder.text("out.csv") == "old\n", "\(name)")
        } else {
            #expect(status == 0, "\(name): \(error)")
            #expect(output == "succeeded \(rows.split(separator: "\n", omittingEmptySubsequences: false).count - 2)\n", "\(name)")
            #expect(folder.text("out.csv") == rows, "\(name)")
        }
        for word in expected.words { #expect(error.contains(word), "\(name): \(word) is not in: \(error)") }
        #expect(expected.requests.contains(requests.count), "\(name): \(requests)")
        #expect(!folder.names().contains { $0.hasSuffix(".tmp") || $0.hasPrefix(".qs-") }, "\(folder.names())")
        // However long what is wrong is, nobody wants to read all of it.
        #expect(error.utf8.count < 8_192, "\(name): \(error.utf8.count) bytes of messages")
        checkSecrecy(in: folder)
    }

    /// Looks for the key in everything that was written.
    func checkSecrecy(in folder: ScratchFolder) {
        for (place, text) in [("output", output), ("messages", error), ("events", events)] {
            #expect(Canary.found(in: Array(text.utf8)) == nil, "\(place): \(text)")
        }
        Seen.look(into: folder.path)
    }

    private static func look(into path: String) {
        for name in Files.names(in: path) where name != "token" {
            let path = path + "/" + name
            if let bytes = Files.bytes(path) { #expect(Canary.found(in: bytes) == nil, "\(path)") } else { look(into: path) }
        }
    }

    /// The exit status of an error's kind, as the page of the language lists them.
    private static func status(of code: String) -> Int32 {
        switch code {
        case "syntax", "usage", "configuration": 2
        case "query-failed", "refused", "cancelled", "expired": 3
        case "unavailable", "unauthorized", "bad-answer": 4
        case "io", "format", "catalog", "read-only": 5
        case "limit": 6
        case "timeout": 124
        default: 1
        }
    }
}
