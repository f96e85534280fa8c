// The kernels of strings, which work on several bytes at once, against plain loops over code points.
import Testing

@testable import QueryFrames

@Suite("Text kernels")
struct TextKernelTests {
    /// The column of `function` over `texts`.
    static func map(_ function: String, _ texts: [String], _ others: Scalar...) throws -> [Scalar] {
        try evaluate(Sample([name("s")] + others.map { value($0) }) { .call(function, $0) }, frame([.strings("s", texts)]))
    }

    /// Strings of every code point from `first` on, with ASCII of all lengths before and after.
    static func texts(from first: UInt32, to last: UInt32, step: UInt32 = 1) -> [String] {
        var texts: [String] = []
        for code in stride(from: first, to: last, by: Int(step)) {
            guard let scalar = Unicode.Scalar(code) else { continue }
            let before = String("aZ[`{@xYz09AbCdEfG".prefix(Int(code % 19)))
            texts.append(before + String(Character(scalar)) + "qR")
        }
        return texts
    }

    static func mapped(_ text: String, _ mapping: (Unicode.Scalar.Properties) -> String) -> Scalar {
        .string(text.unicodeScalars.map { mapping($0.properties) }.joined())
    }

    @Test("upper and lower map every code point as Unicode does, wherever it stands", arguments: [(0, 0x3100, 1), (0x3100, 0x11_0000, 61)])
    func letterCase(first: UInt32, last: UInt32, step: UInt32) throws {
        let texts = TextKernelTests.texts(from: first, to: last, step: step)
        let lower = try TextKernelTests.map("lower", texts), upper = try TextKernelTests.map("upper", texts)
        for (index, text) in texts.enumerated() {
            #expect(same(lower[index], TextKernelTests.mapped(text, \.lowercaseMapping)), "lower(\(text))")
            #expect(same(upper[index], TextKernelTests.mapped(text, \.uppercaseMapping)), "upper(\(text))")
        }
    }

    @Test("len counts code points, whatever stands in a word of eight bytes")
    func length() throws {
        let texts = TextKernelTests.texts(from: 0x60, to: 0x1_f700, step: 37) + ["", "é", "ééééééééééééé", "日本語日本語日本語", "😀😀😀😀😀"]
        let lengths = texts.map { Scalar.int(Int64($0.unicodeScalars.count)) }
        #expect(try TextKernelTests.map("len", texts) == lengths)
    }

    @Test("contains and like find a part at every place of short and long texts, and only there", arguments: [0, 1, 7, 40, 61, 62, 63, 64, 65, 200])
    func search(length: Int) throws {
        var texts: [String] = [], expected: [Scalar] = []
        for place in stride(from: 0, through: length, by: max(1, length / 20)) {
            let before = String(repeating: "ab", count: place), after = String(repeating: "a", count: length - place)
            texts += [before + "abc" + after, before + "ab" + after, before]
            expected += [.bool(true), .bool(false), .bool(false)]
        }
        #expect(try TextKernelTests.map("contains", texts, .string("abc")) == expected)
        #expect(try evaluate(binary(name("s"), .like, value(.string("%abc%"))), frame([.strings("s", texts)])) == expected)
    }
}
