// What `set` changes: a few habits of a session, each with what it is unless told otherwise.

/// A setting by its name.
enum Setting: String, CaseIterable {
    case rows, width, timeout

    /// What it does.
    var summary: String {
        switch self {
        case .rows: "how many rows are shown on a terminal"
        case .width: "how many columns of a terminal rows may take"
        case .timeout: "how long a run may take that says nothing else"
        }
    }

    /// What its value has to be.
    var expected: String {
        switch self {
        case .rows, .width: "an int from 1 on"
        case .timeout: "a duration such as 5m"
        }
    }

    /// The same as a sentence, with what it takes.
    var sentence: String { "\(summary.prefix(1).uppercased())\(summary.dropFirst()): \(expected)." }

    /// All of them in one sentence.
    static var list: String { "Settings: " + allCases.map { "\($0.rawValue) (\($0.summary))" }.joined(separator: ", ") + "." }
}

/// The values of the settings; nil where nothing was set.
struct Settings {
    var rows: Int64?
    var width: Int?
    /// Microseconds.
    var timeout: Int64?

    /// Changes one, null to what it was at first; false where it cannot be that.
    mutating func change(_ setting: Setting, to value: ScriptValue) -> Bool {
        switch (setting, value) {
        case (.rows, .scalar(.null)): rows = nil
        case (.width, .scalar(.null)): width = nil
        case (.timeout, .scalar(.null)): timeout = nil
        case (.rows, .scalar(.int(let count))) where count > 0: rows = count
        case (.width, .scalar(.int(let columns))) where columns > 0 && columns <= 1 << 20: width = Int(columns)
        case (.timeout, .scalar(.duration(let micros))) where micros > 0: timeout = micros
        default: return false
        }
        return true
    }
}
