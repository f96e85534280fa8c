// Columns and frames through the Arrow C interfaces and back, all in Swift; Scripts/arrow does the same with pyarrow.
import CArrow
import QueryFrames
import Testing

@Suite("The Arrow C interfaces")
struct ArrowTests {
    static let columns: [Column] = [
        .nulls(20),
        Column(.bool, (0..<20).map { $0 % 3 == 0 ? .null : .bool($0 % 2 == 0) }),
        Column(.int64, (0..<20).map { $0 % 3 == 0 ? .null : .int(Int64($0)) }),
        Column(.float64, (0..<20).map { .float(Double($0)) }),
        Column(.decimal(scale: 3), (0..<20).map { $0 % 5 == 0 ? .null : .decimal(Decimal128(unscaled: Int128($0) << 90, scale: 3)) }),
        Column(.string, (0..<20).map { $0 % 3 == 0 ? .null : .string(String(repeating: "ä", count: $0)) }),
        Column(.json, (0..<20).map { .json("[\($0)]") }),
        Column(.binary, (0..<20).map { $0 % 4 == 0 ? .null : .binary([255, UInt8($0)]) }),
        Column(.date, (0..<20).map { .date(Int32($0)) }),
        Column(.timestamp(utc: true), (0..<20).map { .timestamp(Int64($0), utc: true) }),
        Column(.timestamp(utc: false), (0..<20).map { .timestamp(Int64($0), utc: false) }),
        Column(.duration, (0..<20).map { .duration(Int64($0)) }),
        Column(.list(.string), (0..<20).map { $0 % 3 == 0 ? .null : .list([.string("\($0)"), .null]) }),
    ]

    /// What a column holds, value by value.
    private func values(_ column: Column) -> [Scalar] { (0..<column.count).map { column.scalar($0) } }

    @Test("a column comes back as it was, whole and as a slice", arguments: columns)
    func roundTrip(column: Column) throws {
        for part in [column, column.slice(8, 9), column.slice(3, 5), column.slice(0, 0)] {
            var schema = ArrowSchema(), array = ArrowArray()
            try part.export(name: "x", to: &schema, &array)
            let back = try Column.importing(&schema, &array)
            #expect(back.type == part.type)
            #expect(values(back) == values(part))
            #expect(schema.release == nil && array.release == nil)
        }
    }

    @Test("fixed-width values that come back are the same memory")
    func sameMemory() throws {
        let column = Self.columns[2]
        var schema = ArrowSchema(), array = ArrowArray()
        try column.export(name: "x", to: &schema, &array)
        let back = try Column.importing(&schema, &array)
        #expect(back.fixed(as: Int64.self) == column.fixed(as: Int64.self))
        #expect(back.validBits == column.validBits)
    }

