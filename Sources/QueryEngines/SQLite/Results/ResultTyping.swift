// Chooses the types of a result's columns from all their values, and gives the columns their final form.
import CSQLite
import QueryFrames

/// The types of one result.
///
/// Integers are `int`, reals `float`; both in one column are `float` where every integer is exactly one, else text. Texts
/// are `date` or `timestamp` where every one has that ISO form. Texts and numbers mixed are text. Blobs are text where all of
/// the column's are UTF-8, else upper-case hexadecimal. Where the values do not tell (there are none, or only 0 and 1) the
/// declared type of the column that is read does, and where there is none of these the column is `null`.
struct ResultTyping {
    private let names: [String]
    private let declared: [DataType?]

    init(_ statement: Statement, names: [String]) {
        self.names = names
        let handle = statement.handle
        declared = names.indices.map { index in
            sqlite3_column_decltype(handle, Int32(truncatingIfNeeded: index)).flatMap { FrameDeclaration.dataType(String(cString: $0)) }
        }
    }

    /// The frame of these batches, each with a chunk for every column.
    func frame(_ batches: [[ResultChunk]]) -> Frame {
        let columns = names.indices.map { index in
            ResultTyping.columns(batches.map { $0[index] }, declared: declared[index])
        }
        let fields = zip(names, columns).map { Field($0, $1.type) }
        let counted = batches.indices.map { index in
            RecordBatch(count: batches[index].first?.count ?? 0, columns: columns.map { $0.columns[index] })
        }
        return Frame(schema: Schema(fields), batches: counted)
    }

    private static let null = ResultChunk.bit(SQLITE_NULL)
    private static let ints = ResultChunk.bit(SQLITE_INTEGER)
    private static let floats = ResultChunk.bit(SQLITE_FLOAT)
    private static let texts = ResultChunk.bit(SQLITE_TEXT)

    private static func columns(_ chunks: [ResultChunk], declared: DataType?) -> (type: DataType, columns: [Column]) {
        let seen = chunks.reduce(0) { $0 | $1.seen } & ~null
        switch seen {
        case 0:
            let type = declared ?? .null
            return (type, chunks.map { $0.column(as: type) })
        case ints:
            let isBool = declared == .bool && chunks.allSatisfy(\.isBoolean)
            let type: DataType = isBool ? .bool : declared == .duration ? .duration : .int64
            return (type, chunks.map { $0.column(as: type) })
        case floats: return (.float64, chunks.map { $0.column(as: .float64) })
        case ints | floats:
            let type: DataType = chunks.allSatisfy(\.isExactlyFloat) ? .float64 : .string
            return (type, chunks.map { $0.column(as: type) })
        case texts: return times(chunks) ?? (.string, chunks.map { $0.column(as: .string) })
        default:
            let hex = !chunks.allSatisfy(\.hasTextualBlobs)
            return (.string, chunks.map { $0.column(as: .string, hexadecimalBlobs: hex) })
        }
    }

    /// The columns as dates or timestamps, nil where some text is neither, or not of the same kind as the first.
    private static func times(_ chunks: [ResultChunk]) -> (type: DataType, columns: [Column])? {
        guard let chunk = chunks.first(where: { $0.seen & texts != 0 }) else { return nil }
        guard let row = (0..<chunk.count).first(where: { chunk.tag($0) == SQLITE_TEXT }) else { return nil }
        let type: DataType
        if TextParsing.date(chunk.text(row)) != nil {
            type = .date
        } else if let time = TextParsing.timestamp(chunk.text(row)) {
            type = .timestamp(utc: time.utc)
        } else {
            return nil
        }
        var columns: [Column] = []
        for chunk in chunks {
            guard let column = chunk.timeColumn(type) else { return nil }
            columns.append(column)
        }
        return (type, columns)
    }
}
