// Why a text is no address, as facts; the words are made where diagnostics are rendered.

/// Why a text is no `WebAddress`. Offsets count the bytes of the text that was given.
public enum AddressFault: Error, Hashable, Sendable {
    /// It begins with no scheme, such as `app.polytomic.com/api`.
    case noScheme
    /// A scheme other than `http` and `https`, in lower case.
    case otherScheme(String)
    /// Something stands before an `@`: a name and a password belong into no address. They are not repeated.
    case userInfo
    /// There is no host, as in `https:///api`.
    case noHost
    /// What stands for the host is neither a name nor an IP address.
    case badHost(String)
    /// What follows the host's colon is not a number from 1 to 65535.
    case badPort(String)
    /// A control character, a space or a backslash.
    case badCharacter(offset: Int, byte: UInt8)
    /// A `%` that two hexadecimal digits do not follow.
    case badEscape(offset: Int)
}
