// Where `connect` finds a secret: named in a script, fetched by the service, and never a value of the language.

/// `token = env("NAME")`, `file("PATH")`, `command("TEXT")`: the functions that name a secret.
enum SecretSource: String, Sendable, CaseIterable {
    case env, file, command

    /// The option of `connect` that is given so.
    static let option = "token"
}
