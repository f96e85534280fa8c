// The table of commands and transforms that a session knows; the parser, completion and help read it.

/// The commands and transforms of a session, by name.
public struct CommandTable: Sendable {
    /// In the order that `help` lists them.
    public let commands: [CommandRow]
    public let transforms: [TransformRow]
    /// Functions that look beyond their arguments.
    public let functions: [SessionFunctionRow]
    private let commandsByName: [String: CommandRow]
    private let transformsByName: [String: TransformRow]

    init(commands: [CommandRow], transforms: [TransformRow], functions: [SessionFunctionRow]) {
        self.commands = commands
        self.functions = functions
        self.transforms = transforms
        commandsByName = Dictionary(commands.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        transformsByName = Dictionary(transforms.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The command called `name`.
    public func command(_ name: String) -> CommandRow? { commandsByName[name] }

    /// The transform called `name`.
    public func transform(_ name: String) -> TransformRow? { transformsByName[name] }

    /// The function called `name`, of those that only a session computes.
    func function(_ name: String) -> SessionFunctionRow? { functions.first { $0.name == name } }

    /// The names of the commands and transforms.
    public var names: [String] { commands.map(\.name) + transforms.map(\.name) }

    /// The commands and transforms of the language.
    public static let standard = CommandTable(
        commands: [
            .run, .wait, .cancel, .attach, .jobs, .save, .queries, .forget, .dataset, .datasets, .connect, .use, .services, .open,
            .show, .describe, .schema, .export, .plot, .print, .warn, .fail, .assert, .sleep, .exit, .set, .sh, .help,
        ],
        transforms: [
            .where, .select, .derive, .rename, .drop, .cast, .sort, .take, .skip, .tail, .sample, .distinct, .summarize, .join, .union, .pivot,
            .explode, .unpivot, .count,
        ],
        functions: [.env, .read])
}
