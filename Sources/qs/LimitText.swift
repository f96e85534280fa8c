// Limits as the command line gives them: `--limit-memory 512M`, `--limit-time 30s`.
import ArgumentParser
import QueryFrames

/// Reads limits.
enum LimitText {
    /// A number of instructions, from 1.
    static func count(_ text: String) throws -> Int {
        guard let count = Int(text), count > 0 else { throw ValidationError("a limit is a number from 1 on, and this is \(text)") }
        return count
    }

    /// A number of bytes, also as `512K`, `512M`, `2G`, with or without `iB` behind it.
    static func size(_ text: String) throws -> Int {
        let digits = text.prefix { $0.isNumber }
        let units = ["": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
        var unit = text.dropFirst(digits.count).lowercased()
        if unit.hasSuffix("ib") { unit.removeLast(2) }
        guard let number = Int(digits), number > 0, let factor = units[unit], number <= Int.max / 2 / factor else {
            throw ValidationError("a size is a number of bytes, or such as 512K, 512M or 2G, and this is \(text)")
        }
        return number * factor
    }

    /// A duration as in a script: `500ms`, `30s`, `5m`.
    static func duration(_ text: String) throws -> Duration {
        guard let micros = DurationText.microseconds(text), micros > 0 else {
            throw ValidationError("a duration is such as 500ms, 30s or 5m, and this is \(text)")
        }
        return .microseconds(micros)
    }
}
