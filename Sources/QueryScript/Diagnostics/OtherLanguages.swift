// What people write who come from another language, and how it is said here. Messages that would only name a word or a sign as unknown
// take their hint from this table.

/// Words and signs of SQL, Python, KQL, jq, Lua, the shell and others.
enum OtherLanguages {
    /// Where a word stands.
    enum Place {
        /// At the beginning of a statement.
        case statement
        /// After a pipe.
        case step
        /// Before an opening parenthesis.
        case function
        /// Where a value may stand.
        case value
    }

    /// What would say it here; nil where nothing is known of the word.
    static func hint(for word: String, at place: Place) -> String? {
        let word = word.lowercased()
        return switch place {
        case .statement: statements[word] ?? steps[word]
        case .step: steps[word] ?? statements[word]
        case .function: functions[word]
        case .value: values[word]
        }
    }

    /// What would say it here, of a word that stands where the language wants something else.
    static func hint(forMisplaced word: String) -> String? { misplaced[word.lowercased()] }

    /// What would say it here, of a sign such as `<>`.
    static func hint(forSign sign: String) -> String? { signs[sign] }

    /// All hints, for a test that looks whether they name what there is.
    static var hints: [String] {
        [statements, steps, functions, values, misplaced, signs].flatMap(\.values)
    }

    private static func table(_ rows: [(words: String, hint: String)]) -> [String: String] {
        var table: [String: String] = [:]
        for row in rows { for word in row.words.split(separator: " ") { table[String(word)] = row.hint } }
        return table
    }

    private static let query = "the text of a query stands in quotes: run \"select ...\""

    private static let statements = table([
        ("select insert update delete create alter from values pragma explain analyze", query),
        ("fn fun func function proc procedure sub define defun lambda", "a function is made with def NAME(a, b) { ... }"),
        ("var const val local my dim global auto", "a variable is made with let NAME = ..."),
        ("echo puts println printf say write display log console", "`print` writes values"),
        ("throw raise die error panic abort", "`fail` ends with an error: fail \"no rows\""),
        ("foreach", "a loop is for x in VALUE { ... }"),
        ("unless", "write if not (...) { ... }"),
        ("until do loop repeat", "a loop is while COND { ... }"),
        ("switch match case when", "choose with if COND { ... } else if COND { ... }, or with case(c1, v1, ..., otherwise)"),
        ("elif elsif elseif else", "write else if, behind the closing brace of the `if`"),
        ("except rescue finally ensure", "write try { ... } catch e { ... }"),
        ("require include source using", "write import \"lib.qs\""),
        ("pass end fi done esac begin", "a block stands in braces and needs no such word"),
        ("quit bye logout", "write exit"),
        ("async await", "`run` gives a job at once, and `wait` waits for it"),
        ("system exec bash spawn popen", "`sh` runs a command of the shell: sh \"...\""),
        ("cd pwd ls cat rm mkdir grep awk sed curl", "`sh` runs a command of the shell: sh \"...\""),
        ("load read_csv readcsv read_json import_csv", "`open` reads a file: open \"orders.csv\""),
        ("view table", "`show` shows rows"),
        ("desc", "write describe"),
    ])

    private static let steps = table([
        ("filter having query keep_if", "`where` keeps rows: | where price > 3"),
        ("limit head top fetch", "`take` keeps the first rows: | take 10"),
        ("offset", "`skip` drops the first rows: | skip 10"),
        ("order orderby order_by sort_by sortby arrange", "`sort` orders rows: | sort price desc"),
        ("group groupby group_by aggregate agg stats reduce rollup", "write | summarize n = count() by region"),
        ("extend mutate with_column with_columns assign eval let set map transform", "`derive` adds columns: | derive total = price * quantity"),
        ("project pluck columns fields get keep pick", "`select` keeps columns: | select region, price"),
        ("project_away remove exclude", "`drop` drops columns: | drop note"),
        ("uniq unique dedup dedupe drop_duplicates", "write distinct"),
        ("merge lookup inner_join left_join", "`join` puts rows side by side: | join left customers on customer"),
        ("concat append add_rows bind_rows", "`union` adds the rows of another frame: | union k"),
        ("flatten unnest mvexpand unwind expand", "`explode` makes a row of each element: | explode tags"),
        ("melt unpivot_longer gather stack", "write | unpivot jan, feb into month, revenue"),
        ("pivot_wider spread crosstab", "write | pivot month = sum(revenue) by region"),
        ("length size len nrow", "`count` gives the number of rows"),
        ("last", "`tail` keeps the last rows: | tail 3"),
        ("first", "`take` keeps the first rows: | take 1"),
        ("shuffle", "`sample` keeps rows chosen by chance: | sample 100 seed 42"),
        ("save_csv to_csv write_csv csv json parquet dump", "`export` writes rows: | export csv to \"out.csv\""),
        ("tee", "give the rows a name with let, and use them twice"),
        ("into", "write let NAME = ... before the pipeline"),
    ])

