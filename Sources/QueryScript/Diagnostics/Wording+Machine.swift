// Faults of a running script in words.
import QueryFormats
import QueryFrames

extension MachineFault {
    var wording: Wording {
        switch self {
        case .evaluation(let error): error.wording
        case .service(let error): error.wording
        case .format(let error): error.wording
        case .chart(let error): error.wording
        case .chartEnding(let path):
            Wording(
                code: .unknownFormat, message: "a chart is written as SVG, and the name `\(path)` does not end with `.svg`",
                hint: "to \"chart.svg\"; without `to` it is drawn here")
        case .plan(let error): error.wording
        case .notAFunction(let found): Wording(code: .type, message: "\(found.withArticle) cannot be called", hint: "only a function can")
        case .argumentCount(let function, let expected, let found):
            Wording(
                code: .usage,
                message: "`\(function)` takes \(expected.lowerBound)\(expected.count > 1 ? " to \(expected.upperBound)" : "") argument\(expected.upperBound == 1 ? "" : "s"), and was given \(found)")
        case .callDepth(let limit): Wording(code: .limit, message: "functions call each other more than \(limit) deep")
        case .limit(let passed): passed.wording
        case .again(let failure): failure.fault.wording
        case .condition(let found):
            Wording(code: .type, message: "a condition is true or false, and this is of the type \(found)", hint: "compare it with something")
        case .unknownField(let name, let of, let known):
            Wording(
                code: .unknownField, message: "the \(of) has no field `\(name)`",
                hint: Nearest.hint(name, in: known) ?? Wording.function(insteadOf: name, of: of), 
                notes: known.isEmpty ? [] : ["fields: \(known.listed())"])
        case .noMembers("string", nil):
            Wording(code: .type, message: "a value of the type string has no elements", hint: "substr(s, 1, 1) is its first character")
        case .noMembers(let type, let member):
            Wording(
                code: .type, message: "a value of the type \(type) has no \(member.map { "field `\($0)`" } ?? "fields or elements")",
                hint: member.flatMap { Wording.function(insteadOf: $0, of: type) })
        case .indexType("string", "job"):
            Wording(code: .type, message: "a job is not indexed by a name", hint: "j.name is a field of the job or a column of its rows, j[0] its first row")
        case .indexType("string", "frame"):
            Wording(code: .type, message: "a frame is not indexed by a name", hint: "x.name is a column as a list, x[0] the first row")
        case .indexType(let found, let of):
            Wording(
                code: .type, message: "a \(of) cannot be indexed by a value of the type \(found)",
                hint: of == "record" ? nil : "x[0] is the first, x[-1] the last")
        case .notIterable(let type):
            Wording(code: .type, message: "`for` cannot go through a value of the type \(type)", hint: "a list, record, range, frame or job is expected")
        case .rangeType(let found):
            Wording(
                code: .type, message: "the ends of a range are ints, and this is of the type \(found)", hint: found == "string" ? "`+` joins texts" : nil)
        case .undefined(let name): Wording(code: .value, message: "`\(name)` has no value yet", hint: "its `let` has not run")
        case .tooDeep(let limit): Wording(code: .limit, message: "the value is nested more than \(limit) levels deep")
        case .cancelled: Wording(code: .cancelled, message: "stopped")
        case .argument(let command, let slot, let expected, let found):
            Wording(code: .type, message: "`\(command)` takes \(expected) for \(slot.uppercased()), and this is \(found.withArticle)")
        case .variableNotScalar(let name, let found):
            Wording(
                code: .type, message: "`\(name)` is \(found.withArticle), which an expression over columns cannot hold",
                hint: "a single value or a list of them is expected")
        case .failed(let text): Wording(code: .failed, message: text)
        case .assertion(let text): Wording(code: .assertion, message: text ?? "the assertion does not hold")
        case .timeout(let id, let after):
            Wording(
                code: .timeout, message: "the job \(id) was still running after \(Scalar.duration(after).text)",
                notes: ["the job goes on; `wait` waits for it again"])
        case .notAFrame(let found):
            Wording(code: .type, message: "rows are expected here, and this is \(found.withArticle)", hint: "a job, a frame or a list of records")
        case .unknownFormat(let name, let known):
            Wording(
                code: .unknownFormat, message: "there is no format `\(name)` for this",
                hint: Nearest.hint(name, in: known) ?? (Formats.row(forPath: name) == nil ? nil : "the name of a file stands after to: to \"\(name)\""),
                notes: ["formats: \(known.listed())"])
        case .unknownHelp(let name, let known):
            Wording(
                code: .unknownCommand, message: "there is nothing called `\(name)` to explain", hint: Nearest.hint(name, in: known),
                notes: ["`help` lists them all"])
        case .mixedColumn(let name, let first, let found):
            Wording(code: .type, message: "the records' field `\(name)` is \(first) in one and \(found) in another", hint: "a column has one type")
        case .notRun(let what): Wording(code: .value, message: "\(what) is not there: nothing is run in a dry run")
        case .shell(.status(let status)):
            Wording(
                code: .commandFailed, message: "the command failed with the status \(status)",
                hint: status == 127 ? "the shell found no such command" : nil)
        case .shell(.signal(let signal)): Wording(code: .commandFailed, message: "the command was ended by the signal \(signal)")
        case .severalFrames(let format):
            Wording(
                code: .type, message: "the format \(format) holds one table, and these are several",
                hint: "export each of them, or put them together with union",
                notes: ["several are held by: \(Formats.rows.filter(\.holdsSeveral).map(\.name).listed())"])
        case .detached: Wording(code: .cancelled, message: "the script did not wait for a job that goes on")
        case .setting(let fault): fault.wording
        case .unknownSetting(let name, let known):
            Wording(
                code: .unknownOption, message: "there is no setting `\(name)`", hint: Nearest.hint(name, in: known),
                notes: ["settings: \(known.listed())"])
        case .notGranted(let what): Wording(code: .notGranted, message: "this program does not let scripts use \(what)")
        case .exit(let status): Wording(code: .failed, message: "exit \(status)")
        }
    }
}

