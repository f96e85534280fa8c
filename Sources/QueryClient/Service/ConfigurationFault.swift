// What can be wrong with configuration files, as facts.
import QueryFormats

/// Why a configuration file is refused.
public enum ConfigurationFault: Error, Hashable, Sendable {
    case file(FormatError)
    /// It is no TOML; `line` and `column` count from 1.
    case syntax(path: String, line: Int, column: Int, reason: String)
    case unknownKey(path: String, key: String, known: [String])
    case wrongValue(path: String, key: String, expected: String)
    case setting(path: String, service: String, SettingFault)
    /// The name belongs to the embedded service.
    case reserved(path: String, name: String)
    /// A file of the working folder names a command or a file to take a credential from.
    case foreignToken(path: String, key: String)
    /// The default service is none that is configured.
    case unknownDefault(name: String, known: [String])
}
