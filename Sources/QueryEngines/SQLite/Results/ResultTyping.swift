// Chooses the types of a result's columns from all their values, and gives the columns their final form.
import CSQLite
import QueryFrames

/// The types of one result.
///
/// Integers are `int`, reals `float`; both in one column are `float` where every integer is exactly one, else text. Texts
/// of a column of decimals are that, those of one of JSON or lists are that; others are `date` or `timestamp` where every one has that ISO
/// form. Texts and numbers mixed are text. Blobs are `binary`; among other values they are text where all of the column's are UTF-8, else
/// upper-case hexadecimal. Where the values do not tell (there are none, or only 0 and 1) the
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
    func frame(_ batches: [[ResultChunk]], _ cancellation: Cancellation) throws(EngineError) -> Frame {
        var fields: [Field] = [], columns: [[Column]] = []
        for index in names.indices {
            let chunks = batches.map { $0[index] }
            let (type, hexadecimal) = ResultTyping.type(chunks, declared: declared[index])
            if type == .string, let wanted = declared[index], let nested = try ResultTyping.nested(chunks, wanted, cancellation) {
                fields.append(Field(names[index], wanted))
                columns.append(nested)
                continue
            }
            if type == .string, !hexadecimal, let times = try ResultTyping.times(chunks, cancellation) {
                fields.append(Field(names[index], times.type))
                columns.append(times.columns)
                continue
            }
            if type == .string, let decimal = declared[index], case .decimal = decimal,
                let decimals = try ResultTyping.decimals(chunks, decimal, cancellation)
            {
                fields.append(Field(names[index], decimal))
                columns.append(decimals)
                continue
            }
            fields.append(Field(names[index], type))
            columns.append([])
            for chunk in chunks {
                if cancellation.isRaised { throw .cancelled }
                columns[index].append(chunk.column(as: type, hexadecimalBlobs: hexadecimal))
            }
        }
        let counted = batches.indices.map { index in
            RecordBatch(count: batches[index].first?.count ?? 0, columns: columns.map { $0[index] })
        }
        return Frame(schema: Schema(fields), batches: counted)
    }

    private static let null = ResultChunk.bit(SQLITE_NULL)
    private static let ints = ResultChunk.bit(SQLITE_INTEGER)
    private static let floats = ResultChunk.bit(SQLITE_FLOAT)
    private static let texts = ResultChunk.bit(SQLITE_TEXT)
    private static let blobs = ResultChunk.bit(SQLITE_BLOB)

    /// The type that has a place for every value, and whether blobs are written as hexadecimal.
    private static func type(_ chunks: [ResultChunk], declared: DataType?) -> (DataType, hexadecimal: Bool) {
        switch chunks.reduce(0, { $0 | $1.seen }) & ~null {
        case 0: (declared ?? .null, false)
        case ints:
            if declared == .bool, chunks.allSatisfy(\.isBoolean) { (.bool, false) } else { (declared == .duration ? .duration : .int64, false) }
        case floats: (.float64, false)
        case blobs: (.binary, false)
        case ints | floats: (chunks.allSatisfy(\.isExactlyFloat) ? .float64 : .string, false)
        default: (.string, !chunks.allSatisfy(\.hasTextualBlobs))
        }
    }

    /// The columns as JSON or lists, which `type` says they are; nil where it is neither, or some text does not say such a value.
    private static func nested(
        _ chunks: [ResultChunk], _ type: DataType, _ cancellation: Cancellation
    ) throws(EngineError) -> [Column]? {
        guard type == .json || type.listDepth > 0, chunks.allSatisfy({ $0.seen & ~(null | texts) == 0 }) else { return nil }
        var columns: [Column] = []
        for chunk in chunks {
            if cancellation.isRaised { throw .cancelled }
            guard let column = Column(reading: chunk.column(as: .string), asJSONOf: type) else { return nil }
            columns.append(column)
        }
        return columns
    }

    /// The columns as decimals of the declared type; nil where some value is none.
    private static func decimals(
        _ chunks: [ResultChunk], _ type: DataType, _ cancellation: Cancellation
    ) throws(EngineError) -> [Column]? {
        var columns: [Column] = []
        for chunk in chunks {
            if cancellation.isRaised { throw .cancelled }
            guard let column = chunk.decimalColumn(type) else { return nil }
            columns.append(column)
        }
        return columns
    }

    /// The columns as dates or timestamps; nil where some value is neither, or not of the same kind as the first.
    private static func times(
        _ chunks: [ResultChunk], _ cancellation: Cancellation
    ) throws(EngineError) -> (type: DataType, columns: [Column])? {
        guard chunks.allSatisfy({ $0.seen & ~(null | texts) == 0 }) else { return nil }
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
            if cancellation.isRaised { throw .cancelled }
            guard let column = chunk.timeColumn(type) else { return nil }
            columns.append(column)
        }
        return (type, columns)
    }
}
