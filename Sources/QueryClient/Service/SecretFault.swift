// Why a credential is not to be had, as facts that hold nothing of the secret itself.
import QueryFormats

/// Why a secret cannot be taken from where it was looked for.
public enum SecretFault: Error, Hashable, Sendable {
    /// The variable of the environment is not there, or empty.
    case noVariable
    case file(FormatError)
    /// Others than its owner can read the file, or it belongs to somebody else.
    case exposed(path: String)
    /// The command could not be run, failed, or gave nothing. What it wrote is not told.
    case command
    /// What was found is empty or holds characters that a header cannot have.
    case unusable
    /// Nothing says where it is.
    case nowhere
}
