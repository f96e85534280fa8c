// Columns from the levels and values of a chunk: nulls get their slots, numbers their width, lists their offsets.
import QueryFrames

/// Makes a column of what a chunk reader has read.
struct ParquetColumnMaker {
    private var reader: ParquetChunkReader
    private let input: CheckedBytes
    /// The column's name, and the row (from 0) at which its row group begins.
    private let column: String
    private let row: Int
    private let kind: ParquetKind

    init(_ reader: ParquetChunkReader, _ input: CheckedBytes, column: String, row: Int) {
        self.reader = reader
        self.input = input
        self.column = column
        self.row = row
        kind = reader.leaf.kind
    }

    /// The slots of the innermost values: how many there are, and which hold one.
    private struct Slots {
        let count: Int
        /// Nil where all do.
        let validity: Buffer?

        @inline(__always)
        func isValid(_ slot: Int) -> Bool { validity.map { Bitmap.get($0.values(as: UInt8.self), slot) } ?? true }
    }

    /// The column of `rows` rows; `lists` tells of the lists around the values, the outermost first.
    mutating func make(_ lists: [ParquetList], rows: Int) throws(FormatError) -> Column {
        guard let innermost = lists.last else {
            guard reader.entries == rows else { throw input.damaged }
            return try leafColumn(slots(above: 0))
        }
        // The first entry begins a row.
        guard reader.repetition.count == reader.entries, reader.repetition.first ?? 0 == 0 else { throw input.damaged }
        var made = try leafColumn(slots(above: innermost.repeated))
        for depth in lists.indices.reversed() { made = try listColumn(lists, depth, made) }
        guard made.count == rows else { throw input.damaged }
        return made
    }

    /// The slots of entries whose definition level is at least `least`.
    private func slots(above least: Int) -> Slots {
        let most = UInt8(reader.node.definition), least = UInt8(least)
        let levels = reader.definition
        if levels.isEmpty { return Slots(count: reader.entries, validity: nil) }
        let bits = MutableBuffer(capacity: Bitmap.byteCount(levels.count), zeroed: true), to = bits.values(as: UInt8.self)
        var count = 0
        for level in levels where level >= least {
            if level == most { Bitmap.set(to, count) }
            count += 1
        }
        let isWhole = count == reader.valueCount
        return Slots(count: count, validity: isWhole ? nil : bits.freeze(byteCount: Bitmap.byteCount(count)))
    }

    /// The lists at `depth`, whose elements are the rows of `elements`.
    private func listColumn(_ lists: [ParquetList], _ depth: Int, _ elements: Column) throws(FormatError) -> Column {
        let list = lists[depth], above = depth > 0 ? lists[depth - 1].repeated : 0
        let offsets = MutableBuffer(capacity: (reader.entries + 1) * 4), at = offsets.values(as: Int32.self)
        let valid = MutableBuffer(capacity: Bitmap.byteCount(reader.entries), zeroed: true), bits = valid.values(as: UInt8.self)
        var count = 0, children = 0
        for entry in 0..<reader.entries {
            let repetition = Int(reader.repetition[entry]), definition = reader.definition.isEmpty ? reader.node.definition : Int(reader.definition[entry])
            if repetition <= depth, definition >= above {
                at[count] = Int32(truncatingIfNeeded: children)
                if definition >= list.present { Bitmap.set(bits, count) }
                count += 1
            }
            if repetition <= depth + 1, definition >= list.repeated { children += 1 }
        }
        at[count] = Int32(truncatingIfNeeded: children)
        guard children == elements.count, children <= Int(Int32.max) else { throw input.damaged }
        return Column(
            type: .list(elements.type), count: count, validity: valid.freeze(byteCount: Bitmap.byteCount(count)),
            storage: .list(offsets: offsets.freeze(byteCount: (count + 1) * 4), elements: elements))
    }

    private mutating func leafColumn(_ slots: Slots) throws(FormatError) -> Column {
        let type = kind.type(reader.leaf.physical)
        if kind == .null { return .nulls(slots.count) }
        let present = slots.validity.map { Bitmap.countSet($0.values(as: UInt8.self), count: slots.count) } ?? slots.count
        guard present == reader.valueCount else { throw input.damaged }
        if let words = try dictionaryColumn(slots, type) { return words }
        let values = try reader.resolved()
        let storage = try storage(values, slots, type)
        return Column(type: type, count: slots.count, validity: slots.validity, storage: storage)
    }

