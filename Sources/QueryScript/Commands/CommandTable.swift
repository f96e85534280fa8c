// The table of commands and transforms that a session knows; the parser, completion and help read it.

/// The commands and transforms of a session, by name.
public struct CommandTable: Sendable {
    /// In the order that `help` lists them.
    public let commands: [CommandRow]
    public let transforms: [TransformRow]
    private let commandsByName: [String: CommandRow]
    private let transformsByName: [String: TransformRow]

    init(commands: [CommandRow], transforms: [TransformRow]) {
        self.commands = commands
        self.transforms = transforms
        commandsByName = Dictionary(commands.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        transformsByName = Dictionary(transforms.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The command called `name`.
    public func command(_ name: String) -> CommandRow? { commandsByName[name] }

    /// The transform called `name`.
    public func transform(_ name: String) -> TransformRow? { transformsByName[name] }

    /// The names of all of them.
    public var names: [String] { commands.map(\.name) + transforms.map(\.name) }

    /// The commands and transforms of the language.
    public static let standard = CommandTable(
        commands: [
            .run, .wait, .cancel, .jobs, .save, .queries, .forget, .dataset, .datasets, .open,
            .show, .export, .print, .warn, .fail, .assert, .sleep, .exit, .help,
        ],
        transforms: [
            .where, .select, .derive, .rename, .drop, .cast, .sort, .take, .skip, .tail, .sample, .distinct, .summarize, .join, .union,
            .explode, .unpivot, .count,
        ])
}
