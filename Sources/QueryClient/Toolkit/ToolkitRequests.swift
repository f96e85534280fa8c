// What is sent to Toolkit: `POST /v1/save`, `POST /v1/query/{query_id}` and `GET /v1/jobs/{job_id}`.
import QueryFrames

extension ToolkitAPI {
    func request(_ step: JobStep, _ order: JobOrder, job: JobID, _ credential: Credential) throws(ServiceError) -> HTTPRequest {
        switch step {
        case .probe: return look("/v1/jobs/\(WebAddress.encoded(order.key, in: .segment))", credential)
        case .poll: return look("/v1/jobs/\(WebAddress.encoded(job.text, in: .segment))", credential)
        case .page(let address): return HTTPRequest(.get, address, headers: [accept], credential: credential)
        case .save:
            var members = [("name", JSONText.quoted(order.name)), ("query", JSONText.quoted(order.text))]
            if let description = order.description { members.append(("description", JSONText.quoted(description))) }
            if let target = order.target { members.append(("dataset_id", JSONText.quoted(target))) }
            return post("/v1/save", members, credential)
        case .submit(let mode):
            guard let query = order.query else { throw .notImplemented(service: service.name, .text) }
            var members: [(String, String)] = []
            if let target = order.target { members.append(("dataset_id", JSONText.quoted(target))) }
            members.append(("execution_mode", mode == .job ? "\"async\"" : "\"sync\""))
            if !order.bindings.isEmpty { members.append(("parameters", try ToolkitAPI.parameters(order.bindings))) }
            return post("/v1/query/\(WebAddress.encoded(query, in: .segment))", members, credential)
        }
    }

    private var accept: HTTPHeader { HTTPHeader("Accept", "application/json") }

    private func look(_ path: String, _ credential: Credential) -> HTTPRequest {
        HTTPRequest(.get, service.address(path), headers: [accept], credential: credential)
    }

    private func post(_ path: String, _ members: [(String, String)], _ credential: Credential) -> HTTPRequest {
        HTTPRequest(
            .post, service.address(path), headers: [accept, HTTPHeader("Content-Type", "application/json")],
            body: Array(ToolkitAPI.object(members).utf8), credential: credential)
    }

    private static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { JSONText.quoted($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
    }

    /// The values by name: numbers with all their digits, dates and times as ISO 8601.
    static func parameters(_ bindings: [QueryRequest.Binding]) throws(ServiceError) -> String {
        var members: [(String, String)] = []
        for binding in bindings { members.append((binding.name, try json(binding.value, name: binding.name))) }
        return object(members)
    }

    /// Values that JSON has no form for are refused. Lists may be nested as deep as those of columns, which is not deep.
    private static func json(_ value: Scalar, name: String, depth: Int = 0) throws(ServiceError) -> String {
        switch value {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .float(let value) where !value.isFinite: throw .noLiteral(name: name, dialect: "json", .notFinite)
        case .int, .float, .decimal: return value.text
        case .string(let text): return JSONText.quoted(text)
        case .date, .timestamp: return JSONText.quoted(value.text)
        case .json(let text): return text
        case .duration, .binary: throw .noLiteral(name: name, dialect: "json", .type(value.typeName))
        case .list(let values):
            guard depth < DataType.listLimit else { throw .noLiteral(name: name, dialect: "json", .type("list")) }
            var elements: [String] = []
            for value in values { elements.append(try json(value, name: name, depth: depth + 1)) }
            return "[" + elements.joined(separator: ",") + "]"
        }
    }
}
