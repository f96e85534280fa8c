// Gathering of chosen rows, and selections made of conditions.
import Testing

@testable import QueryFrames

@Suite("Gathering")
struct GatherTests {
    @Test("the chosen rows come in the order of the selection, whatever the type", arguments: RandomExpressions.types, Layout.allCases)
    func gather(type: DataType, layout: Layout) {
        var random = RandomExpressions(seed: 5)
        let values = (0..<200).map { _ in random.chance(20) ? .null : random.scalar(type) }
        let rows = (0..<150).map { _ in UInt32.random(in: 0..<3, using: &random.generator) }
        let column = frame([Data("x", type, values)], layout).batches[0].columns[0]
        let gathered = column.gather(Selection(rows))
        #expect(same((0..<gathered.count).map { gathered.scalar($0) }, rows.map { column.scalar(Int($0)) }))
        #expect(gathered.nullCount == rows.count { column.isNull(Int($0)) })
    }

    @Test("a selection has the rows that are true, however dense they are", arguments: [0, 1, 10, 50, 90, 99, 100])
    func selections(percent: Int) {
        var random = RandomExpressions(seed: UInt64(percent))
        for count in [0, 1, 63, 64, 65, 700] {
            let values: [Scalar] = (0..<count).map { _ in random.chance(5) ? .null : .bool(random.chance(percent)) }
            let selection = Selection(whereTrue: column(.bool, values))
            let rows = (0..<selection.count).map { Int(selection.rows[$0]) }
            #expect(rows == values.indices.filter { values[$0] == .bool(true) })
        }
    }

    @Test("strings at the very end of memory that is not ours are copied without reading past it")
    func foreignMemory() {
        // The last string ends where the memory does, so sixteen bytes cannot be read from its start.
        let text = Array("abcdefghij".utf8)
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: text.count, alignment: 1)
        defer { bytes.deallocate() }
        bytes.copyMemory(from: text, byteCount: text.count)
        let offsets = MutableBuffer(capacity: 12)
        for (index, end) in [0, 4, 10].enumerated() { offsets.values(as: Int32.self)[index] = Int32(end) }
        let foreign = Buffer(pointer: bytes, byteCount: text.count, owner: Owner())
        #expect(StringCopy.wordsEnd(foreign) == -6)
        let column = Column(type: .string, count: 2, validity: nil, storage: .variable(offsets: offsets.freeze(byteCount: 12), bytes: foreign))
        let gathered = column.gather(Selection([1, 0]))
        #expect(gathered.scalar(0) == .string("efghij"))
        #expect(gathered.scalar(1) == .string("abcd"))
    }

    private final class Owner {}
}
