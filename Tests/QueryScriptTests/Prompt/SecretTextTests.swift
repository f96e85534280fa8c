// Keys in the text of scripts are found, and nothing else is taken for one.
import Testing
@testable import QueryScript

@Suite struct SecretTextTests {
    @Test("a key that `connect` is given as it is, or that stands in a URL, is found and blotted out", arguments: [
        (#"connect far to "https://far.example" with kind="toolkit", token="abc""#, #"connect far to "https://far.example" with kind="toolkit", token="***""#),
        (#"connect far to "u" with `api key`="abc", kind="toolkit""#, #"connect far to "u" with `api key`="***", kind="toolkit""#),
        ("connect far to \"u\" with\n  token = abc.def-1, kind=\"toolkit\"", "connect far to \"u\" with\n  token = *********, kind=\"toolkit\""),
        (#"connect far to "https://me:abc@far.example""#, #"connect far to "**************************""#),
        (#"connect far to "https://me:a/b@far.example""#, #"connect far to "**************************""#),
        (#"let x = 1; connect far to "u" with token="abc"#, #"let x = 1; connect far to "u" with token="***"#),
        (#"print "ftp://a@b""#, #"print "*********""#),
    ])
    func found(text: String, blotted: String) {
        #expect(SecretText.isIn(text))
        #expect(String(decoding: SecretText.blotted(Source(name: "", text: text)), as: UTF8.self) == blotted)
    }

    @Test("what only names a key, and what is none, is left as it is", arguments: [
        #"connect far to "https://far.example:8080/a@b" with kind="toolkit", token=env("FAR"), dataset="d", timeout="2s""#,
        #"connect far to "u" with token=command("pass show far"); let token = "abc""#, #"let token = "abc""#, "connect", "connect far to", "connect x = ", "",
        #"print "a@b.example", "https://far.example?to=a@b""#,
    ])
    func none(text: String) {
        #expect(!SecretText.isIn(text))
        #expect(SecretText.blotted(Source(name: "", text: text)) == Array(text.utf8))
    }

    @Test("a message does not show a key that stands in the line it is about")
    func message() {
        let source = Source(name: "a.qs", text: #"connect far to "https://far.example" with kind="toolkit", token="abc""#)
        let diagnostic = Diagnostic(Wording(code: .value, message: "no"), in: source, at: Span(0, 7))
        let text = DiagnosticRenderer().text(of: diagnostic)
        #expect(text.contains(#"token="***""#) && !text.contains("abc"), "\(text)")
    }
}
