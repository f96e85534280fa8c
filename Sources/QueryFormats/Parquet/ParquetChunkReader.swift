// One column chunk, page by page: levels and values, from which a column is made.
import QueryFrames

/// Where a chunk's pages are, and how they are compressed.
struct ParquetChunkPlace {
    let bytes: CheckedBytes
    let codec: Codec
    /// Values, nulls and empty lists in all pages.
    let entries: Int
}

/// Levels and values of a chunk.
struct ParquetChunkReader {
    let node: ParquetNode
    let leaf: ParquetLeaf
    private let place: ParquetChunkPlace
    private let decoder: ValueDecoder
    private var position = 0

    /// The levels of all entries; nothing where all of them are there, or none repeats.
    private(set) var definition: [UInt8] = []
    private(set) var repetition: [UInt8] = []
    private(set) var entries = 0
    /// The values, or numbers of them in the dictionary.
    private(set) var values: PhysicalValues
    private(set) var dictionary: PhysicalValues?
    /// Numbers in the dictionary, as long as all pages so far have such.
    private(set) var indices: MutableBuffer?
    private(set) var indexCount = 0

    /// Levels are read into bytes.
    private static let levelLimit = 250
    /// Memory that is asked for before a page has shown that it is needed.
    private static let firstRows = 1 << 20

    init(_ node: ParquetNode, _ leaf: ParquetLeaf, _ place: ParquetChunkPlace, column: String) throws(FormatError) {
        guard node.definition <= Self.levelLimit else { throw place.bytes.damaged }
        self.node = node
        self.leaf = leaf
        self.place = place
        decoder = ValueDecoder(leaf: leaf, column: column)
        values = PhysicalValues(leaf, capacity: leaf.length <= 16 ? min(place.entries, Self.firstRows) : 0)
        while entries < place.entries { try readPage() }
    }

    /// How many values there are that are not null.
    var valueCount: Int { indices == nil ? values.count : indexCount }

    private mutating func readPage() throws(FormatError) {
        let input = place.bytes
        var thrift = ThriftReader(input, at: position)
        let header = try thrift.record()
        let size = try header.required(2), packedSize = try header.required(3)
        let packed = try input.slice(thrift.position, packedSize)
        guard size >= 0 else { throw input.damaged }
        position = thrift.position + packedSize
        switch ParquetPage(rawValue: Int32(truncatingIfNeeded: try header.required(1))) {
        case .dictionary:
            guard let details = header.record(7), dictionary == nil, entries == 0 else { throw input.damaged }
            try readDictionary(details, input.named(input.part, packed), size)
        case .data:
            guard let details = header.record(5) else { throw input.damaged }
            let body = try place.codec.expand(input.named(input.part, packed), size: size)
            try withExtendedLifetime(body) { () throws(FormatError) in
                try readData(details, input.named(input.part, UnsafeRawBufferPointer(start: body.pointer, count: size)))
            }
        case .dataV2:
            guard let details = header.record(8) else { throw input.damaged }
            try readDataV2(details, input.named(input.part, packed), size)
        case .index: break
        case nil: throw input.damaged
        }
    }

    private mutating func readDictionary(_ details: ThriftRecord, _ packed: CheckedBytes, _ size: Int) throws(FormatError) {
        let count = try details.required(1)
        let body = try place.codec.expand(packed, size: size)
        // Every value takes a byte, or a bit.
        guard count >= 0, count <= size * 8 else { throw packed.damaged }
        let dictionary = PhysicalValues(leaf, capacity: 0)
        try withExtendedLifetime(body) { () throws(FormatError) in
            let input = packed.named(packed.part, UnsafeRawBufferPointer(start: body.pointer, count: size))
            try decoder.append(.plain, input, at: 0, count: count, to: dictionary)
        }
        self.dictionary = dictionary
    }

    private func encoding(_ number: Int?, _ input: CheckedBytes) throws(FormatError) -> ParquetEncoding {
        guard let encoding = number.flatMap({ Int32(exactly: $0) }).flatMap(ParquetEncoding.init(rawValue:)) else { throw input.damaged }
        return encoding
    }

