// The services of a session: which one is in use, and which one a command names.
import QueryClient
import QueryFrames

extension Session {
    /// The service called `name`, or else the one in use.
    func service(_ name: String? = nil) async throws(ServiceError) -> any QueryService {
        try await services.service(name ?? serviceInUse)
    }

    /// The names of the services there are.
    var serviceNames: [String] { services.summaries.map(\.name) }

    /// What `run ... on TARGET` means: a service where one is called so, else a dataset or connection of the service in use.
    func destination(_ target: String?) async throws(ServiceError) -> (service: any QueryService, target: String?) {
        if let target, serviceNames.contains(target) { return (try await service(target), nil) }
        return (try await service(), target)
    }

    /// What `body` makes of a service, with its error at `span` of the script.
    func asking<R>(
        _ name: String? = nil, at span: Span? = nil, _ body: (any QueryService) async throws(ServiceError) -> R
    ) async throws(ScriptError) -> R {
        do throws(ServiceError) {
            return try await body(try await service(name))
        } catch {
            throw ScriptError(.service(error), at: span)
        }
    }
}
