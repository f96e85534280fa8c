// Gathering rows from several batches at once: the last act of a sort, straight from the batches it collected.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Gathers rows of one column that stands in several batches.
struct ColumnGatherer {
    private enum Values {
        case none
        case bits([UnsafePointer<UInt8>])
        case fixed4([UnsafePointer<UInt32>])
        case fixed8([UnsafePointer<UInt64>])
        case fixed16([UnsafePointer<UInt128>])
        case strings([Strings])
        case dictionary([UnsafePointer<UInt32>], values: Column)
        indirect case lists([UnsafePointer<Int32>], elements: ColumnGatherer)
    }

    /// The strings of one batch.
    private struct Strings {
        let offsets: UnsafePointer<Int32>
        let bytes: UnsafePointer<UInt8>
        let wordsEnd: Int
    }

    private let type: DataType
    private let values: Values
    private let valid: [UnsafePointer<UInt8>?]
    private let hasNulls: Bool
    /// Keeps the pointers alive.
    private let columns: [Column]

    init(_ batches: [Column], type: DataType) {
        self.type = type
        var columns = batches
        hasNulls = batches.contains { $0.nullCount > 0 }
        valid = batches.map(\.validBits)
        switch type {
        case .null: values = .none
        case .bool: values = .bits(batches.map(\.bits))
        case .date: values = .fixed4(batches.map { $0.fixed(as: UInt32.self) })
        case .int64, .float64, .timestamp, .duration: values = .fixed8(batches.map { $0.fixed(as: UInt64.self) })
        case .decimal: values = .fixed16(batches.map { $0.fixed(as: UInt128.self) })
        case .list(let element):
            var offsets: [UnsafePointer<Int32>] = [], elements: [Column] = []
            for case .list(let at, let values) in batches.map(\.storage) {
                offsets.append(at.values(as: Int32.self))
                elements.append(values)
            }
            values = .lists(offsets, elements: ColumnGatherer(elements, type: element))
        case .string, .json, .binary:
            if let (indices, distinct) = ColumnGatherer.sharedDictionary(batches) {
                values = .dictionary(indices, values: distinct)
            } else {
                columns = batches.map { $0.decoded() }
                values = .strings(columns.compactMap { column in
                    guard case .variable(let offsets, let bytes) = column.storage else { return nil }
                    return Strings(
                        offsets: offsets.values(as: Int32.self), bytes: bytes.values(as: UInt8.self), wordsEnd: StringCopy.wordsEnd(bytes))
                })
            }
        }
        self.columns = columns
    }

    private static func sharedDictionary(_ batches: [Column]) -> ([UnsafePointer<UInt32>], Column)? {
        guard let first = batches.first, case .dictionary(_, let values) = first.storage else { return nil }
        var indices: [UnsafePointer<UInt32>] = []
        for batch in batches {
            guard case .dictionary(let at, let other) = batch.storage, other === values else { return nil }
            indices.append(at.values(as: UInt32.self))
        }
        return (indices, values)
    }

    /// The rows at `places`, each the number of a batch in the high half and a row of it in the low half. Nil where their
    /// strings are more than one batch can hold.
    func gather(_ places: UnsafePointer<UInt64>, _ count: Int) -> Column? {
        var validity: Buffer?
        if hasNulls {
            validity = valid.withUnsafeBufferPointer { valid in
                Bitmap.rows(count) { index in
                    guard let bits = valid[Int(places[index] &>> 32)] else { return true }
                    return Bitmap.get(bits, Int(places[index] & 0xffff_ffff))
                }
            }
        }
        let storage: Column.Storage
        switch values {
        case .none: return .nulls(count)
        case .bits(let bits):
            storage = bits.withUnsafeBufferPointer { bits in
                .bits(Bitmap.rows(count) { Bitmap.get(bits[Int(places[$0] &>> 32)], Int(places[$0] & 0xffff_ffff)) })
            }
        case .fixed4(let values): storage = .fixed(ColumnGatherer.fixed(values, places, count))
        case .fixed8(let values): storage = .fixed(ColumnGatherer.fixed(values, places, count))
        case .fixed16(let values): storage = .fixed(ColumnGatherer.fixed(values, places, count))
        case .dictionary(let indices, let values):
            storage = .dictionary(indices: ColumnGatherer.fixed(indices, places, count), values: values)
        case .strings(let strings):
            guard let gathered = ColumnGatherer.strings(strings, places, count) else { return nil }
            storage = gathered
        case .lists(let offsets, let elements):
            guard let gathered = ColumnGatherer.lists(offsets, elements, places, count) else { return nil }
            storage = gathered
        }
        return Column(type: type, count: count, validity: validity, storage: storage)
    }

