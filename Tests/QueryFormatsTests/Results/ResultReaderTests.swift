@testable import QueryFormats
import QueryFrames
import Testing

@Suite("results: pages to frames")
struct ResultReaderTests {
    static let toolkit =
        #"{"job_id":"job-1","status":"succeeded","results":{"columns":["a","b"],"rows":[[1,"x"],[2,null]],"row_count":2},"error":null}"#
    static let polytomic =
        #"{"data":{"id":"q","status":"done","count":2,"fields":["b","a"],"results":[{"a":1,"b":"x"},{"a":2}]},"links":{"next":"/n"}}"#

    @Test("lists of values are rows under the names of the columns")
    func toolkit() throws {
        let (frame, warnings, page) = try readResult(.toolkit, Self.toolkit)
        #expect(frame.schema == Schema([Field("a", .int64), Field("b", .string)]))
        #expect(rows(frame) == [[.int(1), .string("x")], [.int(2), .null]])
        #expect(warnings.isEmpty)
        #expect(page.rows == 2 && page.declaredCount == 2 && page.columns == ["a", "b"])
        #expect(page.value("status") == .string("succeeded"))
        #expect(page.value("results", "rows") == .json("[]"))
        #expect(page.value("results", "absent") == nil)
    }

    @Test("objects are rows in the order of the fields")
    func polytomic() throws {
        let (frame, warnings, page) = try readResult(.polytomic, Self.polytomic)
        #expect(frame.schema == Schema([Field("b", .string), Field("a", .int64)]))
        #expect(rows(frame) == [[.string("x"), .int(1)], [.null, .int(2)]])
        #expect(warnings.isEmpty)
        #expect(page.rows == 2 && page.declaredCount == 2 && page.value("links", "next") == .string("/n"))
    }

    @Test("every size of pieces gives the same", arguments: [1, 2, 3, 5, 7, 11, 64])
    func pieces(_ size: Int) throws {
        for (layout, text) in [(ResultLayout.toolkit, Self.toolkit), (.polytomic, Self.polytomic)] {
            let whole = try readResult(layout, [Array(text.utf8)])
            let cut = try readResult(layout, [Array(text.utf8)], pieces: size, segment: 8)
            #expect(rows(cut.frame) == rows(whole.frame) && cut.frame.schema == whole.frame.schema)
        }
    }

    @Test("pages of the same rows are known by them, whatever their pieces; pages whose number of rows was named first are not looked at")
    func fingerprints() throws {
        func page(_ rows: String, _ more: String = "") -> [UInt8] { Array(#"{"data":{"id":"q",\#(more)"results":[\#(rows)]},"links":{"next":"\#(rows.count)"}}"#.utf8) }
        let rows = (0..<200).map { #"{"a":\#($0)}"# }.joined(separator: ",")
        let pages = [page(rows), page(rows), page(rows + #",{"a":1}"#), page(""), page(rows, #""count":200,"#), page(rows, #""count":null,"#)]
        for size in [1, 7, 64, 1_000] {
            let found = try readResult(.polytomic, pages, pieces: size, segment: 64).pages.map(\.fingerprint)
            #expect(found[0] != nil && found[0] == found[1] && found[0] == found[5])
            #expect(found[2] != found[0] && found[3] != found[0] && found[4] == nil)
            #expect(try found[0] == readResult(.polytomic, pages).pages[0].fingerprint)
        }
    }
}
