// Values of many bytes: taken exactly or refused by their size, in pieces far smaller than they are. A reader that went over a value
// again with every piece would not come to an end here.
@testable import QueryFormats
import QueryFrames
import Testing

@Suite("Results of large values")
struct ResultSizeTests {
    /// The one value of a page, in pieces of 4 KB.
    private func value(_ text: [UInt8]) throws -> (Scalar, [ResultWarning]) {
        let page = Array(#"{"data":{"fields":["v"],"results":[{"v":"#.utf8) + text + Array("}]}}".utf8)
        let result = try readResult(.polytomic, [page], pieces: 4_096, segment: 4_096)
        return (result.frame.scalar(row: 0, column: 0), result.warnings)
    }

    @Test("a number of ten million digits stays the text that it is")
    func digits() throws {
        let text = [UInt8](repeating: UInt8(ascii: "7"), count: 10_000_000)
        let (found, warnings) = try value(text)
        guard case .string(let kept) = found else {
            Issue.record("\(found.typeName)")
            return
        }
        #expect(kept.utf8.elementsEqual(text))
        guard case .numbersKeptAsText(_, row: 1, _)? = warnings.first else {
            Issue.record("nobody says that it is text")
            return
        }
    }

    @Test("a text of a million escapes has a million characters")
    func escapes() throws {
        let escape = #"\u00e9"#, character = "é"
        let text = Array("\"".utf8) + Array(repeatElement(Array(escape.utf8), count: 1_000_000).joined()) + Array("\"".utf8)
        guard case .string(let kept) = try value(text).0 else {
            Issue.record("no text")
            return
        }
        #expect(kept.utf8.count == 1_000_000 * character.utf8.count)
        #expect(kept.utf8.starts(with: Array(character.utf8)) && kept.utf8.suffix(character.utf8.count).elementsEqual(character.utf8))
    }

    @Test("a text of 16 MB is taken as it is")
    func text() throws {
        let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 16 << 20)
        guard case .string(let kept) = try value(Array("\"".utf8) + bytes + Array("\"".utf8)).0 else {
            Issue.record("no text")
            return
        }
        #expect(kept.utf8.count == bytes.count)
    }

    @Test("what never ends is refused when it passes its limit, be it whole by then or not")
    func endless() throws {
        let reader = ResultReader(.toolkit, workers: Workers(1))
        reader.beginPage()
        try receive(Array(#"{"error":""#.utf8), reader, .max)
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        var pieces = 0
        let error = resultError {
            while pieces < 1_000 {
                pieces += 1
                try receive(piece, reader, .max)
            }
        }
        #expect(error == .tooLarge(what: .members, limit: ResultEnvelope.limit))
        #expect(pieces <= ResultEnvelope.limit / piece.count * 2)
    }
}
