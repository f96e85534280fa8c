// Names that nobody else has given: of jobs before their service names them, of sessions, of files that are not whole yet.

public enum RandomName {
    private static let letters = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    /// Lower-case letters and digits of base 32, of the system's random numbers, 5 bits each: 60 bits unless told otherwise.
    public static func make(letters count: Int = 12) -> String {
        var generator = SystemRandomNumberGenerator()
        return String(decoding: (0..<count).map { _ in letters[Int(truncatingIfNeeded: generator.next() % 32)] }, as: UTF8.self)
    }
}
