// The columns of a result in one text, as the catalog and the ledger keep them beside a job.
import QueryClient
import QueryFrames

/// Columns as one text.
enum ColumnList {
    /// `t2:id3:int5:total5:float`: names and types, each with its length before it.
    static func text(_ columns: [SavedQuery.KnownColumn]) -> String {
        "t" + columns.map { CountedText.part($0.name) + CountedText.part($0.type.flatMap(name) ?? "") }.joined()
    }

    /// The columns that a text names. One without types is from a catalog that did not keep them: `2:id5:total`.
    static func columns(in text: String) -> [SavedQuery.KnownColumn] {
        let hasTypes = text.utf8.first == UInt8(ascii: "t")
        let parts = parts(of: hasTypes ? text.utf8.dropFirst() : text.utf8[...])
        if !hasTypes { return parts.map { SavedQuery.KnownColumn($0, nil) } }
        return stride(from: 0, to: parts.count - 1, by: 2).map { index in
            SavedQuery.KnownColumn(parts[index], type(parts[index + 1]))
        }
    }

    /// What a type is kept as; nil where it is kept as unknown.
    private static func name(_ type: DataType) -> String? {
        switch type {
        case .timestamp(utc: true): "timestamp utc"
        case .decimal(let scale): "decimal \(scale)"
        case .list: nil
        default: type.name
        }
    }

    private static func type(_ name: String) -> DataType? {
        if name.hasPrefix("decimal "), let scale = Int(name.dropFirst(8)), (0...38).contains(scale) { return .decimal(scale: scale) }
        let types: [DataType] = [
            .null, .bool, .int64, .float64, .string, .date, .duration, .timestamp(utc: false), .timestamp(utc: true), .binary, .json,
        ]
        return types.first { self.name($0) == name }
    }

    private static func parts(of text: Substring.UTF8View) -> [String] {
        var parts: [String] = [], rest = text
        while let part = CountedText.next(&rest) { parts.append(part) }
        return parts
    }
}
