// A page of 64 KB that ends at each of its bytes: what came before the cut is read once, and each cut is tried on a copy of the reader.
@testable import QueryFormats
import QueryFrames
import Testing

@Suite("A page that is cut at every byte")
struct ResultCutTests {
    /// Lists are shorter than records.
    private static func count(_ layout: ResultLayout) -> Int { layout == .polytomic ? 1_130 : 1_700 }

    /// A page of about 64 KB with every kind of value.
    private static func page(_ layout: ResultLayout) -> [UInt8] {
        let isPolytomic = layout == .polytomic, rowCount = count(layout)
        let rows = (0..<rowCount).map { row in
            let values = ["\(row * 7_919)", #""é\u00e9\n \#(row)""#, row % 3 == 0 ? "null" : "\(row).25e1", row % 2 == 0 ? #"[1,{"a":"]"}]"# : "true"]
            if !isPolytomic { return "[\(values.joined(separator: ","))]" }
            return "{" + zip(["a", "bé", "c", "d"], values).map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
        }
        let names = #"["a","bé","c","d"]"#, all = rows.joined(separator: ",\n")
        let text = isPolytomic
            ? #"{"data":{"id":"q","status":"done","count":\#(rowCount),"fields":\#(names),"results":[\#(all)]},"links":{"next":null}}"#
            : #"{"status":"succeeded","results":{"columns":\#(names),"rows":[\#(all)],"row_count":\#(rowCount)},"error":null}"#
        return Array(text.utf8)
    }

    @Test("it is incomplete at that byte, leaves no row behind, and comes whole the next time", arguments: [ResultLayout.toolkit, .polytomic])
    func everyByte(layout: ResultLayout) throws {
        let page = ResultCutTests.page(layout), count = ResultCutTests.count(layout)
        #expect(page.count > 60_000)
        let reader = resultReader(layout, segment: 256, batched: 100)
        reader.beginPage()
        for (offset, byte) in page.enumerated() {
            // Pieces of a page are taken apart by rows, so that a copy has at most a piece to read again.
            let cut = try reader.copy()
            let error = resultError { try cut.endPage() }
            guard error == .incomplete(offset: offset) else {
                Issue.record("cut at \(offset): \(String(describing: error))")
                return
            }
            cut.abandonPage()
            guard cut.rowCount == 0 else {
                Issue.record("cut at \(offset): \(cut.rowCount) rows are left")
                return
            }
            try receive([byte], reader, .max)
        }
        #expect(try reader.endPage().rows == count)
        let whole = try readResult(layout, [page])
        let frame = try reader.finish().frame
        #expect(frame.count == count && frame.schema == whole.frame.schema)
        for row in 0..<frame.count {
            for column in 0..<4 { #expect(frame.scalar(row: row, column: column) == whole.frame.scalar(row: row, column: column)) }
        }
    }

    @Test("a page read after one that was cut has its own rows alone")
    func again() throws {
        let page = ResultCutTests.page(.polytomic), count = ResultCutTests.count(.polytomic)
        for offset in stride(from: 0, to: page.count, by: 16_411) {
            let reader = resultReader(.polytomic, segment: 512, batched: 100)
            reader.beginPage()
            try receive(Array(page[..<offset]), reader, 1_000)
            #expect(resultError { try reader.endPage() } == .incomplete(offset: offset))
            reader.abandonPage()
            reader.beginPage()
            try receive(page, reader, 1_000)
            #expect(try reader.endPage().rows == count)
            #expect(try reader.finish().frame.count == count)
        }
    }
}

extension ResultReader {
    /// A reader that has read as much, and can be asked what would come of an end here.
    fileprivate func copy() throws(ResultError) -> ResultReader {
        let copy = resultReader(layout, segment: pieceBytes, batched: 100)
        copy.stream.table = stream.table
        (copy.envelope, copy.rowState, copy.mark, copy.passed) = (envelope, rowState, mark, passed)
        (copy.rowsBefore, copy.namesBefore, copy.names, copy.fingerprint) = (rowsBefore, namesBefore, names, fingerprint)
        try copy.receive(UnsafeRawBufferPointer(start: buffer.pointer, count: used))
        return copy
    }
}