    private static func fixed<T: BitwiseCopyable>(
        _ values: [UnsafePointer<T>], _ places: UnsafePointer<UInt64>, _ count: Int
    ) -> Buffer {
        let size = MemoryLayout<T>.stride
        let out = MutableBuffer(capacity: count &* size)
        let to = out.values(as: T.self)
        values.withUnsafeBufferPointer { values in
            var index = 0
            while index < count {
                let place = places[index]
                to[index] = values[Int(truncatingIfNeeded: place &>> 32)][Int(truncatingIfNeeded: place & 0xffff_ffff)]
                index &+= 1
            }
        }
        return out.freeze(byteCount: count &* size)
    }

    private static func lists(
        _ offsets: [UnsafePointer<Int32>], _ elements: ColumnGatherer, _ places: UnsafePointer<UInt64>, _ count: Int
    ) -> Column.Storage? {
        let ends = MutableBuffer(capacity: (count &+ 1) &* 4)
        let end = ends.values(as: Int32.self)
        var total = 0
        end[0] = 0
        for index in 0..<count {
            let at = offsets[Int(places[index] &>> 32)], row = Int(places[index] & 0xffff_ffff)
            total &+= Int(at[row &+ 1] &- at[row])
            end[index &+ 1] = Int32(truncatingIfNeeded: total)
        }
        if total > Int(Int32.max) { return nil }
        let memory = MutableBuffer(capacity: total &* 8)
        let element = memory.values(as: UInt64.self)
        var next = 0
        for index in 0..<count {
            let batch = places[index] & ~0xffff_ffff
            let at = offsets[Int(places[index] &>> 32)], row = Int(places[index] & 0xffff_ffff)
            for place in at[row]..<at[row &+ 1] {
                element[next] = batch | UInt64(UInt32(bitPattern: place))
                next &+= 1
            }
        }
        guard let gathered = withExtendedLifetime(memory, { elements.gather(element, total) }) else { return nil }
        return .list(offsets: ends.freeze(byteCount: (count &+ 1) &* 4), elements: gathered)
    }

    private static func strings(_ strings: [Strings], _ places: UnsafePointer<UInt64>, _ count: Int) -> Column.Storage? {
        strings.withUnsafeBufferPointer { strings in
            let ends = MutableBuffer(capacity: (count &+ 1) &* 4)
            let end = ends.values(as: Int32.self)
            // Where each string begins, kept because the offsets lie all over the memory: one look at them is enough.
            let begins = MutableBuffer(capacity: count &* 4)
            let begin = begins.values(as: Int32.self)
            var total = 0
            end[0] = 0
            for index in 0..<count {
                let batch = strings[Int(truncatingIfNeeded: places[index] &>> 32)]
                let row = Int(truncatingIfNeeded: places[index] & 0xffff_ffff)
                let first = batch.offsets[row]
                begin[index] = first
                total &+= Int(batch.offsets[row &+ 1] &- first)
                end[index &+ 1] = Int32(truncatingIfNeeded: total)
            }
            if total > StringBuilder.byteLimit { return nil }
            let out = MutableBuffer(capacity: total)
            let to = out.values(as: UInt8.self)
            for index in 0..<count {
                let batch = strings[Int(truncatingIfNeeded: places[index] &>> 32)]
                let target = Int(end[index])
                StringCopy.copy(to + target, batch.bytes, Int(begin[index]), Int(end[index &+ 1]) &- target, batch.wordsEnd)
            }
            withExtendedLifetime(begins) {}
            return .variable(offsets: ends.freeze(byteCount: (count &+ 1) &* 4), bytes: out.freeze(byteCount: total))
        }
    }
}

