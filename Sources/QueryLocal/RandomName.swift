// Names that nobody else has given: of jobs and sessions.

enum RandomName {
    private static let letters = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    /// 60 bits from the system's random numbers, as 12 lower-case letters and digits of base 32.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(decoding: (0..<12).map { _ in letters[Int(truncatingIfNeeded: generator.next() % 32)] }, as: UTF8.self)
    }
}
