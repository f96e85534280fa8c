// The dictionary of a string column's chunk: its distinct texts, and a number for each row that is not null.
import QueryFrames

struct ChunkDictionary {
    /// The distinct texts as the plain encoding has them, and how many there are.
    let page: TextBuffer
    let count: Int
    /// The numbers of each column's rows.
    let numbers: [[UInt32]]

    /// Bits of a number, 1 at least.
    var bits: Int { max(1, LevelWriter.bits(max(count - 1, 1))) }

    /// More texts, or more bytes of them, are no dictionary any more.
    private static let countLimit = 1 << 16, byteLimit = 1 << 20
    /// Rows after which it is seen whether texts come twice.
    private static let trial = 8_192

    /// Nil where a dictionary would not pay: where more than half of the texts are different; or where the work is stopped.
    init?(_ columns: [Column]) {
        guard let first = columns.first, first.type == .string else { return nil }
        let batches = columns.map { RecordBatch(count: $0.count, columns: [$0]) }
        if let merged = MergedDictionary(batches, column: 0), merged.values.count <= ChunkDictionary.countLimit {
            self.init(merged, columns)
        } else {
            self.init(counting: columns)
        }
    }

    private init?(_ merged: MergedDictionary, _ columns: [Column]) {
        var numbers: [[UInt32]] = []
        for column in columns {
            guard !Cancellation.stopsHere, let indices = merged.indices(column) else { return nil }
            let at = indices.values(as: UInt32.self)
            var kept: [UInt32] = []
            kept.reserveCapacity(column.count)
            withExtendedLifetime(indices) { ParquetValues.forEach(column, nil) { kept.append(at[$0]) } }
            numbers.append(kept)
        }
        self.numbers = numbers
        count = merged.values.count
        page = TextBuffer()
        ParquetValues.append(merged.values, to: page)
    }

    private init?(counting columns: [Column]) {
        var index = TextIndex(), numbers: [[UInt32]] = []
        var seen = 0
        for column in columns {
            guard !Cancellation.stopsHere, let texts = TextPlaces(column) else { return nil }
            let valid = column.validBits
            var kept: [UInt32] = []
            kept.reserveCapacity(column.count)
            for part in stride(from: 0, to: column.count, by: ChunkDictionary.trial) {
                for row in part..<min(part + ChunkDictionary.trial, column.count) where valid.map({ Bitmap.get($0, row) }) ?? true {
                    kept.append(index.number(texts[row]))
                }
                let isTooMuch = index.texts.count > ChunkDictionary.countLimit || index.byteCount > ChunkDictionary.byteLimit
                if isTooMuch || index.texts.count * 2 > seen + kept.count { return nil }
            }
            seen += kept.count
            numbers.append(kept)
        }
        self.numbers = numbers
        count = index.texts.count
        page = TextBuffer(capacity: index.byteCount + 4 * index.texts.count)
        for text in index.texts {
            page.appendNumber(UInt32(truncatingIfNeeded: text.count))
            page.append(text)
        }
    }
}
