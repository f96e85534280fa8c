// How a service is reached: what a configuration file, or `connect`, says of it.

/// A query service as it is configured. It holds no secret: the credential is fetched from its source when it is needed.
public struct ServiceDescription: Hashable, Sendable {
    /// Which API it speaks.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case polytomic, toolkit
        /// The embedded service.
        case local
    }

    /// How the credential of a Polytomic service is sent; Toolkit has a header of its own.
    public enum Authorization: String, Hashable, Sendable, CaseIterable {
        /// A user's API key.
        case bearer
        /// An organization's key.
        case basic
    }

    /// The dialect of SQL in which values are written where a service takes text alone.
    public enum Dialect: String, Hashable, Sendable, CaseIterable {
        case ansi, postgres, mysql, snowflake, bigquery, sqlserver
    }

    /// Where the credential is found.
    public enum Token: Hashable, Sendable {
        /// A variable of the environment.
        case environment(String)
        /// A file that only its owner can read, as an absolute path.
        case file(String)
        /// A command of the shell whose first line of output it is.
        case command(String)
    }

    /// The name that scripts use for it.
    public var name: String
    public var kind: Kind
    /// Nil for the embedded service, or for the public address of its kind.
    public var address: WebAddress?
    public var token: Token?
    public var authorization = Authorization.bearer
    /// The connection (Polytomic) or dataset (Toolkit) that a query runs on unless it says otherwise.
    public var target: String?
    /// The value of the version header; nil for the one that the program was written for.
    public var version: String?
    public var dialect = Dialect.ansi
    /// The first wait between polls; nil for that of the kind.
    public var poll: Duration?
    /// For one request.
    public var timeout = Duration.seconds(30)
    /// Where it was said: a configuration file's path, or nil for `connect`.
    public var origin: String?

    public init(name: String, kind: Kind, address: WebAddress? = nil) {
        self.name = name
        self.kind = kind
        self.address = address
    }
}
