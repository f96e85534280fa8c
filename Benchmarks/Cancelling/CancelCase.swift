// What is tried: a script that works on something large for ever, made of the tables of the language, so that a function, an operator,
// a transform or a format that comes to them is tried too.
import QueryFormats
import QueryFrames
import QueryScript

/// A piece of work that is cancelled.
struct CancelCase: Sendable {
    /// What kind of work it is; a row of the summary.
    let group: String
    let name: String
    /// The work itself, a line of a script.
    let line: String
    /// Makes the variables that it names.
    let variables: @Sendable () -> [(name: String, value: ScriptValue)]

    private init(
        group: String, name: String, line: String, variables: @escaping @Sendable @autoclosure () -> [(name: String, value: ScriptValue)] = []
    ) {
        (self.group, self.name, self.line, self.variables) = (group, name, line, variables)
    }

    /// Everything that the language can do over much data.
    static func all(_ data: LargeData) -> [CancelCase] {
        texts(data) + lists(data) + operators(data) + values(data) + columns(data) + transforms(data) + files(data)
    }

    /// Functions of the example's arguments, of which one at a time is a long text.
    private static func texts(_ data: LargeData) -> [CancelCase] {
        Functions.rows.flatMap { row in
            row.example.arguments.indices.flatMap { place -> [CancelCase] in
                guard case .string(let text) = row.example.arguments[place] else { return [] }
                var arguments = row.example.arguments.map(\.literal)
                arguments[place] = "big"
                let call = "\(row.name)(\(arguments.joined(separator: ", ")))"
                let long = CancelCase(group: "functions of a text", name: call, line: "let v = \(call)", variables: [("big", data.text(of: text))])
                guard let first = text.first, "[{".contains(first) else { return [long] }
                return [
                    long,
                    CancelCase(
                        group: "functions of a text", name: "\(call), a JSON list", line: "let v = \(call)",
                        variables: [("big", data.json(of: text))]),
                ]
            }
        }
    }

    /// Aggregates and functions of a long list.
    private static func lists(_ data: LargeData) -> [CancelCase] {
        let aggregates = Aggregates.rows.filter { $0.arity.contains(1) || $0.arity.contains(2) }.map { row in
            row.arity.contains(1) ? "\(row.name)(numbers)" : "\(row.name)(numbers, 0.5)"
        }
        let others = ["json(numbers)", "len(numbers)", "contains(numbers, -1)", "numbers + numbers", "-1 in numbers", "numbers == numbers", "numbers[5]"]
        return (aggregates + others).map {
            CancelCase(group: "lists", name: $0, line: "let v = \($0)", variables: [("numbers", data.numbers)])
        }
    }

    /// Every operator between two long texts.
    private static func operators(_ data: LargeData) -> [CancelCase] {
        BinaryOperator.allCases.map { op in
            let right = op == .matches ? "\"(s+t?)+x\"" : op == .like ? "\"%x_y%\"" : op == .in ? "[b]" : "b"
            let expression = "a \(op.rawValue) \(right)"
            return CancelCase(
                group: "operators of texts", name: expression, line: "let v = \(expression)",
                variables: [("a", data.half(of: "straße, ")), ("b", data.half(of: "straße, "))])
        }
    }

