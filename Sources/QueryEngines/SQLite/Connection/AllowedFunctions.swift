// The SQL functions that a statement may call: those that compute and touch nothing.

/// The allow-list of functions. What a build of SQLite adds (`load_extension`, `fts3_tokenizer`, `writefile`) is not in it.
enum AllowedFunctions {
    static let names: Set<String> = Set(
        """
        abs changes char coalesce format glob hex ifnull iif instr last_insert_rowid length like likelihood likely lower ltrim
        max min nullif printf quote random randomblob replace round rtrim sign soundex sqlite_version substr substring
        total_changes trim typeof unhex unicode unlikely upper zeroblob concat concat_ws octet_length if
        avg count group_concat sum total string_agg median percentile percentile_cont percentile_disc
        row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
        date time datetime julianday unixepoch strftime timediff current_date current_time current_timestamp
        acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 mod pi pow power
        radians sin sinh sqrt tan tanh trunc
        json json_array json_array_length json_error_position json_extract json_insert json_object json_patch json_quote
        json_remove json_replace json_set json_type json_valid json_group_array json_group_object json_each json_tree
        json_pretty jsonb jsonb_array jsonb_extract jsonb_group_array jsonb_group_object jsonb_insert jsonb_object
        jsonb_patch jsonb_remove jsonb_replace jsonb_set -> ->>
        match regexp snippet offsets matchinfo bm25 highlight rtreenode rtreedepth
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}