    @Test("a frame comes back through a stream, batch by batch")
    func streams() throws {
        let schema = Schema(Self.columns.enumerated().map { Field("c\($0.offset)", $0.element.type) })
        let batch = RecordBatch(count: 20, columns: Self.columns)
        let frame = Frame(schema: schema, batches: [batch, batch.slice(5, 10), batch.slice(19, 1)])
        var stream = ArrowArrayStream()
        frame.export(to: &stream)
        let back = try Frame(importing: &stream)
        #expect(stream.release == nil)
        #expect(back.schema == schema)
        #expect(back.batches.map(\.count) == [20, 10, 1])
        for row in 0..<frame.count {
            for column in Self.columns.indices { #expect(back.scalar(row: row, column: column) == frame.scalar(row: row, column: column)) }
        }
    }

    @Test("a struct of columns comes back as a frame")
    func structs() throws {
        let schema = Schema([Field("a", .string), Field("größe", .int64)])
        let batch = RecordBatch(count: 20, columns: [Self.columns[5], Self.columns[2]])
        var cSchema = ArrowSchema(), array = ArrowArray()
        try batch.export(schema, to: &cSchema, &array)
        let back = try Frame(importing: &cSchema, &array)
        #expect(back.schema == schema)
        #expect(values(back.batches[0].columns[0]) == values(batch.columns[0]))
    }

    @Test("indexes of null rows are made valid, and the words are not copied")
    func definedIndices() throws {
        let column = dictionary([.string("b"), .null, .string("a")])
        var schema = ArrowSchema(), array = ArrowArray()
        try column.export(name: "x", to: &schema, &array)
        let indices = try #require(array.buffers[1]).assumingMemoryBound(to: Int32.self)
        #expect([indices[0], indices[1], indices[2]] == [1, 0, 2])
        let back = try Column.importing(&schema, &array)
        #expect(values(back) == [.string("b"), .null, .string("a")])
        #expect(back.utf8(0).baseAddress == column.utf8(0).baseAddress)
    }

    @Test("a column that is a dictionary in some batches only is given as plain text in all")
    func mixedDictionaries() throws {
        let schema = Schema([Field("s", .string)])
        let plain = Column(.string, [.string("c"), .null])
        let frame = Frame(
            schema: schema, batches: [RecordBatch(count: 3, columns: [dictionary([.string("b"), .null, .string("a")])]), RecordBatch(count: 2, columns: [plain])])
        var stream = ArrowArrayStream()
        frame.export(to: &stream)
        let back = try Frame(importing: &stream)
        #expect((0..<5).map { back.scalar(row: $0, column: 0) } == [.string("b"), .null, .string("a"), .string("c"), .null])
    }

    @Test("a child that was moved away outlives its parent")
    func movedChildren() throws {
        var schema = ArrowSchema(), array = ArrowArray()
        try Self.columns[12].export(name: "x", to: &schema, &array)
        let childSchema = try #require(schema.children[0]), child = try #require(array.children[0])
        var movedSchema = childSchema.pointee, moved = child.pointee
        childSchema.pointee.release = nil
        child.pointee.release = nil
        schema.release(&schema)
        array.release(&array)
        #expect(schema.release == nil && array.release == nil)
        #expect(try Column.importing(&movedSchema, &moved).scalar(0) == .string("1"))
    }

    @Test("strings that are too many for one column become several batches")
    func splitting() throws {
        let column = Column(.binary, (0..<4).map { .binary([$0]) })
        var schema = ArrowSchema(), array = ArrowArray()
        try RecordBatch(count: 4, columns: [column]).export(Schema([Field("x", .binary)]), to: &schema, &array)
        // Bytes are not looked at, so each row can claim 1.5 GiB of a buffer that is not there.
        let offsets = (0...4).map { Int64($0) * (3 << 29) }
        let frame = try offsets.withUnsafeBytes { offsets in
            try "Z".withCString { format in
                let child = try #require(array.children[0])
                try #require(schema.children[0]).pointee.format = format
                child.pointee.buffers[1] = offsets.baseAddress
                child.pointee.buffers[2] = UnsafeRawPointer(bitPattern: 4_096)
                return try Frame(importing: &schema, &array)
            }
        }
        #expect(frame.batches.map(\.count) == [1, 1, 1, 1])
        for batch in frame.batches { #expect(batch.columns[0].utf8(0).count == 3 << 29) }
    }

    @Test("a table that lacks columns, or has rows that are not there, is refused")
    func malformedTables() throws {
        func change(_ change: (inout ArrowSchema, inout ArrowArray) -> Void) throws {
            var schema = ArrowSchema(), array = ArrowArray()
            try RecordBatch(count: 20, columns: [Self.columns[2]]).export(Schema([Field("x", .int64)]), to: &schema, &array)
            change(&schema, &array)
            _ = try Frame(importing: &schema, &array)
        }
        #expect(throws: ArrowError.malformed(field: "", fault: .childCount(expected: 1, found: 2))) { try change { $1.n_children = 2 } }
        #expect(throws: ArrowError.malformed(field: "", fault: .length(-1))) { try change { schema, _ in schema.n_children = -1 } }
        #expect(throws: ArrowError.malformed(field: "x", fault: .shortChild(0))) { try change { $1.length = 21 } }
        #expect(throws: ArrowError.malformed(field: "x", fault: .shortChild(0))) { try change { $1.offset = 1 } }
        #expect(throws: ArrowError.malformed(field: "", fault: .bufferCount(expected: 1, found: 0))) { try change { $1.n_buffers = 0 } }
    }

    @Test("a name that C cannot hold is refused")
    func names() {
        var schema = ArrowSchema(), array = ArrowArray()
        #expect(throws: ArrowError.nameWithNull("a\0b")) { try Self.columns[2].export(name: "a\0b", to: &schema, &array) }
        #expect(schema.release == nil && array.release == nil)
    }
}
