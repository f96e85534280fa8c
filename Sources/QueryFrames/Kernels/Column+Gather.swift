// Gathering: a column of chosen rows of another one. Filters and sorts end here, so this is where their time goes.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Rows chosen from a batch, in the order in which they are wanted.
public struct Selection: Sendable {
    /// One UInt32 a row.
    let buffer: Buffer
    /// How many rows were chosen.
    public let count: Int

    var rows: UnsafePointer<UInt32> { buffer.values(as: UInt32.self) }

    init(buffer: Buffer, count: Int) {
        self.buffer = buffer
        self.count = count
    }

    /// The rows as given.
    public init(_ rows: [UInt32]) {
        let out = MutableBuffer(capacity: rows.count * 4)
        rows.withUnsafeBytes { out.pointer.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(out.pointer), byteCount: $0.count) }
        self.init(buffer: out.freeze(byteCount: rows.count * 4), count: rows.count)
    }

    /// The rows for which the bool column is true: not false, not null.
    public init(whereTrue column: Column) {
        guard case .bits(let bits) = column.storage else {
            self.init([])
            return
        }
        let out = MutableBuffer(capacity: column.count * 4)
        let chosen = withExtendedLifetime(column) {
            Selection.write(bits.values(as: UInt8.self), column.validBits, column.count, to: out.values(as: UInt32.self))
        }
        self.init(buffer: out.freeze(byteCount: chosen * 4), count: chosen)
    }

    /// Writes the numbers of the rows whose bits are set, and gives how many there are.
    private static func write(
        _ bits: UnsafePointer<UInt8>, _ valid: UnsafePointer<UInt8>?, _ count: Int, to rows: UnsafeMutablePointer<UInt32>
    ) -> Int {
        var chosen = 0
        for index in 0..<Bitmap.wordCount(count) {
            var word = Bitmap.word(bits, index, count: count)
            if let valid { word &= Bitmap.word(valid, index, count: count) }
            let first = UInt32(truncatingIfNeeded: index &<< 6)
            if word == .max {
                for bit in 0..<64 { rows[chosen &+ bit] = first &+ UInt32(truncatingIfNeeded: bit) }
                chosen &+= 64
            } else if word.nonzeroBitCount > 24 {
                // Dense words: every row is written, and only the chosen ones move on. The last write may fall into the padding.
                for bit in 0..<64 {
                    rows[chosen] = first &+ UInt32(truncatingIfNeeded: bit)
                    chosen &+= Int(truncatingIfNeeded: word & 1)
                    word &>>= 1
                }
            } else {
                while word != 0 {
                    rows[chosen] = first &+ UInt32(truncatingIfNeeded: word.trailingZeroBitCount)
                    chosen &+= 1
                    word &= word &- 1
                }
            }
        }
        return chosen
    }
}

extension Column {
    /// The chosen rows, in the order of the selection. Dictionaries stay dictionaries.
    public func gather(_ selection: Selection) -> Column {
        gather(selection.rows, selection.count)
    }

    func gather(_ rows: UnsafePointer<UInt32>, _ chosen: Int) -> Column {
        let validity = self.validity.map { Column.gatherBits($0, rows, chosen) }
        let storage: Storage
        switch self.storage {
        case .none: return .nulls(chosen)
        case .bits(let bits): storage = .bits(Column.gatherBits(bits, rows, chosen))
        case .fixed(let values):
            switch type.fixedWidth {
            case 4: storage = .fixed(Column.gatherFixed(values, rows, chosen, as: UInt32.self))
            case 16: storage = .fixed(Column.gatherFixed(values, rows, chosen, as: UInt128.self))
            default: storage = .fixed(Column.gatherFixed(values, rows, chosen, as: UInt64.self))
            }
        case .variable(let offsets, let bytes): storage = Column.gatherStrings(offsets, bytes, rows, chosen)
        case .dictionary(let indices, let values):
            storage = .dictionary(indices: Column.gatherFixed(indices, rows, chosen, as: UInt32.self), values: values)
        case .list(let offsets, let elements): storage = Column.gatherLists(offsets, elements, rows, chosen)
        }
        return Column(type: type, count: chosen, validity: validity, storage: storage)
    }

    private static func gatherBits(_ source: Buffer, _ rows: UnsafePointer<UInt32>, _ chosen: Int) -> Buffer {
        let bits = source.values(as: UInt8.self)
        return Bitmap.rows(chosen) { Bitmap.get(bits, Int(rows[$0])) }
    }

    private static func gatherFixed<T: BitwiseCopyable>(
        _ source: Buffer, _ rows: UnsafePointer<UInt32>, _ chosen: Int, as type: T.Type
    ) -> Buffer {
        let size = MemoryLayout<T>.stride
        let out = MutableBuffer(capacity: chosen &* size)
        let to = out.values(as: T.self), from = source.values(as: T.self)
        var index = 0
        while index < chosen {
            to[index] = from[Int(rows[index])]
            index &+= 1
        }
        return out.freeze(byteCount: chosen &* size)
    }