    /// What else is done with large values.
    private static func values(_ data: LargeData) -> [CancelCase] {
        let text = { @Sendable in ("big", data.text(of: "straße \"$\n")) }, list = { @Sendable in ("numbers", data.numbers) }
        let records = { @Sendable in ("records", data.records) }, json = { @Sendable in ("document", data.jsonDocument) }
        func tried(_ name: String, _ line: String, _ variable: (@Sendable () -> (String, ScriptValue))? = nil) -> CancelCase {
            CancelCase(group: "values", name: name, line: line, variables: variable.map { [$0()] } ?? [])
        }
        return [
            tried("print of a text", "print big", text), tried("print of a list", "print numbers", list),
            tried("print of records", "print records", records), tried("print of a record", "print {a: big}", text),
            tried("warn of a text", "warn big", text), tried("warn of a list", "warn numbers", list),
            tried("show of a text", "show big", text), tried("show of a list", "show numbers", list), tried("show of records", "show records", records),
            tried("interpolation of a text", "let v = \"<${big}>\"", text), tried("interpolation of a list", "let v = \"<${numbers}>\"", list),
            tried("interpolation of a record", "let r = {a: big}\nlet v = \"<${r}>\"", text),
            tried("json of records", "let v = json(records)", records), tried("frame of records", "let v = records | take 1", records),
            tried("frame of JSON", "let v = document | take 1", json), tried("element of JSON", "let v = json(string(document))[1]", json),
            tried("loop over JSON", "for x in json(string(document)) { break }", json),
            tried("column of a frame", "let v = j.customer") { ("j", data.frame) },
            tried("list that grows", "let v = []\nfor i in 1..3000000 { v = v + [i] }"),
            tried("records that are collected", "let v = []\nfor i in 1..1000000 { v = v + [{id: i, name: \"n${i}\"}] }"),
            tried("text that grows", "let v = \"\"\nfor i in 1..6000000 { v = v + \"0123456789\" }"),
            tried("loop", "let v = 0\nfor i in 1..1000000000 { v = v + i }"),
        ]
    }

    /// Every function over a column, and every aggregate and window.
    private static func columns(_ data: LargeData) -> [CancelCase] {
        let functions = Functions.rows.filter { !$0.example.arguments.isEmpty }.map { row -> CancelCase in
            var arguments = row.example.arguments.map(\.literal)
            let place = row.choice == .byCondition ? 1 : 0
            arguments[place] = "x"
            let call = "\(row.name)(\(arguments.joined(separator: ", ")))"
            return CancelCase(
                group: "functions of a column", name: call, line: "let v = f | derive y = \(call)",
                variables: [("f", data.column(of: row.example.arguments[place]))])
        }
        let lines = Aggregates.rows.map { ("aggregates of a column", $0.name, $0.example) } + Windows.rows.map { ("windows", $0.name, $0.example) }
        let operators = BinaryOperator.allCases.map { op in
            let right = op == .matches ? "\"(e+r?)+x\"" : op == .like ? "\"%x_y%\"" : op == .in ? "[\"x\", \"y\"]" : "customer"
            return ("operators of columns", "customer \(op.rawValue) \(right)", "j | derive y = customer \(op.rawValue) \(right)")
        }
        return functions + (lines + operators).map { line in
            CancelCase(group: line.0, name: line.1, line: "let v = \(line.2)", variables: [("j", data.frame)])
        }
    }

    /// Every transform, as its example says.
    private static func transforms(_ data: LargeData) -> [CancelCase] {
        CommandTable.standard.transforms.map { row in
            // Its result has a column of a name that the orders have already.
            let line = row.name == "unpivot" ? row.example.replacing("j |", with: "j | drop month |") : row.example
            return CancelCase(
                group: "transforms", name: row.example, line: "let v = \(line)",
                variables: [("j", data.frame), ("k", data.frame), ("customers", data.customers)])
        } + [CancelCase(group: "transforms", name: "describe j", line: "let v = describe j", variables: [("j", data.frame)])]
    }

    /// Every format, in and out.
    private static func files(_ data: LargeData) -> [CancelCase] {
        Formats.rows.flatMap { row -> [CancelCase] in
            let path = "\(data.folder)/large.\(row.endings.first ?? row.name)"
            var cases: [CancelCase] = []
            if row.canWrite {
                cases.append(CancelCase(group: "export and open", name: "export \(row.name)", line: "export j \(row.name)", variables: [("j", data.frame)]))
                cases.append(CancelCase(
                    group: "export and open", name: "export \(row.name) to a file", line: "export j \(row.name) to \"\(path)\"", variables: [("j", data.frame)]))
            }
            if row.canRead, row.canWrite {
                cases.append(CancelCase(group: "export and open", name: "open \(row.name)", line: "let v = open \"\(path)\" as \(row.name)"))
            }
            return cases
        }
    }
}
