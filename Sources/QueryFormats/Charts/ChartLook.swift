// What series look like wherever they are drawn, and texts that fit their place.

/// Colours and characters of series, by their number.
enum ChartLook {
    /// Colours that people with any kind of colour vision tell apart, on white.
    static let colours = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#6b6b6b", "#999933"]
    /// The same of a terminal's 256 colours.
    static let terminalColours = [32, 214, 36, 166, 117, 175, 245, 143]
    /// What fills bars where there is no colour.
    static let fills = ["█", "▒", "░", "▓", "#", "=", "*", "+"]
    /// What marks places where there is no colour.
    static let marks = ["•", "+", "×", "○", "▲", "■", "◇", "*"]

    /// The text without control characters, cut to so many columns of a terminal.
    static func cut(_ text: String, _ width: Int) -> String {
        let text = DisplayText.escaped(text)
        guard DisplayText.width(text) > width else { return text }
        var kept = "", used = 0
        for scalar in text.unicodeScalars {
            let next = DisplayWidth.of(scalar)
            guard used + next <= width - 1 else { break }
            kept.unicodeScalars.append(scalar)
            used += next
        }
        return kept + "…"
    }
}

extension Chart {
    /// The text of a value of the y axis.
    func text(ofValue value: Double) -> String {
        guard y.measure == .duration else { return ChartNumberText.short(value) }
        return DurationTicks.text(value)
    }

    /// How many points the longest series has.
    var pointCount: Int {
        switch marks {
        case .lines(let paths), .points(let paths): paths.map(\.count).max() ?? 0
        case .bars, .bins: 0
        }
    }
}
