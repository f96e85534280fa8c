// The catalog's file: which tables a workspace has.

extension KeptFile {
    /// `QSCA` in the header.
    static let catalog = KeptFile(
        applicationID: 0x5153_4341, version: 1,
        tables: """
            create table queries (
                name text not null, version integer not null, text text not null, dataset text, description text, saved integer not null,
                primary key (name, version)
            ) without rowid;
            create table datasets (
                name text not null primary key collate nocase, path text not null, format text not null, registered integer not null
            ) without rowid;
            create table jobs (
                id text not null primary key, session text not null, query text, text text not null, target text, status text not null,
                row_count integer, columns text, error_kind text, error_detail text, created integer not null, completed integer
            ) without rowid;
            create index jobs_by_time on jobs (created);
            """)
}
