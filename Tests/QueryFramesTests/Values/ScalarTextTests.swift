import QueryFrames
import Testing

@Suite("text of values")
struct ScalarTextTests {
    @Test(
        "a value is written as print writes it",
        arguments: [
            (.null, "null"), (.bool(true), "true"), (.int(-3), "-3"), (.float(5), "5.0"), (.string("a \"b\"\n"), "a \"b\"\n"),
            (.date(19_844), "2024-05-01"),
            (.timestamp(0, utc: true), "1970-01-01T00:00:00Z"), (.duration(5_400_000_000), "1h30m"), (.list([]), "[]"),
            (.list([.int(2), .int(3)]), "[2, 3]"),
            (.list([.string("a\"b\\\n\t\r\0\u{1b}${x} $y é"), .list([.null])]), #"["a\"b\\\n\t\r\0\u{1b}\${x} $y é", [null]]"#),
        ] as [(Scalar, String)])
    func text(_ value: Scalar, _ text: String) {
        #expect(value.text == text)
    }

    @Test("a text buffer keeps what it holds while it grows")
    func growth() {
        let buffer = TextBuffer(capacity: 1)
        for _ in 0..<1_000 { buffer.append("abc") }
        #expect(buffer.text == String(repeating: "abc", count: 1_000))
        buffer.truncate(to: 2)
        #expect(buffer.text == "ab")
        buffer.removeAll(keepingCapacity: false)
        #expect(buffer.text == "")
    }
}
