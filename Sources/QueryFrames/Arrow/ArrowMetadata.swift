// The metadata of an Arrow field, of which frames know one key: the extension that tells JSON from other text.

/// Keys and values as the C data interface packs them: Int32 counts and lengths in the machine's own order of bytes.
enum ArrowMetadata {
    /// The key under which a field names its extension type.
    static let extensionName = "ARROW:extension:name"
    /// The extension of strings that are JSON.
    static let json = "arrow.json"

    /// What a JSON column's field bears: `ARROW:extension:name` = `arrow.json`, and empty extension metadata.
    static let ofJSON = packed([(extensionName, json), ("ARROW:extension:metadata", "")])

    private static func packed(_ pairs: [(String, String)]) -> [UInt8] {
        var bytes: [UInt8] = []
        func append(_ number: Int) { withUnsafeBytes(of: Int32(truncatingIfNeeded: number)) { bytes += $0 } }
        append(pairs.count)
        for (key, value) in pairs {
            for text in [key, value] {
                append(text.utf8.count)
                bytes += text.utf8
            }
        }
        return bytes
    }

    /// Whether the metadata names the extension `arrow.json`. Nil where it is not well formed.
    static func isJSON(_ metadata: UnsafePointer<CChar>?) -> Bool? {
        guard let metadata else { return false }
        var at = UnsafeRawPointer(metadata)
        func number() -> Int? {
            let number = Int(at.loadUnaligned(as: Int32.self))
            at += 4
            return number >= 0 && number <= lengthLimit ? number : nil
        }
        func text() -> UnsafeRawBufferPointer? {
            guard let count = number() else { return nil }
            defer { at += count }
            return UnsafeRawBufferPointer(start: at, count: count)
        }
        guard let pairs = number() else { return nil }
        var isJSON = false
        for _ in 0..<pairs {
            guard let key = text(), let value = text() else { return nil }
            if key.elementsEqual(extensionName.utf8) { isJSON = value.elementsEqual(json.utf8) }
        }
        return isJSON
    }

    /// No count or length in sane metadata is greater; one that is would lead out of it.
    private static let lengthLimit = 1 << 24
}