    /// A column of texts that all stand in the dictionary stays one.
    private func dictionaryColumn(_ slots: Slots, _ type: DataType) throws(FormatError) -> Column? {
        guard kind == .text, let indices = reader.indices, let dictionary = reader.dictionary else { return nil }
        let words = Column(
            type: type, count: dictionary.count, validity: nil, storage: try texts(dictionary, Slots(count: dictionary.count, validity: nil)))
        let place: Buffer
        if slots.validity == nil {
            place = indices.freeze(byteCount: slots.count * 4)
        } else {
            place = try spread(slots, reader.indexCount) { indices.values(as: UInt32.self)[$0] }
        }
        return Column(type: type, count: slots.count, validity: slots.validity, storage: .dictionary(indices: place, values: words))
    }

    private func storage(_ values: PhysicalValues, _ slots: Slots, _ type: DataType) throws(FormatError) -> Column.Storage {
        switch kind {
        case .null: return .none
        case .text, .json: return try texts(values, slots)
        case .binary:
            guard let width = values.width else { return variable(values, slots) }
            return try filled(.binary, values.count, width, slots) { values[$0] }
        case .uuid: return try uuids(values, slots)
        case .bool:
            let bits = MutableBuffer(capacity: Bitmap.byteCount(slots.count), zeroed: true), to = bits.values(as: UInt8.self)
            forEach(slots) { slot, value in if values[value][0] & 1 != 0 { Bitmap.set(to, slot) } }
            return .bits(bits.freeze(byteCount: Bitmap.byteCount(slots.count)))
        default: return .fixed(try numbers(values, slots))
        }
    }

    /// Calls `body` with each slot that holds a value, and the number of that value.
    @inline(__always)
    private func forEach(_ slots: Slots, _ body: (_ slot: Int, _ value: Int) -> Void) {
        guard let validity = slots.validity else {
            for slot in 0..<slots.count { body(slot, slot) }
            return
        }
        let bits = validity.values(as: UInt8.self)
        var value = 0
        for slot in 0..<slots.count where Bitmap.get(bits, slot) {
            body(slot, value)
            value &+= 1
        }
    }

    /// What each value becomes, in its slot; the slots of nulls are zero. A value that becomes nothing is an error.
    @inline(__always)
    private func spread<T: BitwiseCopyable>(_ slots: Slots, _ values: Int, _ convert: (Int) -> T?) throws(FormatError) -> Buffer {
        let out = MutableBuffer(capacity: slots.count * MemoryLayout<T>.stride, zeroed: slots.validity != nil)
        let to = out.values(as: T.self)
        var fault: Int?
        forEach(slots) { slot, value in
            guard value < values, let converted = convert(value) else { return fault = fault ?? slot }
            to[slot] = converted
        }
        if let fault { throw .inexact(path: input.path, column: column, row: row + fault + 1, type: kind.words) }
        return out.freeze(byteCount: slots.count * MemoryLayout<T>.stride)
    }

    private func numbers(_ values: PhysicalValues, _ slots: Slots) throws(FormatError) -> Buffer {
        let bytes = UnsafeRawPointer(values.pointer), count = values.count, width = values.width ?? 0
        func load<T: BitwiseCopyable>(_ index: Int, as type: T.Type) -> T { bytes.loadUnaligned(fromByteOffset: index &* width, as: type) }
        let days = CivilDate.range, moments = TextParsing.timestampRange
        switch (kind, width) {
        case (.int(true), 4): return try spread(slots, count) { Int64(load($0, as: Int32.self)) }
        case (.int(false), 4): return try spread(slots, count) { Int64(load($0, as: UInt32.self)) }
        case (.int(false), _): return try spread(slots, count) { Int128(load($0, as: UInt64.self)) }
        case (.int, _), (.float64, _), (.duration(.microseconds), 8):
            return slots.validity == nil ? values.freeze().bytes : try spread(slots, count) { load($0, as: Int64.self) }
        case (.float32, _): return try spread(slots, count) { Double(load($0, as: Float.self)) }
        case (.float16, _): return try spread(slots, count) { HalfFloat.double(load($0, as: UInt16.self)) }
        case (.date, _):
            return try spread(slots, count) { index -> Int32? in
                let day = load(index, as: Int32.self)
                return days.contains(day) ? day : nil
            }
        case (.timestamp(let unit, _), _):
            return try spread(slots, count) { index -> Int64? in
                guard let moment = unit.microseconds(load(index, as: Int64.self)), moments.contains(moment) else { return nil }
                return moment
            }
        case (.duration(let unit), 4): return try spread(slots, count) { unit.microseconds(Int64(load($0, as: Int32.self))) }
        case (.duration(let unit), _): return try spread(slots, count) { unit.microseconds(load($0, as: Int64.self)) }
        case (.legacyTimestamp, _):
            return try spread(slots, count) { index -> Int64? in
                let nanoseconds = Int64(bitPattern: load(index, as: UInt64.self))
                let day = Int64(bytes.loadUnaligned(fromByteOffset: index * width + 8, as: UInt32.self)) - 2_440_588
                guard nanoseconds % 1_000 == 0 else { return nil }
                // 96 bits can say days that are out of any range.
                guard let moment = Int64(exactly: Int128(day) * 86_400_000_000 + Int128(nanoseconds / 1_000)) else { return nil }
                return moments.contains(moment) ? moment : nil
            }
        default: return try decimals(values, slots)
        }
    }

