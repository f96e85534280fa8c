// What a check may go by beside the scripts themselves: what a service keeps.
import QueryClient

/// The saved queries and datasets that are known; nil where the service cannot say.
public struct ScriptKnowledge: Sendable {
    /// By name.
    var queries: [String: SavedQuery]?
    var datasets: [String]?
    /// The variables that the host gives to scripts.
    private(set) var variables: [String: ScriptValue] = [:]
    /// The services that `on` may name, beside targets of the one in use.
    var services: Set<String> = []

    /// Nothing is known: queries and datasets may be there or not.
    public init() {}

    public init(queries: [SavedQuery]?, datasets: [Dataset]?) {
        self.queries = queries.map { Dictionary($0.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }) }
        self.datasets = datasets?.map(\.name)
    }

    /// What `service` keeps.
    public init(of service: any QueryService) async {
        self.init(queries: try? await service.queries(), datasets: try? await service.datasets())
    }

    /// Notes a variable that scripts will find, beside `args` and `script_dir`.
    public mutating func give(_ name: String, _ value: ScriptValue) { variables[name] = value }

    /// Takes note of what a script keeps itself, wherever in it that may be.
    mutating func learn(from tree: SyntaxTree) {
        for stage in tree.pipelines.flatMap(\.stages) {
            guard case .command(let row, let arguments) = stage.kind else { continue }
            let name: String? = if case .word(let name)? = arguments.first(where: { $0.key == "name" })?.value { name } else { nil }
            switch row.effect {
            case .savesQuery:
                // A name that is computed may be any.
                guard let name else { queries = nil; continue }
                queries?[name] = SavedQuery(name: name, text: "", version: 0)
            case .addsDataset:
                guard let name else { datasets = nil; continue }
                datasets?.append(name)
            case .connects:
                // It may stand for the service in use from here on.
                if let name { services.insert(name) }
            // What another service keeps is not known.
            case .usesService: (queries, datasets) = (nil, nil)
            case .none, .runsQuery, .givesJob, .forgetsQuery, .changesSetting: continue
            }
        }
    }
}

extension SavedQuery {
    /// Whether a service has said what is in it, and not a script that will only save it.
    var isKnown: Bool { version > 0 }
}