/// Gathers whole rows from several batches.
struct BatchGatherer {
    private let columns: [ColumnGatherer?]
    /// Where each batch begins, if the rows of all are numbered through.
    private let starts: [Int]
    /// For each 256 rows, the batch in which the first of them lies.
    private let guesses: [UInt32]

    /// Columns that are not needed come out as nulls.
    init(_ batches: [RecordBatch], types: [DataType], needed: [Bool]) {
        columns = types.indices.map { index in
            needed[index] ? ColumnGatherer(batches.map { $0.columns[index] }, type: types[index]) : nil
        }
        var starts = [0]
        for batch in batches { starts.append(starts[starts.count - 1] + batch.count) }
        var guesses: [UInt32] = []
        var batch = 0
        for block in 0..<((starts[starts.count - 1] + 255) / 256) {
            while starts[batch + 1] <= block * 256 { batch += 1 }
            guesses.append(UInt32(batch))
        }
        self.starts = starts
        self.guesses = guesses
    }

    /// The rows so numbered, in batches of at most `RecordBatch.rows`, until `emit` says that it is enough.
    func gather(
        _ rows: UnsafePointer<UInt32>, _ count: Int, emit: (RecordBatch) throws(EvaluationError) -> Bool
    ) throws(EvaluationError) {
        let memory = MutableBuffer(capacity: min(count, RecordBatch.rows) * 8)
        var start = 0
        var most = RecordBatch.rows
        while start < count {
            let size = min(most, count - start)
            let batch = withExtendedLifetime(memory) { gather(rows + start, size, places: memory.values(as: UInt64.self)) }
            guard let batch else {
                // Long strings: fewer rows make a batch.
                most = max(1, size / 2)
                continue
            }
            if try !emit(batch) { return }
            start += size
        }
    }

    /// The same batches all at once, several of them gathered at a time.
    func gatherAll(
        _ rows: UnsafePointer<UInt32>, _ count: Int, _ workers: Workers, _ isCancelled: () -> Bool
    ) throws(EvaluationError) -> [RecordBatch] {
        let pieces = (count + RecordBatch.rows - 1) / RecordBatch.rows
        return try workers.map(pieces, isCancelled: isCancelled) { (piece, _, _) throws(EvaluationError) in
            let start = piece * RecordBatch.rows
            var gathered: [RecordBatch] = []
            try gather(rows + start, min(RecordBatch.rows, count - start)) { batch in
                gathered.append(batch)
                return true
            }
            return gathered
        }.flatMap { $0 }
    }

    private func gather(_ rows: UnsafePointer<UInt32>, _ count: Int, places: UnsafeMutablePointer<UInt64>) -> RecordBatch? {
        starts.withUnsafeBufferPointer { starts in
            guesses.withUnsafeBufferPointer { guesses in
                for index in 0..<count {
                    let row = Int(rows[index])
                    var batch = Int(guesses[row &>> 8])
                    while starts[batch &+ 1] <= row { batch &+= 1 }
                    places[index] = UInt64(batch) &<< 32 | UInt64(row &- starts[batch])
                }
            }
        }
        var gathered: [Column] = []
        for column in columns {
            guard let column else {
                gathered.append(.nulls(count))
                continue
            }
            guard let values = column.gather(places, count) else { return nil }
            gathered.append(values)
        }
        return RecordBatch(count: count, columns: gathered)
    }
}
