// Toolkit's Query & Analysis: queries are saved, run by their id with parameters that it binds, and give arrays of rows at once.
import QueryFormats

/// The API of Toolkit, as its own clients speak it, but for the path: they send `/v1/query/%7Bquery_id%7D?query_id=...`.
struct ToolkitAPI: RemoteAPI {
    let service: ServiceDescription

    init(_ service: ServiceDescription) { self.service = service }

    var layout: ResultLayout { .toolkit }
}
