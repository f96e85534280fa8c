// The messages of an Arrow input, in the order in which they have to be read: a schema, then dictionaries and batches of rows.
import QueryFrames

/// One message: its kind with the kind's own table, and the bytes of its buffers.
struct ArrowMessage {
    enum Kind { case schema, dictionary, batch }

    let kind: Kind
    let header: FlatTable
    let body: CheckedBytes
    /// Where the next message begins.
    let end: Int
}

/// Finds messages, in a file by its footer, in a stream one after the other.
struct ArrowMessages {
    static let magic: [UInt8] = Array("ARROW1".utf8)

    private let input: CheckedBytes
    /// Where messages begin, in a file.
    private var places: [Int] = []
    private var position = 0
    private let isFile: Bool
    /// The fields of the schema.
    let fields: [ArrowField]

    init(_ input: CheckedBytes) throws(FormatError) {
        self.input = input
        isFile = input.bytes.starts(with: Self.magic)
        if isFile {
            let footer = try Self.footer(input)
            var reader = ArrowFieldReader(input.named("schema"))
            guard let schema = try footer.table(1) else { throw input.named("footer").damaged }
            fields = try reader.schema(schema)
            places = try Self.places(footer, 2, input) + Self.places(footer, 3, input)
            return
        }
        guard let first = try Self.message(input, at: 0), first.kind == .schema else { throw input.named("first message").damaged }
        var reader = ArrowFieldReader(input.named("schema"))
        fields = try reader.schema(first.header)
        position = first.end
    }

    /// The next dictionary or batch; nil after the last.
    mutating func next() throws(FormatError) -> ArrowMessage? {
        if isFile {
            guard position < places.count else { return nil }
            defer { position += 1 }
            guard let message = try Self.message(input, at: places[position]), message.kind != .schema else {
                throw input.named("message \(position + 1)").damaged
            }
            return message
        }
        guard position < input.count, let message = try Self.message(input, at: position) else { return nil }
        guard message.kind != .schema else { throw input.named("message at byte \(position)").damaged }
        position = message.end
        return message
    }

    private static func footer(_ input: CheckedBytes) throws(FormatError) -> FlatTable {
        let tail = input.named("footer")
        let magicPlace = input.count - magic.count
        guard magicPlace >= magic.count + 4, try tail.slice(magicPlace, magic.count).elementsEqual(magic) else { throw tail.damaged }
        let length = Int(try tail.load(magicPlace - 4, as: Int32.self))
        return try FlatTable(root: tail.named("footer", try tail.slice(magicPlace - 4 - length, length)))
    }

    /// The places of the blocks in field `slot` of the footer. They may not overlap: each byte of a file is read once.
    private static func places(_ footer: FlatTable, _ slot: Int, _ input: CheckedBytes) throws(FormatError) -> [Int] {
        let blocks = try footer.structs(slot, width: 24)
        var places: [Int] = []
        var end: Int64 = 8
        for place in stride(from: 0, to: blocks.count, by: 24) {
            let offset = try blocks.load(place, as: Int64.self)
            let metadata = Int64(try blocks.load(place + 8, as: Int32.self)), body = try blocks.load(place + 16, as: Int64.self)
            guard offset >= end, offset <= Int64(input.count), metadata >= 0, body >= 0, body <= Int64(input.count) else {
                throw input.named("footer").damaged
            }
            end = offset + metadata + body
            places.append(Int(offset))
        }
        return places
    }

    /// The message at `place`; nil where a stream says that it has ended.
    private static func message(_ input: CheckedBytes, at place: Int) throws(FormatError) -> ArrowMessage? {
        let input = input.named("message at byte \(place)")
        // Before version 0.15 the length stood without the four bytes of ones in front.
        let hasMark = try input.load(place, as: UInt32.self) == .max
        let start = place + (hasMark ? 8 : 4)
        let length = Int(try input.load(start - 4, as: Int32.self))
        if length == 0 { return nil }
        let table = try FlatTable(root: input.named(input.part, try input.slice(start, length)))
        guard try table.number(0, default: Int16(0)) >= 3 else {
            throw .unsupported(path: input.path, column: "", feature: "the layout of Arrow before version 0.8")
        }
        guard let header = try table.table(2) else { throw input.damaged }
        let kind: ArrowMessage.Kind
        switch try table.number(1, default: UInt8(0)) {
        case 1: kind = .schema
        case 2: kind = .dictionary
        case 3: kind = .batch
        default: throw .unsupported(path: input.path, column: "", feature: "a message that holds tensors")
        }
        let bodyLength = try table.number(3, default: Int64(0))
        let body = try input.slice(Int64(start + length), bodyLength)
        return ArrowMessage(kind: kind, header: header, body: input.named(input.part, body), end: start + length + body.count)
    }
}
