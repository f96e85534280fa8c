// `services`: what can be connected to, and which of it is in use.
import QueryClient
import QueryFrames

extension CommandRow {
    static let services = CommandRow(
        UsageLine(builtIn: "services -> frame"),
        summary: "List the services that are configured or connected, and which one is in use.",
        example: "services"
    ) { (session, _) in
        let rows = session.services.summaries.map { service -> [Scalar] in
            [
                .string(service.name), .string(service.kind), service.address.map { .string($0.description) } ?? .null,
                service.target.map { .string($0) } ?? .null, .bool(service.name == session.serviceInUse), .string(service.source),
            ]
        }
        let types: [(String, DataType)] = [
            ("name", .string), ("kind", .string), ("url", .string), ("target", .string), ("in_use", .bool), ("source", .string),
        ]
        return .frame(Frame(schema: Schema(types.map { Field($0.0, $0.1) }), rows: rows))
    }
}
