// Servers say what they were sent, the key among it: it is taken out of what they say before anybody reads that.

extension Credential {
    /// `text` with `…` wherever it has the secret, or the beginning of it at its end, where it may have been cut.
    func hidden(in text: String) -> String {
        var bytes = Array(text.utf8)
        for secret in secrets {
            bytes = Credential.hiding(secret, in: bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The token as it was given and as it is sent. What is shorter than eight characters is no key, and would be found in words.
    private var secrets: [[UInt8]] {
        let sent = value.split(separator: " ").last.map(String.init) ?? value
        return Array(Set([sent, token])).map { Array($0.utf8) }.filter { $0.count >= 8 }.sorted { $0.count > $1.count }
    }

    private static let mark = Array("…".utf8)
    /// Fewer bytes of a secret tell nothing.
    private static let leastPart = 4

    private static func hiding(_ secret: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        var shown: [UInt8] = []
        var at = 0
        while at < bytes.count {
            if bytes[at...].starts(with: secret) {
                shown += mark
                at += secret.count
            } else {
                shown.append(bytes[at])
                at += 1
            }
        }
        let end = shown.count - (shown.suffix(mark.count).elementsEqual(mark) ? mark.count : 0)
        for count in stride(from: min(secret.count - 1, end), through: leastPart, by: -1) {
            if shown[(end - count)..<end].elementsEqual(secret[..<count]) { return shown[..<(end - count)] + mark }
        }
        return shown
    }
}

extension AnswerFacts {
    /// What is said in words, without the secret.
    mutating func hide(_ credential: Credential) {
        message = credential.hidden(in: message)
        failure = failure.map { credential.hidden(in: $0) }
        if case .other(let word)? = state { state = .other(credential.hidden(in: word)) }
    }
}

extension AnswerFault {
    /// The fault without the secret.
    func hiding(_ credential: Credential) -> AnswerFault {
        guard case .notJSON(let type, let beginning) = self else { return self }
        return .notJSON(type: type.map { credential.hidden(in: $0) }, beginning: credential.hidden(in: beginning))
    }
}
