// The numbers by which parquet's metadata names things.

/// How values lie in a column chunk.
enum ParquetPhysical: Int32 {
    case boolean, int32, int64, int96, float, double, byteArray, fixedBytes

    /// Bytes of one value, where all values of the type take as many.
    var width: Int? {
        switch self {
        case .int32, .float: 4
        case .int64, .double: 8
        case .int96: 12
        case .boolean, .byteArray, .fixedBytes: nil
        }
    }
}

enum ParquetEncoding: Int32 {
    case plain = 0
    case plainDictionary = 2
    case rle = 3
    case bitPacked = 4
    case deltaBinaryPacked = 5
    case deltaLengthByteArray = 6
    case deltaByteArray = 7
    case rleDictionary = 8
    case byteStreamSplit = 9
}

enum ParquetPage: Int32 {
    case data, index, dictionary, dataV2
}

enum ParquetRepetition: Int32 {
    case required, optional, repeated
}

extension Codec {
    /// The codec that a column chunk names by `number`; nil for those that are not read here.
    init?(parquet number: Int) {
        let codecs: [Int: Codec] = [0: .none, 1: .snappy, 2: .gzip, 6: .zstd, 7: .lz4]
        guard let codec = codecs[number] else { return nil }
        self = codec
    }

    /// The number of the codec in a column chunk.
    var parquetNumber: Int32 {
        switch self {
        case .none: 0
        case .snappy: 1
        case .gzip: 2
        case .zstd: 6
        case .lz4, .lz4Frame: 7
        }
    }
}
