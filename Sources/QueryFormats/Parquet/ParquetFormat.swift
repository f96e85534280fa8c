// The row of parquet in the registry.
import QueryFrames

/// Apache Parquet: columns, compressed page by page, with an index at the end.
let parquetFormat = FormatRow(
    name: "parquet", endings: ["parquet"], summary: "Apache Parquet", options: ParquetOptions.options,
    read: { (source, options) throws(FormatError) in
        _ = try ParquetOptions(options)
        return try ParquetReader(source).read()
    },
    write: { (sink, options) throws(FormatError) in ParquetWriter(sink, try ParquetOptions(options)) })

/// The options of a parquet file that is written.
struct ParquetOptions {
    let codec: Codec
    /// Rows of one row group; each group is in memory until it is written.
    let groupRows: Int

    static let options = [
        FormatOption(
            name: "compression", usage: "compression=none|snappy|gzip|zstd|lz4", summary: "how pages are compressed; zstd unless told otherwise"),
        FormatOption(name: "group", usage: "group=ROWS", summary: "rows of one row group; 262144 unless told otherwise"),
    ]

    private static let codecs: [Codec] = [.none, .snappy, .gzip, .zstd, .lz4]

    init(_ options: FormatOptions) throws(FormatError) {
        let arguments = try FormatArguments(options, format: "parquet", known: Self.options)
        let name = try arguments.string("compression") ?? Codec.zstd.rawValue
        guard let codec = Codec(rawValue: name), Self.codecs.contains(codec) else {
            throw .optionValue(
                format: "parquet", name: "compression", value: name, expected: "one of \(Self.codecs.map(\.rawValue).joined(separator: ", "))")
        }
        self.codec = codec
        groupRows = try arguments.count("group", minimum: 1) ?? 4 * RecordBatch.rows
    }
}
