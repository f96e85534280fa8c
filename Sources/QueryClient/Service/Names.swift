// What queries and datasets can be called, by any service.

/// What can be a name.
public enum Names {
    /// Any text without control characters, of at most 200 bytes: names are keys, never paths.
    public static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 200 && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }
    }

    /// As `isName`, but not one that SQLite keeps for itself.
    public static func isDatasetName(_ name: String) -> Bool { isName(name) && !name.lowercased().hasPrefix("sqlite_") }
}
