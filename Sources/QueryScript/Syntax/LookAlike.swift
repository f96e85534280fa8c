// Characters that look like those of the language and are others: what a text from a word processor or a chat is full of.

/// Characters that are easily taken for one of ASCII.
enum LookAlike {
    /// The quotes that may close what each of a typesetter's quotes opens, as UTF-8.
    static let closingQuotes: [UInt32: [[UInt8]]] = Dictionary(
        uniqueKeysWithValues: [
            ("\u{201C}", "\u{201D}\u{201C}"), ("\u{201D}", "\u{201D}"), ("\u{201E}", "\u{201C}\u{201D}"), ("\u{00AB}", "\u{00BB}"),
            ("\u{00BB}", "\u{00AB}"), ("\u{2018}", "\u{2019}\u{2018}"), ("\u{2019}", "\u{2019}"), ("\u{201A}", "\u{2018}\u{2019}"),
            ("\u{FF02}", "\u{FF02}"), ("\u{FF07}", "\u{FF07}"), ("\u{2033}", "\u{2033}"), ("\u{2032}", "\u{2032}"),
        ].map { (open: Unicode.Scalar, closing: String) in (open.value, closing.unicodeScalars.map { Array(String($0).utf8) }) })

    /// What was probably meant by a character.
    static func meant(by scalar: UInt32) -> String? {
        // The full-width forms of East Asian keyboards stand in the order of ASCII.
        if (0xFF01...0xFF5E).contains(scalar), let plain = Unicode.Scalar(scalar - 0xFEE0) { return String(plain) }
        return meanings[scalar]
    }

    private static let meanings: [UInt32: String] = {
        var meanings: [UInt32: String] = [:]
        func add(_ characters: String, _ meaning: String) {
            for scalar in characters.unicodeScalars { meanings[scalar.value] = meaning }
        }
        add("\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{FE63}", "-")
        add("\u{00D7}\u{2217}\u{22C5}\u{00B7}", "*")
        add("\u{00F7}\u{2215}\u{2044}", "/")
        add("\u{2264}", "<=")
        add("\u{2265}", ">=")
        add("\u{2260}", "!=")
        add("\u{2026}", "..")
        add("\u{2223}\u{01C0}", "|")
        add("\u{00B4}\u{2035}\u{02CB}", "`")
        add("\u{3001}\u{060C}", ",")
        add("\u{037E}\u{061B}", ";")
        add("\u{00A0}\u{2002}\u{2003}\u{2009}\u{202F}\u{3000}", "a blank")
        for (letters, plain) in [
            ("\u{0430}\u{0435}\u{043E}\u{0440}\u{0441}\u{0443}\u{0445}\u{0456}\u{0458}\u{0455}", "aeopcyxijs"),
            ("\u{0410}\u{0412}\u{0415}\u{041A}\u{041C}\u{041D}\u{041E}\u{0420}\u{0421}\u{0422}\u{0425}", "ABEKMHOPCTX"),
            ("\u{03BF}\u{03BD}\u{0391}\u{0392}\u{0395}\u{0397}\u{0399}\u{039A}\u{039C}\u{039D}\u{039F}\u{03A1}\u{03A4}\u{03A7}", "ovABEHIKMNOPTX"),
        ] {
            for (letter, plain) in zip(letters.unicodeScalars, plain) { meanings[letter.value] = String(plain) }
        }
        add("&", "and")
        add("!", "not")
        return meanings
    }()
}
