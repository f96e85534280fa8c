// `distinct`: first rows, whole, whatever the layout of the columns.
import Testing

@testable import QueryFrames

@Suite("Distinct rows")
struct DistinctTests {
    static let data: [Data] = [
        .strings("s", ["a", "b", "a", nil, "a", nil, "b"]),
        .floats("x", [0.0, .nan, -0.0, 1, 2, 1, .nan]),
        .ints("row", [1, 2, 3, 4, 5, 6, 7]),
    ]

    func rows(_ columns: [String], _ layout: Layout, of data: [Data] = DistinctTests.data) throws -> [Scalar] {
        let frame = frame(data, layout)
        return try Plan([.distinct(columns.map { name($0).expression })], schema: frame.schema).run(over: frame).values("row")
    }

    @Test("the first row of each group stays; null and NaN equal themselves, and zero has no sign", arguments: Layout.allCases)
    func groups(layout: Layout) throws {
        #expect(try rows(["s"], layout) == [.int(1), .int(2), .int(4)])
        #expect(try rows(["x"], layout) == [.int(1), .int(2), .int(4), .int(5)])
        #expect(try rows(["s", "x"], layout) == [.int(1), .int(2), .int(4), .int(5)])
        #expect(try rows([], layout) == (1...7).map { .int($0) })
    }

    @Test("rows without columns are all equal")
    func noColumns() throws {
        let three = Frame(schema: Schema([]), batches: [RecordBatch(count: 3, columns: [])])
        #expect(try Plan([.distinct([])], schema: three.schema).run(over: three).count == 1)
    }

    @Test("strings of every length that differ in any byte are told apart, over many batches")
    func lengths() throws {
        var texts: [String] = []
        for length in 0..<40 {
            texts.append(String(repeating: "x", count: length))
            for place in 0..<length { texts.append(String(repeating: "x", count: place) + "y" + String(repeating: "x", count: length - place - 1)) }
        }
        let twice = texts + texts.reversed()
        let data = [Data.strings("s", twice), Data.ints("row", twice.indices.map { Int64($0) })]
        for layout in Layout.allCases {
            #expect(try rows(["s"], layout, of: data) == texts.indices.map { .int(Int64($0)) })
        }
    }

    @Test("as many groups as there are rows, in tables that have to grow")
    func many() throws {
        let count = 200_000
        let builder = FixedBuilder<Int64>(.int64)
        for row in 0..<count { builder.append(Int64(row % (count / 2)) &* 0x1_0000_0001) }
        let frame = Frame(schema: Schema([Field("k", .int64)]), columns: [builder.finish()])
        let result = try Plan([.distinct([name("k").expression])], schema: frame.schema).run(over: frame)
        #expect(result.count == count / 2)
        #expect(result.scalar(row: count / 2 - 1, column: 0) == .int(Int64(count / 2 - 1) * 0x1_0000_0001))
    }
}
