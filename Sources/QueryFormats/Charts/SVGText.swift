// Text and numbers of an SVG document, safe in any place of it.

/// What becomes part of an XML document.
enum SVGText {
    /// The text with XML's signs as entities, and without characters that XML or a reader could stumble over.
    static func escaped(_ text: String) -> String {
        var safe = ""
        for scalar in DisplayText.escaped(text).unicodeScalars {
            switch scalar {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            case _ where scalar.value & 0xfffe == 0xfffe: safe += "\u{fffd}"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// A length with at most two digits after the point.
    static func number(_ value: Double) -> String {
        let hundredths = Int(min(max((value * 100).rounded(), -1e12), 1e12))
        let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest % 10 == 0 ? rest / 10 : rest)"
    }

    /// About how wide a text is: fonts differ, and this is on the safe side for most.
    static func width(_ text: String, size: Double) -> Double { Double(DisplayText.width(text)) * size * 0.58 }

    /// The text cut to about so much room.
    static func cut(_ text: String, _ width: Double, size: Double) -> String {
        ChartLook.cut(text, max(Int(width / (size * 0.58)), 1))
    }
}
