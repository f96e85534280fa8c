// What is wrong with the rows of a service, and what is to be known of them, in words.
import QueryFormats

extension Wording {
    /// A text of the data in a message: no more of it than a line holds, and nothing that a terminal would obey.
    static func shown(_ text: String) -> String {
        let most = 100
        let start = text.unicodeScalars.prefix(most + 1)
        return DisplayText.escaped(String(String.UnicodeScalarView(start.prefix(most)))) + (start.count > most ? "…" : "")
    }
}

extension ResultError {
    var words: String {
        switch self {
        case .incomplete(let offset): "it ends in the middle, at byte \(offset)"
        case .syntax(let offset, let row, let expected): "\(expected) is expected at byte \(offset)\(ResultError.place(row))"
        case .loneSurrogate(let offset, let row): "a `\\u` escape is half of a pair, at byte \(offset)\(ResultError.place(row))"
        case .invalidUTF8(let offset, let row): "byte \(offset) is not UTF-8\(ResultError.place(row))"
        case .nestingTooDeep(let offset, let limit): "values are nested deeper than \(limit), at byte \(offset)"
        case .repeatedMember(let name, let offset): "`\(name)` stands there twice, the second time at byte \(offset)"
        case .unexpectedMember(let name, _, let expected): "`\(name)` is not \(expected)"
        case .raggedRow(let row, let found, let expected): "row \(row) has \(found) values, and there are \(expected) columns"
        case .otherColumns(let expected, let found):
            "the columns of a page are \(found.map(Wording.shown).listed()), "
                + "and those of the pages before \(expected.map(Wording.shown).listed())"
        case .numberOutOfRange(let row, let field, let text):
            "`\(Wording.shown(text))` in the column `\(Wording.shown(field))` of row \(row) is too large for a number"
        case .tooManyColumns(let limit): "it has more than \(limit) columns"
        case .tooLarge(.row, let limit): "a row has more than \(limit.bytesText)"
        case .tooLarge(.column(let name), let limit): "the column `\(Wording.shown(name))` has more than \(limit.bytesText)"
        case .tooLarge(.table, let limit): "it has more than \(limit) cells or bytes of text"
        case .tooLarge(.members, let limit): "it has more than \(limit.bytesText) beside its rows"
        case .memory(let row, let limit): "after \(row) rows it takes more than the \(limit.bytesText) for all frames"
        case .cancelled: "nobody wants it any more"
        }
    }

    private static func place(_ row: Int?) -> String { row.map { ", in row \($0)" } ?? "" }
}

extension ResultWarning {
    var words: String {
        switch self {
        case .renamedColumn(let index, let from, let to): "column \(index), `\(Wording.shown(from))`, is called `\(Wording.shown(to))` here"
        case .unnamedField(let column): "they have the field `\(Wording.shown(column))`, which the service does not name among its columns"
        case .mixedTypes(let column): "`\(Wording.shown(column))` holds values of several types, and is json"
        case .numbersKeptAsText(let column, let row, let example):
            "`\(Wording.shown(column))` stays text: no number holds `\(Wording.shown(example))`, in row \(row), exactly"
        case .duplicateKeys(let key, let count): "\(count) of them have a field twice, such as `\(Wording.shown(key))`; the last value was taken"
        }
    }
}
