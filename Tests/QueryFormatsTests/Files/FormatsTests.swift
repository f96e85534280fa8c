import QueryFormats
import Testing

@Suite("the registry")
struct FormatsTests {
    @Test(
        "the ending of a path tells the format",
        arguments: [
            ("a.csv", "csv"), ("dir.x/B.CSV", "csv"), ("a.tsv", "tsv"), ("a.json", "json"), ("a.jsonl", "jsonl"), ("a.ndjson", "jsonl"),
            ("a.md", "markdown"), ("a.arrow", "arrow"), ("a.feather", "arrow"), ("a.arrows", "arrows"), ("a.parquet", "parquet"), ("a.csv.txt", "table"),
            ("a.XLSX", "xlsx"), ("a.htm", "html"), ("a.html.gz", "html"), ("a.sql", "sql"),
            ("csv", nil), ("a.", nil), ("", nil), ("a.csv/b", nil), ("a.xyz", nil),
        ] as [(String, String?)])
    func endings(_ path: String, _ name: String?) {
        #expect(Formats.row(forPath: path)?.name == name)
    }

    @Test("each format is found by its name, says what it is, and can do something")
    func rows() {
        #expect(
            Formats.rows.map(\.name)
                == ["csv", "tsv", "json", "jsonl", "arrow", "arrows", "parquet", "xlsx", "markdown", "html", "sql", "table"])
        for row in Formats.rows {
            #expect(Formats.row(named: row.name)?.summary == row.summary)
            #expect(!row.summary.isEmpty && row.canWrite)
            for option in row.options { #expect(option.usage.hasPrefix(option.name + "=") && !option.summary.isEmpty) }
        }
        #expect(Formats.rows.filter(\.canRead).map(\.name) == ["csv", "tsv", "json", "jsonl", "arrow", "arrows", "parquet"])
        #expect(Formats.rows.filter(\.holdsSeveral).map(\.name) == ["json", "xlsx", "html", "sql"])
        #expect(Formats.row(named: "CSV") == nil)
    }
}
