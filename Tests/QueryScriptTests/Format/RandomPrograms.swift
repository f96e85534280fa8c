// Programs made by chance, well formed and ill laid out, for what has to hold of all of them.
import QueryFrames

/// Makes one program after the other.
struct RandomPrograms {
    private var generator: SeededNumbers

    init(seed: UInt64) { generator = SeededNumbers(seed: seed) }

    mutating func next() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 1...8, using: &generator) { text += lines(statement(3)) }
        return text
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

    private mutating func pick(_ choices: [String]) -> String { choices[Int.random(in: choices.indices, using: &generator)] }

    /// Blanks, of any number.
    private mutating func blanks() -> String { String(repeating: " ", count: Int.random(in: 1...3, using: &generator)) }

    /// What may stand where lines may end: blanks, a line's end, a comment.
    private mutating func space() -> String {
        chance(70) ? blanks() : chance(60) ? "\n" + blanks() : blanks() + "# note \(Int.random(in: 0..<9, using: &generator))\n"
    }

    private mutating func lines(_ statement: String) -> String {
        var text = ""
        if chance(15) { text += "\n\n" }
        if chance(15) { text += "  # before\n" }
        text += statement
        text += chance(20) ? "; " : chance(20) ? " # after\n" : "\n"
        return text
    }

    private mutating func block(_ depth: Int) -> String {
        var text = "{" + (chance(15) ? " # open\n" : blanks())
        for _ in 0..<Int.random(in: 0...2, using: &generator) { text += lines(statement(depth - 1)) }
        if chance(10) { text += "# last\n" }
        return text + "}"
    }

    private mutating func statement(_ depth: Int) -> String {
        if depth == 0 { return "print" + blanks() + expression(2) }
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: return "let" + blanks() + name() + "=" + space() + pipeline()
        case 1: return "if " + expression(2) + blanks() + block(depth) + (chance(50) ? space() + "else " + block(depth) : "")
        case 2: return "for " + name() + " in " + pipeline() + " " + block(depth)
        case 3: return "def f(" + name() + "," + blanks() + name() + "=" + expression(1) + ")" + block(depth)
        case 4: return "try " + block(depth) + " catch e " + block(depth)
        case 5: return "while " + expression(2) + block(depth)
        case 6: return name() + " =" + blanks() + expression(3)
        case 7: return "print " + expression(3) + "," + space() + expression(2)
        default: return pipeline()
        }
    }

    private mutating func pipeline() -> String {
        var text = chance(30) ? "run query_name with month=" + expression(1) + "," + space() + "second = " + expression(1) : name()
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            text += space() + "|" + blanks()
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: text += "where " + expression(3)
            case 1: text += "select " + name() + "," + space() + "net=" + expression(2) + ", " + name()
            case 2: text += "sort " + expression(1) + " desc nulls last," + space() + "-" + name()
            case 3: text += "summarize n = count(), total=sum(" + name() + ") by " + name()
            default: text += "derive r = lag(" + name() + ", 1)over(by " + name() + " sort " + name() + ")"
            }
        }
        return text
    }

    private mutating func name() -> String { pick(["a", "region", "revenue_of_the_year", "x", "`Total Revenue`", "orders_of_customers"]) }

    private mutating func expression(_ depth: Int) -> String {
        if depth == 0 {
            return pick(["1", "2.5", "-3", "\"text  ${ a+1 }\"", "'raw'", "@2024-05-01", "30s", "true", "null", "a", "revenue", "$region", "1_000"])
        }
        let left = expression(depth - 1), right = expression(depth - 1)
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: return "(" + left + ")" + pick(["+", " - ", "*", " /  ", "//", "%"]) + "(" + right + ")"
        case 1: return "(" + space() + "(" + left + ") == " + right.inParentheses + space() + ")"
        case 2: return "[" + space() + left + "," + space() + right + (chance(30) ? "," : "") + space() + "]"
        case 3: return "{" + space() + "name:" + left + "," + space() + "`other name` :" + right + "}"
        case 4: return "round(" + left + "," + space() + right + ")"
        case 5: return "(" + left + space() + "and" + space() + right + ")"
        case 6: return "((" + left + ") between (" + right + ") and (" + left + "))"
        case 7: return "-(" + left + ")"
        case 8: return "(not" + blanks() + "(" + left + "))"
        case 9: return "(" + pipeline() + ")"
        case 10: return "x[" + left + "].name"
        default: return "(" + left + ") ?? (" + right + ")"
        }
    }
}

extension String {
    fileprivate var inParentheses: String { "(" + self + ")" }
}