    private func entryCount(_ details: ThriftRecord) throws(FormatError) -> Int {
        let count = try details.required(1)
        guard count >= 0, count <= place.entries - entries else { throw place.bytes.damaged }
        return count
    }

    /// A page whose levels are compressed with its values.
    private mutating func readData(_ details: ThriftRecord, _ input: CheckedBytes) throws(FormatError) {
        let count = try entryCount(details)
        var at = 0
        for (most, field) in [(node.repetitionLevel, 4), (node.definition, 3)] where most > 0 {
            guard try encoding(details.number(field), input) == .rle else {
                throw .unsupported(path: input.path, column: decoder.column, feature: "levels in the encoding bitPacked")
            }
            let length = Int(try input.load(at, as: UInt32.self))
            let levels = input.named(input.part, try input.slice(at + 4, length))
            try readLevels(levels, count, most, isDefinition: field == 3)
            at += 4 + length
        }
        try readValues(try encoding(details.number(2), input), input, at, count)
    }

    /// A page whose levels stand before its compressed values.
    private mutating func readDataV2(_ details: ThriftRecord, _ packed: CheckedBytes, _ size: Int) throws(FormatError) {
        let count = try entryCount(details)
        let definitionBytes = try details.required(5), repetitionBytes = try details.required(6)
        let repetitions = try packed.slice(0, repetitionBytes)
        let definitions = try packed.slice(repetitionBytes, definitionBytes)
        let levelBytes = repetitions.count + definitions.count
        if node.repetitionLevel > 0 { try readLevels(packed.named(packed.part, repetitions), count, node.repetitionLevel, isDefinition: false) }
        if node.definition > 0 { try readLevels(packed.named(packed.part, definitions), count, node.definition, isDefinition: true) }
        let rest = packed.named(packed.part, try packed.slice(levelBytes, packed.count - levelBytes))
        let encoding = try encoding(details.number(4), packed)
        let isPacked = details.bool(7, default: true) && place.codec != .none
        guard isPacked, size > levelBytes else { return try readValues(encoding, rest, 0, count) }
        let body = try place.codec.expand(rest, size: size - levelBytes)
        try withExtendedLifetime(body) { () throws(FormatError) in
            try readValues(encoding, rest.named(rest.part, UnsafeRawBufferPointer(start: body.pointer, count: size - levelBytes)), 0, count)
        }
    }

    /// Adds the levels of `count` entries.
    private mutating func readLevels(_ input: CheckedBytes, _ count: Int, _ most: Int, isDefinition: Bool) throws(FormatError) {
        guard count > 0 else { return }
        let bits = LevelWriter.bits(most)
        // Most often everything is there, and one run says so.
        if isDefinition, node.repetitionLevel == 0, definition.isEmpty {
            var at = 0
            let header = try PackedNumbers.varint(input, &at)
            if header & 1 == 0, header >> 1 >= UInt64(count), try input.load(at, as: UInt8.self) == UInt8(truncatingIfNeeded: most) { return }
        }
        // A run of a few bytes can stand for any number of levels, so memory grows only as far as pages have shown.
        let before = isDefinition ? entries : repetition.count
        if isDefinition, definition.count < before { definition += Array(repeating: UInt8(node.definition), count: before - definition.count) }
        let levels = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
        defer { levels.deallocate() }
        try PackedNumbers.hybrid(input, at: 0, bits: bits, count: count, into: levels)
        for index in 0..<count where Int(levels[index]) > most { throw input.damaged }
        if isDefinition { definition += UnsafeBufferPointer(start: levels, count: count) } else { repetition += UnsafeBufferPointer(start: levels, count: count) }
    }

