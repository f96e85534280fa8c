// Where the rows stand in the answers of each service; whatever else an answer holds is the client's business.

/// The form of a service's answers.
///
/// Members come in any order, and each may be missing or null.
public struct ResultLayout: Hashable, Sendable {
    /// The member of the document that holds those below.
    public let holder: String
    /// The member with the list of rows.
    public let rows: String
    /// The member with the list of the columns' names, each a string, or a record with the member `name`.
    public let columns: String
    /// The member with the number of rows that there ought to be.
    public let count: String
    /// Whether rows are lists of values, and not objects.
    public let rowsAreLists: Bool
    /// Whether the rows come in several documents.
    public let isPaged: Bool

    public init(holder: String, rows: String, columns: String, count: String, rowsAreLists: Bool, isPaged: Bool) {
        (self.holder, self.rows, self.columns, self.count) = (holder, rows, columns, count)
        (self.rowsAreLists, self.isPaged) = (rowsAreLists, isPaged)
    }

    /// `{"results": {"columns": ["a"], "rows": [[1]], "row_count": 1}, "status": "succeeded"}`
    public static let toolkit = ResultLayout(
        holder: "results", rows: "rows", columns: "columns", count: "row_count", rowsAreLists: true, isPaged: false)

    /// `{"data": {"fields": ["a"], "results": [{"a": 1}], "count": 1, "status": "done"}, "links": {"next": null}}`
    public static let polytomic = ResultLayout(
        holder: "data", rows: "results", columns: "fields", count: "count", rowsAreLists: false, isPaged: true)
}
