// Polytomic's query runner: text goes in, a task comes out, and its rows are objects in pages.
import QueryFormats

/// The API of Polytomic, as its own clients speak it.
struct PolytomicAPI: RemoteAPI {
    let service: ServiceDescription

    init(_ service: ServiceDescription) { self.service = service }

    var layout: ResultLayout { .polytomic }
}