    private func decimals(_ values: PhysicalValues, _ slots: Slots) throws(FormatError) -> Buffer {
        let isNumber = reader.leaf.physical == .int32 || reader.leaf.physical == .int64
        let most: Int128 = 99_999_999_999_999_999_999_999_999_999_999_999_999
        return try spread(slots, values.count) { index -> Int128? in
            let bytes = values[index]
            if isNumber {
                return bytes.count == 4 ? Int128(bytes.loadUnaligned(as: Int32.self)) : Int128(bytes.loadUnaligned(as: Int64.self))
            }
            // Big-endian, of any length; what is more than 16 bytes may be nothing but the sign.
            guard let first = bytes.first else { return 0 }
            let sign: UInt8 = first & 0x80 == 0 ? 0 : 0xff
            var value: Int128 = sign == 0 ? 0 : -1
            let extra = max(0, bytes.count - 16)
            for index in 0..<extra where bytes[index] != sign { return nil }
            if extra > 0, bytes[extra] & 0x80 != sign & 0x80 { return nil }
            for index in extra..<bytes.count { value = value << 8 | Int128(bytes[index]) }
            return value.magnitude <= most.magnitude ? value : nil
        }
    }

    /// Texts, which have to be UTF-8, or JSON where the file says so.
    private func texts(_ values: PhysicalValues, _ slots: Slots) throws(FormatError) -> Column.Storage {
        let bytes = UnsafeRawBufferPointer(start: values.pointer, count: values.byteCount)
        let at = values.at
        guard UTF8Validation.isValid(bytes) else { throw input.damaged }
        for index in 0..<values.count where Int(at[index]) < bytes.count && bytes[Int(at[index])] & 0xc0 == 0x80 { throw input.damaged }
        if kind == .json {
            let document = JSONDocument()
            for index in 0..<values.count {
                document.load(values[index])
                do { _ = try document.value() } catch { throw input.damaged }
            }
        }
        return variable(values, slots)
    }

    private func variable(_ values: PhysicalValues, _ slots: Slots) -> Column.Storage {
        let (bytes, offsets) = values.freeze()
        guard let validity = slots.validity else { return .variable(offsets: offsets, bytes: bytes) }
        let out = MutableBuffer(capacity: (slots.count + 1) * 4), to = out.values(as: Int32.self)
        let bits = validity.values(as: UInt8.self), at = offsets.values(as: Int32.self)
        var value = 0
        for slot in 0..<slots.count {
            to[slot] = at[value]
            value &+= Bitmap.get(bits, slot) ? 1 : 0
        }
        to[slots.count] = at[value]
        return .variable(offsets: out.freeze(byteCount: (slots.count + 1) * 4), bytes: bytes)
    }

    /// Text such as `00112233-4455-6677-8899-aabbccddeeff`.
    private func uuids(_ values: PhysicalValues, _ slots: Slots) throws(FormatError) -> Column.Storage {
        let text = TextBuffer()
        return try filled(.string, values.count, 36, slots) { index in
            text.removeAll()
            for (place, byte) in values[index].enumerated() {
                if [4, 6, 8, 10].contains(place) { text.append(UInt8(ascii: "-")) }
                for digit in [byte >> 4, byte & 0xf] { text.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
            }
            return UnsafeRawBufferPointer(start: text.pointer, count: text.count)
        }
    }

    /// The `count` values, each `width` bytes that `bytes` gives, in their slots.
    private func filled(
        _ type: DataType, _ count: Int, _ width: Int, _ slots: Slots, _ bytes: (Int) -> UnsafeRawBufferPointer
    ) throws(FormatError) -> Column.Storage {
        let (total, overflow) = count.multipliedReportingOverflow(by: width)
        guard !overflow, total <= StringBuilder.byteLimit else {
            throw .tooLarge(path: input.path, what: "row group's column \"\(column)\"", limit: StringBuilder.byteLimit)
        }
        let builder = StringBuilder(type, capacity: slots.count, averageBytes: 1)
        var value = 0
        for slot in 0..<slots.count {
            if slots.isValid(slot) {
                builder.append(bytes(value))
                value += 1
            } else {
                builder.appendNull()
            }
        }
        return builder.finish().storage
    }
}
