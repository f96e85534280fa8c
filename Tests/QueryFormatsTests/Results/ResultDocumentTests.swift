@testable import QueryFormats
import QueryFrames
import Testing

@Suite("results: documents")
struct ResultDocumentTests {
    @Test(
        "members come in any order, and each may be missing or null",
        arguments: [
            (#"{"data":{"results":[{"a":1}],"fields":["a"],"count":1}}"#, 1), (#"{"links":{},"data":{"count":1,"results":[{"a":1}]}}"#, 1),
            (#"{"data":{"results":null,"fields":null,"count":null,"status":"running"}}"#, nil), (#"{"data":null}"#, nil), ("{}", nil),
            (#"{"status":404,"message":"no","metadata":{"results":[1,2],"data":{"results":[3]}}}"#, nil), ("null", nil), ("[]", nil),
            (" \r\n\t{ \"data\" : { \"results\" : [ ] } } \n", 0), ("\u{feff}{\"data\":{\"results\":[]}}", 0),
            (#"{"data":{"d\u0061ta":{"results":[7]},"results":[{},{}]}}"#, 2),
        ] as [(String, Int?)])
    func members(_ text: String, _ count: Int?) throws {
        for size in [1, 4, Int.max] {
            let read = try readResult(.polytomic, [Array(text.utf8)], pieces: size, segment: 8)
            #expect(read.pages[0].rows == count, "\(text)")
            #expect(read.frame.count == count ?? 0)
        }
    }

    @Test("columns may come after the rows, and rows without names get some")
    func lateNames() throws {
        let late = try readResult(.toolkit, #"{"results":{"rows":[[1,2]],"row_count":1,"columns":[{"name":"x","type":"int"},"y"]}}"#)
        #expect(late.frame.schema.names == ["x", "y"] && rows(late.frame) == [[.int(1), .int(2)]])
        #expect(try readResult(.toolkit, #"{"results":{"rows":[[1,2]]}}"#).frame.schema.names == ["column_1", "column_2"])
    }

    @Test(
        "what is no JSON is refused at its offset",
        arguments: [
            ("{\"a\":1,}", 7), ("{'a':1}", 1), ("{\"data\":{\"results\":[{\"a\":01}]}}", 26), ("{\"data\":{\"results\":[{\"a\":+1}]}}", 25),
            ("{\"data\":{\"results\":[{\"a\":1},]}}", 28), ("{\"data\":{\"results\":[{\"a\":1,}]}}", 27), ("{\"data\":{\"results\":[1]}}", 20),
            ("{\"data\":{\"results\":[{\"a\":nul}]}}", 25), ("{\"data\":{\"results\":[{\"a\":NaN}]}}", 25), ("{} x", 3), ("// c\n{}", 0),
            ("{\"data\":{\"results\":[{\"a\":\"\u{1}\"}]}}", 26), ("{\"data\":{\"results\":[{\"a\":\"\\x\"}]}}", 27),
            ("{\"data\":{\"results\":[{\"a\":1.}]}}", 27), ("{\"data\":{\"results\":[{\"a\":1e}]}}", 27), ("{\"data\":{\"results\":[{\"a\":-}]}}", 25),
            ("{\"data\":{\"results\":[{\"a\":.5}]}}", 25), ("{\"data\":{\"results\":[{\"a\" 1}]}}", 25), ("<html>", 0),
            ("{\"data\":{\"results\":[{\"a\":[1,]}]}}", 28), ("{\"data\":{\"results\":[{\"a\":tru}]}}", 25), ("[1 2]", 3),
        ])
    func refused(_ text: String, _ offset: Int) {
        for size in [1, 3, Int.max] {
            let error = resultError { try readResult(.polytomic, [Array(text.utf8)], pieces: size, segment: 8) }
            guard case .syntax(offset, _, _) = error else {
                Issue.record("\(text) in pieces of \(size): \(String(describing: error))")
                continue
            }
        }
    }

    @Test("bytes that are not UTF-8 and halves of surrogate pairs are refused, wherever they stand")
    func text() {
        let bad: [[UInt8]] = [[0xff], [0xc0, 0x80], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80]]
        for bytes in bad {
            for (before, after) in [("{\"data\":{\"results\":[{\"a\":\"x", "\"}]}}"), ("{\"", "\":1}"), ("{\"data\":{\"results\":[{\"a\":[\"", "\"]}]}}"), ("{\"data\":{\"results\":[{\"", "\":1}]}}")] {
                let page = Array(before.utf8) + bytes + Array(after.utf8)
                #expect(resultError { try readResult(.polytomic, [page]) } == .invalidUTF8(offset: before.utf8.count, row: before.contains("results") ? 1 : nil))
            }
        }
        for half in [#"\ud83d"#, #"\ude00"#, #"\ud83dx"#, #"\ud83d\ud83d"#, #"\ude00\ud83d"#] {
            #expect(
                resultError { try readResult(.polytomic, #"{"data":{"results":[{"a":"\#(half)"}]}}"#) } == .loneSurrogate(offset: 26, row: 1))
        }
        #expect(throws: Never.self) { try readResult(.polytomic, #"{"data":{"results":[{"a":"\u0000\ufffe\ud83d\ude00"}]}}"#) }
    }

    @Test("a page that is cut anywhere is incomplete, and never a short frame", arguments: [ResultLayout.toolkit, .polytomic])
    func cuts(_ layout: ResultLayout) throws {
        var generator = SeededNumbers(seed: 11)
        let page = Array(RandomResult(&generator, rows: 20, columns: 5).page(layout).utf8)
        #expect(throws: Never.self) { try readResult(layout, [page]) }
        for length in 0..<page.count {
            let error = resultError { try readResult(layout, [Array(page[..<length])], pieces: length % 2 == 0 ? .max : 50, segment: 64) }
            guard case .incomplete(length) = error else {
                Issue.record("\(length) of \(page.count) bytes: \(String(describing: error))")
                return
            }
        }
    }

    @Test("members that tell of the rows may not stand twice, nor be anything else")
    func shape() {
        #expect(resultError { try readResult(.polytomic, #"{"data":{"results":[],"results":[]}}"#) } == .repeatedMember(name: "results", offset: 22))
        #expect(
            resultError { try readResult(.polytomic, #"{"data":{"results":{}}}"#) }
                == .unexpectedMember(name: "results", offset: 19, expected: "a list of rows"))
        #expect(
            resultError { try readResult(.polytomic, #"{"data":{"fields":[1],"results":[]}}"#) }
                == .unexpectedMember(name: "fields", offset: nil, expected: "a list of names"))
    }

    @Test("nesting is limited to 512 and takes no stack", arguments: ["[", "{\"a\":"])
    func nesting(_ open: String) {
        for before in ["", "{\"data\":{\"results\":[{\"a\":"] {
            guard case .nestingTooDeep(_, 512) = resultError({ try readResult(.polytomic, before + String(repeating: open, count: 100_000)) }) else {
                Issue.record("\(before)\(open) was not refused")
                continue
            }
        }
    }

    @Test("a ragged row names its number and both counts, in whatever segment it stands")
    func ragged() {
        for (odd, found) in [("[1]", 1), ("[1,2,3]", 3), ("[]", 0)] {
            for at in [0, 1, 40, 99] {
                let rows = (0..<100).map { $0 == at ? odd : "[\($0),\"x\"]" }.joined(separator: ",")
                for workers in [1, 3] {
                    let page = Array(#"{"results":{"columns":["a","b"],"rows":[\#(rows)]}}"#.utf8)
                    let error = resultError { try readResult(.toolkit, [page], segment: 128, workers: workers) }
                    #expect(error == .raggedRow(row: at + 1, found: found, expected: 2))
                }
            }
        }
    }
}
