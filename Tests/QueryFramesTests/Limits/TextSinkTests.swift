import Testing

@testable import QueryFrames

@Suite("text sinks")
struct TextSinkTests {
    private static func write(_ part: [UInt8], times: Int, under cancellation: Cancellation?) -> (fits: Bool, column: Column) {
        Cancellation.$current.withValue(cancellation) {
            var sink = TextSink(count: 1, byteCount: part.count * times)
            part.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return }
                for _ in 0..<times { sink.append(Text(start, bytes.count)) }
            }
            let fits = sink.endRow()
            return (fits, sink.finish(validity: nil))
        }
    }

    @Test("a long row is written whole where nothing stops it", arguments: [1_000, Cancellation.stretch * 2 + 5])
    func whole(count: Int) {
        for cancellation in [nil, Cancellation()] {
            let part = Array(repeating: UInt8(ascii: "x"), count: count)
            let (fits, column) = TextSinkTests.write(part, times: 5_000_000 / count + 1, under: cancellation)
            #expect(fits)
            #expect(column.scalar(0).text.utf8.count == count * (5_000_000 / count + 1))
        }
    }

    @Test("a row ends when it is cancelled, after a stretch at most", arguments: [1_000, Cancellation.stretch * 2 + 5])
    func stopped(count: Int) {
        let cancellation = Cancellation()
        cancellation.raise()
        let (fits, _) = TextSinkTests.write(Array(repeating: UInt8(ascii: "x"), count: count), times: 5_000_000 / count + 1, under: cancellation)
        #expect(!fits)
    }

    @Test("JSON texts are read no further once the work is cancelled")
    func documents() {
        let cancellation = Cancellation()
        Cancellation.$current.withValue(cancellation) {
            let document = JSONDocument()
            var text = "[1, 2]", read = 0
            for round in 0..<2_000 {
                if round == 1_000 { cancellation.raise() }
                text.withUTF8 { document.load(UnsafeRawBufferPointer($0)) }
                if !document.isNull { read += 1 }
            }
            // It is looked at every few hundred texts; the others count as `null`.
            #expect(read >= 1_000 && read < 1_500)
        }
    }
}