    /// Adds the values of the entries whose levels were read last.
    private mutating func readValues(_ encoding: ParquetEncoding, _ input: CheckedBytes, _ place: Int, _ count: Int) throws(FormatError) {
        var present = count
        if !definition.isEmpty {
            if definition.count < entries + count {
                definition += Array(repeating: UInt8(node.definition), count: entries + count - definition.count)
            }
            let most = UInt8(node.definition)
            present = 0
            definition.withUnsafeBufferPointer { levels in for index in entries..<entries + count where levels[index] == most { present += 1 } }
        }
        entries += count
        guard present > 0 else { return }
        if encoding == .rleDictionary || encoding == .plainDictionary {
            guard let dictionary else { throw input.damaged }
            return try readIndices(input, place, present, dictionary)
        }
        try resolveIndices(input)
        try decoder.append(encoding, input, at: place, count: present, to: values)
    }

    private mutating func readIndices(_ input: CheckedBytes, _ place: Int, _ count: Int, _ dictionary: PhysicalValues) throws(FormatError) {
        let bits = Int(try input.load(place, as: UInt8.self))
        let keepsIndices = values.count == 0
        let buffer = keepsIndices ? indices ?? MutableBuffer(capacity: min(self.place.entries, Self.firstRows) * 4) : MutableBuffer(capacity: count * 4)
        let first = keepsIndices ? indexCount : 0
        buffer.reserve((first + count) * 4, used: first * 4)
        let numbers = buffer.values(as: UInt32.self) + first
        try PackedNumbers.hybrid(input, at: place + 1, bits: bits, count: count, into: numbers)
        var greatest: UInt32 = 0
        for index in 0..<count { greatest = max(greatest, numbers[index]) }
        guard Int(greatest) < dictionary.count else { throw input.damaged }
        if keepsIndices {
            indices = buffer
            indexCount = first + count
        } else {
            try gather(numbers, count, dictionary, input)
        }
        withExtendedLifetime(buffer) {}
    }

    /// Makes values of the indexes, where a page has come that has no indexes.
    private mutating func resolveIndices(_ input: CheckedBytes) throws(FormatError) {
        guard let indices, let dictionary else { return }
        self.indices = nil
        try gather(indices.values(as: UInt32.self), indexCount, dictionary, input)
        withExtendedLifetime(indices) {}
    }

    private func gather(_ numbers: UnsafePointer<UInt32>, _ count: Int, _ dictionary: PhysicalValues, _ input: CheckedBytes) throws(FormatError) {
        func check(_ total: Int, _ overflow: Bool = false) throws(FormatError) {
            guard !overflow, total <= StringBuilder.byteLimit - min(values.usedBytes, StringBuilder.byteLimit) else {
                throw .tooLarge(path: input.path, what: "row group's column \"\(decoder.column)\"", limit: StringBuilder.byteLimit)
            }
            // Few bytes can stand for many where they name a long value of the dictionary often.
            if let budget = MemoryBudget.current, !budget.allows(total) { throw .memory(path: input.path, row: nil, limit: budget.limit) }
        }
        if let width = values.width {
            let (total, overflow) = count.multipliedReportingOverflow(by: width)
            try check(total, overflow)
            let to = values.room(count, width)
            let from = UnsafeRawPointer(dictionary.pointer)
            switch width {
            case 4:
                let words = to.assumingMemoryBound(to: UInt32.self)
                for index in 0..<count { words[index] = from.loadUnaligned(fromByteOffset: Int(numbers[index]) &* 4, as: UInt32.self) }
            case 8:
                let words = to.assumingMemoryBound(to: UInt64.self)
                for index in 0..<count { words[index] = from.loadUnaligned(fromByteOffset: Int(numbers[index]) &* 8, as: UInt64.self) }
            default:
                for index in 0..<count { (to + index * width).copyMemory(from: from + Int(numbers[index]) * width, byteCount: width) }
            }
            return
        }
        var total = 0
        for index in 0..<count { total += dictionary[Int(numbers[index])].count }
        try check(total)
        _ = values.reserve(count, total: total)
        for index in 0..<count {
            let value = dictionary[Int(numbers[index])]
            values.append(value.baseAddress, value.count)
        }
    }

    /// The values with those of the dictionary in their places, for kinds whose columns are no dictionaries.
    mutating func resolved() throws(FormatError) -> PhysicalValues {
        try resolveIndices(place.bytes)
        return values
    }
}
