// Numbers of bytes in words, and what helps where they are too few.

extension Wording {
    /// What to do where frames take too much memory.
    static let lessMemory = "work on fewer rows or columns at a time, and let go of frames that are not needed: NAME = null"
}

extension Int {
    /// So many bytes, by the largest unit of which there is a whole one: `1.5 GiB`, `512 MiB`, `100 bytes`.
    var bytesText: String {
        for (shift, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")] where self >= 1 << shift {
            let tenths = ((self >> (shift - 10)) * 10) >> 10
            return tenths % 10 == 0 ? "\(tenths / 10) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
        }
        return "\(self) bytes"
    }
}