    /// Rows chosen from a batch hold no more bytes than the batch where each is chosen once. Callers that choose a row
    /// more often see to it that the result stays below `StringBuilder.byteLimit`.
    private static func gatherStrings(
        _ offsets: Buffer, _ bytes: Buffer, _ rows: UnsafePointer<UInt32>, _ chosen: Int
    ) -> Storage {
        let at = offsets.values(as: Int32.self), from = bytes.values(as: UInt8.self)
        let ends = MutableBuffer(capacity: (chosen &+ 1) &* 4)
        let end = ends.values(as: Int32.self)
        var total: Int32 = 0
        end[0] = 0
        var index = 0
        while index < chosen {
            let row = Int(rows[index])
            total &+= at[row &+ 1] &- at[row]
            end[index &+ 1] = total
            index &+= 1
        }
        let out = MutableBuffer(capacity: Int(total))
        let to = out.values(as: UInt8.self)
        let wordsEnd = StringCopy.wordsEnd(bytes)
        index = 0
        while index < chosen {
            let start = Int(at[Int(rows[index])]), target = Int(end[index])
            StringCopy.copy(to + target, from, start, Int(end[index &+ 1]) &- target, wordsEnd)
            index &+= 1
        }
        return .variable(offsets: ends.freeze(byteCount: (chosen &+ 1) &* 4), bytes: out.freeze(byteCount: Int(total)))
    }

    private static func gatherLists(_ offsets: Buffer, _ elements: Column, _ rows: UnsafePointer<UInt32>, _ chosen: Int) -> Storage {
        let at = offsets.values(as: Int32.self)
        let ends = MutableBuffer(capacity: (chosen &+ 1) &* 4)
        let end = ends.values(as: Int32.self)
        var total: Int32 = 0
        end[0] = 0
        for index in 0..<chosen {
            let row = Int(rows[index])
            total &+= at[row &+ 1] &- at[row]
            end[index &+ 1] = total
        }
        let wanted = MutableBuffer(capacity: Int(total) &* 4)
        let element = wanted.values(as: UInt32.self)
        var next = 0
        for index in 0..<chosen {
            let row = Int(rows[index])
            for place in at[row]..<at[row &+ 1] {
                element[next] = UInt32(bitPattern: place)
                next &+= 1
            }
        }
        let gathered = withExtendedLifetime(wanted) { elements.gather(element, Int(total)) }
        return .list(offsets: ends.freeze(byteCount: (chosen &+ 1) &* 4), elements: gathered)
    }

    /// A column of `count` rows, row `i` being this column's row `indices[i]`; `validity` tells which indexes mean something.
    func expanded(by indices: Buffer, validity: Buffer?, count: Int) -> Column {
        if self.count == 0 { return .nulls(count, of: type) }
        let last = UInt32(truncatingIfNeeded: self.count - 1)
        let keys = indices.values(as: UInt32.self)
        if case .variable = storage {
            // Where a value of the dictionary is null, its rows are.
            var valid = validity
            let own = self.validity, lastRow = Int(last)
            if let own {
                let bits = own.values(as: UInt8.self)
                let found = Bitmap.rows(count) { Bitmap.get(bits, min(Int(keys[$0]), lastRow)) }
                valid = validity.map { Bitmap.and($0, found, count: count) } ?? found
            }
            let values = own == nil ? self : Column(type: type, count: self.count, validity: nil, storage: storage)
            return Column(type: type, count: count, validity: valid, storage: .dictionary(indices: indices, values: values))
        }
        let rows = MutableBuffer(capacity: count * 4)
        let row = rows.values(as: UInt32.self)
        for index in 0..<count { row[index] = min(keys[index], last) }
        let gathered = withExtendedLifetime(rows) { gather(row, count) }
        guard let validity else { return gathered }
        let both = gathered.validity.map { Bitmap.and($0, validity, count: count) } ?? validity
        return Column(type: type, count: count, validity: both, storage: gathered.storage)
    }

    /// The same values without a dictionary; other columns as they are.
    func decoded() -> Column {
        guard case .dictionary = storage else { return self }
        let source = TextSource(self)
        var sink = TextSink(count: count, byteCount: count * 16)
        for row in 0..<count {
            if !isNull(row) { sink.append(source[row]) }
            _ = sink.endRow()
        }
        return sink.finish(type, validity: validity)
    }
}

/// Copies of short strings, 16 bytes at a time: reading and writing past the end is cheaper than counting.
enum StringCopy {
    /// The last offset at which 16 bytes can be read from `bytes`.
    static func wordsEnd(_ bytes: Buffer) -> Int {
        bytes.byteCount - 16 + (bytes.owner is MutableBuffer ? MutableBuffer.padding : 0)
    }

    /// Copies `count` bytes from `source + start`; writes up to 16 bytes past `target`, which belong to its padding or to
    /// the strings copied next.
    @inline(__always)
    static func copy(
        _ target: UnsafeMutablePointer<UInt8>, _ source: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ wordsEnd: Int
    ) {
        if count <= 16 && start <= wordsEnd {
            let from = UnsafeRawPointer(source + start), to = UnsafeMutableRawPointer(target)
            let low = from.loadUnaligned(as: UInt64.self), high = from.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            to.storeBytes(of: low, as: UInt64.self)
            to.storeBytes(of: high, toByteOffset: 8, as: UInt64.self)
        } else {
            memcpy(target, source + start, count)
        }
    }
}