extension Wording {
    /// What gives what another language has as a field: `month(d)` for `d.month`, where there is such a function.
    static func function(insteadOf name: String, of type: String) -> String? {
        if type == "frame" || type == "job" {
            return ["length", "len", "size", "count"].contains(name.lowercased()) ? "x | count gives the number of rows" : nil
        }
        let known = name.lowercased()
        if Functions.row(named: known) != nil || Aggregates.row(named: known) != nil { return "write \(known)(x)" }
        return OtherLanguages.hint(for: name, at: .function)
    }
}

extension Limits.Passed {
    fileprivate var wording: Wording {
        switch self {
        case .instructions(let count):
            Wording(code: .limit, message: "the script took more than \(count) instruction\(count == 1 ? "" : "s")")
        case .memory(let bytes): Wording(code: .limit, message: "the script's values take more than \(bytes.asBytes)")
        case .time(let time):
            Wording(code: .limit, message: "the script took longer than \(Scalar.duration(time.microseconds).text)")
        case .text(let bytes): Wording(code: .limit, message: "a text would get longer than \(bytes.asBytes)")
        }
    }
}

extension Duration {
    fileprivate var microseconds: Int64 {
        let (seconds, rest) = components
        let (micros, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        return overflow ? .max : micros.addingReportingOverflow(rest / 1_000_000_000_000).partialValue
    }
}

extension Int {
    /// A number of bytes in the largest exact unit: `64 MiB`.
    fileprivate var asBytes: String {
        for (unit, name) in [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")] where self >= unit && self % unit == 0 {
            return "\(self / unit) \(name)"
        }
        return "\(self) byte\(self == 1 ? "" : "s")"
    }
}

extension String {
    /// The name of a type with its article, as `an int`.
    fileprivate var withArticle: String {
        if contains(" ") || first?.isNumber ?? true || self == "nothing" || self == "null" { return self }
        return ("aeiou".contains(first ?? "x") ? "an " : "a ") + self
    }
}
