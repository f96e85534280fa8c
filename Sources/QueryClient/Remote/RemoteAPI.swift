// What the client has to know of an API: how each request is written and what its answers mean.
import QueryFormats

/// One of the HTTP APIs. A conformance is a value that decides nothing.
protocol RemoteAPI: Sendable {
    /// How the rows lie in its answers.
    var layout: ResultLayout { get }

    /// The request for a step of the job `id`.
    func request(_ step: JobStep, _ order: JobOrder, job: JobID, _ credential: Credential) throws(ServiceError) -> HTTPRequest
    /// What an answer says beside its rows.
    func facts(_ members: AnswerMembers, _ step: JobStep) -> AnswerFacts
}

extension ServiceDescription {
    /// The API of this service.
    var api: any RemoteAPI {
        switch kind {
        case .polytomic: PolytomicAPI(self)
        case .toolkit: ToolkitAPI(self)
        }
    }
}