    private static let functions = table([
        ("range seq", "a range is written 1..10"),
        ("length size strlen char_length character_length count_of array_length", "write len(x)"),
        ("toupper to_upper ucase uppercase", "write upper(s)"),
        ("tolower to_lower lcase lowercase", "write lower(s)"),
        ("substring mid slice", "write substr(s, start, count)"),
        ("strip ltrim rtrim btrim", "write trim(s)"),
        ("lpad", "write pad_left(s, width)"),
        ("rpad", "write pad_right(s, width)"),
        ("concat concat_ws strcat", "`+` joins texts, and \"${a} ${b}\" holds values"),
        ("join implode", "\"${a}, ${b}\" makes one text; `join` puts frames together: | join k on id"),
        ("indexof index_of strpos instr locate position", "contains(s, part) tells whether it is there"),
        ("regexp regexp_like regexp_matches rlike match test", "write x matches \"...\""),
        ("sprintf printf fmt", "write \"${x}\", or format(x, 2)"),
        ("strftime to_char date_format dateformat format_datetime", "write format_date(d, \"%Y-%m-%d\")"),
        ("strptime to_date todatetime todate to_timestamp", "write date(text), timestamp(text) or parse_date(text, \"%d.%m.%Y\")"),
        ("date_trunc trunc startofday startofmonth startofyear datetrunc time_bucket", "write bin(d, \"month\")"),
        ("date_part datepart extract", "write year(d), month(d), day(d) and the like"),
        ("dateadd adddate date_sub datesub add_months", "write date_add(d, n, \"month\")"),
        ("datediff date_sub_days timestampdiff", "write date_diff(from, to, \"day\")"),
        ("getdate current_timestamp sysdate utcnow", "write now()"),
        ("current_date curdate", "write today()"),
        ("ifnull nvl isnull is_null notnull isnotnull", "write x ?? 0 for a value in place of null, x is null to ask"),
        ("iif iff ifelse if_else", "write if(condition, a, b)"),
        ("decode switch", "write case(c1, v1, ..., otherwise)"),
        ("str tostring to_string text", "write string(x)"),
        ("parseint toint to_int integer tolong number", "write int(x)"),
        ("parsefloat tofloat todouble tonumber to_number double real numeric", "write float(x)"),
        ("boolean tobool", "write bool(x)"),
        ("cast convert try_cast", "write int(x), float(x), decimal(x), string(x) or date(x); columns: | cast price = decimal"),
        ("greatest maxof", "write max_of(a, b)"),
        ("least minof", "write min_of(a, b)"),
        ("pow", "write power(x, y)"),
        ("log", "write ln(x)"),
        ("ceiling", "write ceil(x)"),
        ("mean average", "write avg(x)"),
        ("std stdev stddev_samp", "write stddev(x)"),
        ("var var_samp", "write variance(x)"),
        ("dcount nunique count_unique countd approx_count_distinct", "write count_distinct(x)"),
        ("percentile percentile_cont percentiles approx_quantile", "write quantile(x, 0.95)"),
        ("array_agg collect collect_list make_list group_concat string_agg listagg", "write list(x)"),
        ("countif count_if", "write sum(if(condition, 1, 0))"),
        ("sumif", "write sum(if(condition, x, 0))"),
        ("getenv", "write env(\"NAME\")"),
        ("open_file readfile read_file file_get_contents", "write read(\"query.sql\")"),
        ("fromjson from_json parse_json parsejson json_parse loads", "write json(text)"),
        ("json_extract json_value get_json_object jsonextract", "write data.name[0]"),
        ("tojson to_json json_dumps dumps json_stringify", "write json(x)"),
        ("md5 sha1 sha256 crc32", "write hash(x)"),
        ("println echo puts", "`print` writes values"),
        ("input", "`open \"-\"` reads rows from standard input, read(\"-\") all of its text"),
        ("isin", "write x in [a, b]"),
        ("startswith", "write starts_with(s, part)"),
        ("endswith", "write ends_with(s, part)"),
        ("includes has", "write contains(s, part)"),
        ("replaceall gsub", "write replace(s, old, new)"),
        ("push append add", "write xs + [x]"),
    ])

    private static let values = table([
        ("true", "write true"),
        ("false", "write false"),
        ("none nil nothing undefined na", "write null"),
        ("null", "write null"),
        ("nan", "write float(\"NaN\")"),
        ("inf infinity", "write float(\"Infinity\")"),
        ("select", query),
        ("this self it", "in a transform a column's name alone is its value"),
        ("current_date", "write today()"),
        ("current_timestamp", "write now()"),
        ("argv", "the script's arguments are in `args`"),
    ])

    private static let misplaced = table([
        ("elif elsif elseif", "write else if"),
        ("then do begin", "a block stands in braces: { ... }"),
        ("end fi done", "a block ends with a brace: }"),
        ("except rescue finally", "write catch e { ... }"),
        ("as", "a new name stands first: NAME = EXPR"),
        ("descending", "write desc"),
        ("ascending", "write asc"),
        ("if", "if(condition, a, b) chooses a value"),
        ("of", "write `in`"),
        ("to", "a range is written 1..10"),
        ("from", "the text of a query stands in quotes: run \"select ...\""),
        ("where filter", "a transform stands after a pipe: | where ..."),
        ("limit top", "`take` keeps the first rows: | take 10"),
        ("order", "write sort, as in sort price desc"),
        ("group", "write | summarize n = count() by region"),
        ("having", "`where` after `summarize` keeps groups: | where n > 1"),
    ])

    private static let signs: [String: String] = [
        "<>": "write !=",
        "===": "write ==",
        "!==": "write !=",
        "||": "write `or`",
        "|>": "write |",
        "++": "write x = x + 1",
        "+=": "write x = x + ...",
        "-=": "write x = x - ...",
        "*=": "write x = x * ...",
        "/=": "write x = x / ...",
        "**": "write power(x, y)",
        "^": "write power(x, y)",
        "->": "a function is made with def NAME(x) { ... }",
        "=>": "a function is made with def NAME(x) { ... }; `>=` is greater or equal",
        "=<": "write <=",
        ":=": "write let NAME = ..., or NAME = ... to change it",
        "::": "int(x), decimal(x), date(x) and the like convert values",
        "=~": "write `matches`",
        "~": "write `matches`",
        "!~": "write `not matches`",
        "?": "if(condition, a, b) chooses a value, x ?? y is y where x is null",
        "--": "a comment begins with #",
        "//": "a comment begins with #",
        "/*": "a comment begins with #",
    ]
}
