// What is sent to Polytomic: `POST /api/connections/{id}/query?query=TEXT` and `GET /api/queries/{id}`.

extension PolytomicAPI {
    func request(_ step: JobStep, _ order: JobOrder, job: JobID, _ credential: Credential) throws(ServiceError) -> HTTPRequest {
        switch step {
        case .submit:
            guard let connection = order.target else { throw .noConnection(service: service.name) }
            let path = "/api/connections/\(WebAddress.encoded(connection, in: .segment))/query"
                + "?query=\(WebAddress.encoded(order.text, in: .form))"
            return HTTPRequest(
                .post, service.address(path),
                headers: headers + [HTTPHeader("Content-Type", "application/json"), HTTPHeader("Idempotency-Key", order.key)],
                body: Array("{}".utf8), credential: credential)
        case .page(let address): return HTTPRequest(.get, address, headers: headers, credential: credential)
        case .poll:
            let path = "/api/queries/\(WebAddress.encoded(job.text, in: .segment))"
            return HTTPRequest(.get, service.address(path), headers: headers, credential: credential)
        case .save, .probe: throw .notImplemented(service: service.name, .save)
        }
    }

    private var headers: [HTTPHeader] {
        [HTTPHeader("Accept", "application/json"), HTTPHeader("X-Polytomic-Version", service.version)]
    }
}
