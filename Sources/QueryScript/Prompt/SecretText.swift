// Where a script's text holds a key that it should only name: for the history of the prompt, which does not keep such a line, and for
// messages, which do not show it.
import QueryClient

/// Keys in the text of scripts. No script needs one, but people type them.
public enum SecretText {
    /// Whether the text may hold a key: a `connect` that gives one as it is, such as `token="..."`, or a URL with a password in it.
    public static func isIn(_ text: String) -> Bool { !places(in: Source(name: "", text: text)).isEmpty }

    /// The bytes of the source with every key in it blotted out, byte for byte.
    static func blotted(_ source: Source) -> [UInt8] {
        var bytes = source.bytes
        // Most scripts have neither, and a message is to cost little.
        guard connecting.contains(where: { has(bytes, $0) }) || has(bytes, "://") else { return bytes }
        for place in places(in: source) {
            for index in place { bytes[index] = UInt8(ascii: "*") }
        }
        return bytes
    }

    /// The commands that take up a service.
    private static let connecting = Set(CommandTable.standard.commands.filter { $0.effect == .connects }.map(\.name))
    /// Settings of a service that are no secret, whatever is given for them.
    private static let open = Set(ServiceSetting.rows.map(\.name)).subtracting(["token"])
    /// What names the place of a secret.
    private static let namers: Set<String> = ["env", "file", "command"]

    private static func has(_ bytes: [UInt8], _ word: String) -> Bool {
        let word = Array(word.utf8)
        return bytes.withUnsafeBufferPointer { bytes in
            var rest = bytes[...]
            while let start = rest.firstIndex(of: word[0]) {
                if bytes[start...].starts(with: word) { return true }
                rest = bytes[(start + 1)...]
            }
            return false
        }
    }

    /// In bytes of the source.
    private static func places(in source: Source) -> [Range<Int>] {
        let read = Lexer.read(source)
        let tokens = read.tokens
        var places: [Range<Int>] = []
        var connects = false
        for (index, token) in tokens.enumerated() {
            switch token.kind {
            case .word(let name) where connecting.contains(read.text(name)): connects = true
            case .semicolon: connects = false
            case .stringPart where hasPassword(source.text(token.span)): places.append(Int(token.span.start)..<Int(token.span.end))
            case .symbol(.assign) where connects && index > 0:
                if let name = name(tokens[index - 1], read), !open.contains(name), let place = given(read, from: index + 1) { places.append(place) }
            default: break
            }
        }
        return places
    }

    private static func name(_ token: Token, _ read: LexedSource) -> String? {
        switch token.kind {
        case .word(let name), .quotedName(let name): read.text(name)
        default: nil
        }
    }

    /// What a setting is given there: the inside of a string, or what stands there without a blank; nil where it names a place.
    private static func given(_ read: LexedSource, from first: Int) -> Range<Int>? {
        let tokens = read.tokens
        let token = tokens[first]
        if case .stringStart = token.kind {
            let end = tokens[first...].firstIndex { $0.kind == .stringEnd }.map { Int(tokens[$0].span.start) }
            return Int(token.span.end)..<max(Int(token.span.end), end ?? Int(tokens[tokens.count - 1].span.start))
        }
        if case .word(let name) = token.kind, namers.contains(read.text(name)), tokens[first + 1].kind == .symbol(.openParen) { return nil }
        var last = first
        while last + 1 < tokens.count, !tokens[last + 1].spaced, !ends(tokens[last + 1].kind) { last += 1 }
        return ends(token.kind) ? nil : Int(token.span.start)..<Int(tokens[last].span.end)
    }

    private static func ends(_ kind: TokenKind) -> Bool {
        switch kind {
        case .symbol(.comma), .newline, .semicolon, .end: true
        default: false
        }
    }

    /// Whether a URL in the text has a user's name, and so perhaps a password: `https://me:secret@host`. A password may be written with a `/`,
    /// which a URL does not allow, so that what stands behind a colon and is no port is taken for one.
    private static func hasPassword(_ text: String) -> Bool {
        let bytes = Array(text.utf8), sign = Array("://".utf8)
        if !has(bytes, "://") { return false }
        return bytes.indices.contains { start in
            guard bytes[start...].starts(with: sign) else { return false }
            let rest = bytes[(start + sign.count)...].prefix { $0 != UInt8(ascii: " ") }
            guard let at = rest.lastIndex(of: UInt8(ascii: "@")) else { return false }
            if rest.prefix(while: { !"/?#".utf8.contains($0) }).contains(UInt8(ascii: "@")) { return true }
            let user = rest[..<at]
            return user.indices.contains { user[$0] == UInt8(ascii: ":") && $0 + 1 < at && !(48...57).contains(user[$0 + 1]) }
        }
    }
}
