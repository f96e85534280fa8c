import QueryFrames
import TestSupport
import Testing

@testable import QueryScript

@Suite("the layout of scripts")
struct FormatTests {
    private func formatted(_ text: String) -> String? {
        guard case .text(let out) = ScriptFormat.format(Source(name: "test", text: text)) else { return nil }
        return out
    }

    @Test("blanks, semicolons and blank lines have one form", arguments: [
        ("let   x=1;let y =  -x+3", "let x = 1\nlet y = -x + 3\n"),
        ("\n\n\nprint 1\n\n\n\nprint 2\n\n", "print 1\n\nprint 2\n"),
        ("print sum( [1 , 2,] ),{a:1 , b :-2}", "print sum([1, 2]), {a: 1, b: -2}\n"),
        ("j|where a>1 and b . c==x[ 0 ]", "j | where a > 1 and b.c == x[0]\n"),
        ("run q with month = \"2024-05\" , n= -1", "run q with month=\"2024-05\", n=-1\n"),
        ("def f (a,b=10){a+b}", "def f(a, b = 10) { a + b }\n"),
        ("for i in 1 .. 3{print i}", "for i in 1..3 { print i }\n"),
        ("", ""), ("\u{feff}print 1\r\nprint 2\r\n", "print 1\nprint 2\n"),
        ("o|derive r=rank( )over(sort a)", "o | derive r = rank() over (sort a)\n"),
        ("print(1)\nprint if(a,1,2)\nif(a){print 1}", "print (1)\nprint if(a, 1, 2)\nif (a) { print 1 }\n"),
        ("print 'a  b',\"${ x+1 }\"", "print 'a  b', \"${ x+1 }\"\n"),
        ("try{wait j}catch e{print e}", "try { wait j } catch e { print e }\n"),
    ])
    func blanks(text: String, expected: String) {
        #expect(formatted(text) == expected)
    }

    @Test("a block of one short statement may stand in a line, any other is moved to the right")
    func blocks() {
        #expect(formatted("if a{\nprint 1}") == "if a { print 1 }\n")
        #expect(formatted("if a{print 1;print 2}else{print 3}") == "if a {\n    print 1\n    print 2\n} else {\n    print 3\n}\n")
        #expect(formatted("while a { }") == "while a { }\n")
        #expect(formatted("def f() { for x in y { print x } }") == "def f() {\n    for x in y { print x }\n}\n")
        let long = "if a { print \"" + String(repeating: "x", count: 40) + "\" }"
        #expect(formatted(long) == "if a {\n    print \"" + String(repeating: "x", count: 40) + "\"\n}\n")
    }

    @Test("a pipeline that does not fit is broken before each pipe")
    func pipelines() {
        let stage = " | where revenue > 1000 and region in [\"EU\", \"UK\"]"
        #expect(formatted("let x = orders" + stage + stage) == "let x = orders\n   " + stage + "\n   " + stage + "\n")
        #expect(formatted("let x = orders\n" + stage) == "let x = orders" + stage + "\n")
    }

    @Test("a list that does not fit is broken inside of its brackets")
    func lists() {
        let names = (0..<40).map { "\"name \($0)\"" }.joined(separator: ", ")
        let text = formatted("let x = [\(names)]") ?? ""
        #expect(text.hasPrefix("let x = [\n    \"name 0\", ") && text.hasSuffix("\n]\n"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= ScriptFormat.width })
        let record = (0..<10).map { "a\($0): \"a value of some length\"" }.joined(separator: ", ")
        #expect(formatted("print {\(record)}")?.split(separator: "\n").count == 12)
    }

    @Test("an expression that does not fit is broken behind its operators, those that bind least first")
    func operators() {
        let name = String(repeating: "x", count: 30)
        let short = String(repeating: "x", count: 22)
        #expect(formatted("let s = \(short) + \(short) * \(short) - \(short)") == "let s = \(short) + \(short) * \(short) -\n    \(short)\n")
        #expect(formatted("print \(short) * -\(short) // \(short) % \(short)") == "print \(short) * -\(short) // \(short) %\n    \(short)\n")
        #expect(formatted("let s = \(name) + \(name) > \(name) + \(name)") == "let s = \(name) + \(name) >\n    \(name) + \(name)\n")
        #expect(formatted("let s = \(name) ?? \(name) ?? \(name) ?? 1") == "let s = \(name) ?? \(name) ??\n    \(name) ?? 1\n")
        // Behind what takes several lines begins a line.
        #expect(formatted("j | derive a = \(name) + \(name) + \(name), b = 1 | take 1")
            == "j\n    | derive a = \(name) + \(name) +\n        \(name),\n        b = 1\n    | take 1\n")
    }

    @Test("comments stay at their places")
    func comments() {
        #expect(formatted("#!/usr/bin/env qs\n#a\n\n\n# b\nprint 1# c\n# d") == "#!/usr/bin/env qs\n#a\n\n# b\nprint 1  # c\n# d\n")
        #expect(formatted("if a { # why\n# x\nprint 1 # y\n# z\n}# end") == "if a {  # why\n    # x\n    print 1  # y\n    # z\n}  # end\n")
        #expect(formatted("j # a\n| take 1 # b\n# c\n| show") == "j  # a\n    | take 1  # b\n    # c\n    | show\n")
        #expect(formatted("print [1, # one\n2, # two\n]") == "print [\n    1,  # one\n    2\n    # two\n]\n")
        #expect(formatted("print 1; # a\nprint 2") == "print 1  # a\nprint 2\n")
        #expect(formatted("if a { }\n# b\nelse { }") == "if a {\n}\n# b\nelse {\n}\n")
        #expect(formatted("# only") == "# only\n")
    }

    @Test("long strings stay as they are, to the byte")
    func strings() {
        let text = "save q as \"\"\"\n  select  *\n      from t\n    \"\"\" on orders\n"
        #expect(formatted(text) == text)
    }

    @Test("what is no script is refused with its errors")
    func refused() {
        guard case .refused(let diagnostics) = ScriptFormat.format(Source(name: "test", text: "print (\nlet x = ]")) else {
            Issue.record("taken")
            return
        }
        #expect(!diagnostics.isEmpty)
    }

    // MARK: Properties

    /// The tree without the places of its nodes.
    private func tree(_ text: String) -> [String]? {
        guard case .script(let tree) = Parser.parse(Source(name: "test", text: text)) else { return nil }
        return tree.ids.map { id in
            switch tree[id] {
            case .function(let part):
                var function = tree.function(part)
                // A set has no order.
                let names = function.innerNames.map(tree.text).sorted()
                function.innerNames = []
                return FormatTests.withoutPlaces("\(function) \(names)")
            case .pipeline(let part):
                let pipeline = tree.pipeline(part)
                return FormatTests.withoutPlaces("\(String(describing: pipeline.subject)) \(pipeline.stages.map(FormatTests.described))")
            case .window(let part): return FormatTests.withoutPlaces("\(tree.window(part))")
            case let node: return "\(node)"
            }
        } + ["\(tree.statements) \(tree.children) \(tree.names.texts) \(tree.literals)"]
    }

    private static func described(_ stage: Stage) -> String {
        switch stage.kind {
        case .command(let row, let arguments): "\(row.name) \(arguments)"
        case .transform(let row, let arguments): "\(row.name) \(arguments)"
        }
    }

    private static func withoutPlaces(_ text: String) -> String {
        var out = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "Span(") {
            out += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: ")") else { break }
            rest = rest[rest.index(after: end)...]
        }
        return out + rest
    }

    private func comments(_ text: String) -> [String] {
        let source = Source(name: "test", text: text)
        return Lexer.read(source).comments.map { span in
            var text = source.text(span)
            while let last = text.last, last == " " || last == "\t" || last == "\r" { text.removeLast() }
            return text
        }
    }

    /// Checks all that the layout promises of one script; false where it is none.
    @discardableResult
    private func holds(_ text: String, _ name: String) -> Bool {
        guard let before = tree(text) else { return false }
        guard let once = formatted(text) else {
            Issue.record("\(name) was refused")
            return false
        }
        if tree(once) != before { Issue.record("\(name) means something else:\n\(text)\n---\n\(once)") }
        if comments(once) != comments(text) { Issue.record("\(name) has other comments:\n\(once)") }
        let twice = formatted(once)
        if twice != once { Issue.record("\(name) changes again:\n\(once)\n---\n\(twice ?? "")") }
        return true
    }

    private static var programs: [(name: String, text: String)] {
        ["/Tests/Programs/run/", "/Tests/Programs/fail/", "/Examples/"].flatMap { folder in
            Files.names(in: Files.package + folder).filter { $0.hasSuffix(".qs") }.compactMap { name in
                Files.text(Files.package + folder + name).map { (name, $0) }
            }
        }
    }

    @Test("every program keeps its tree and its comments, and is laid out once for all")
    func everyProgram() {
        let count = FormatTests.programs.count { holds($0.text, $0.name) }
        #expect(count > 80)
    }

    @Test("the layout does not depend on blanks")
    func otherBlanks() {
        let seed = UInt64.random(in: 0..<UInt64.max)
        var generator = SeededNumbers(seed: seed)
        for (name, text) in FormatTests.programs {
            guard let expected = formatted(text), comments(text).isEmpty else { continue }
            let source = Source(name: name, text: text)
            var other = "", last = 0, inString = 0
            for token in Lexer.read(source).tokens {
                let between = String(decoding: source.bytes[last..<max(last, Int(token.span.start))], as: UTF8.self)
                let isBlank = inString == 0 && !between.isEmpty && between.allSatisfy { $0 == " " }
                other += isBlank ? String(repeating: " ", count: Int.random(in: 1...4, using: &generator)) : between
                other += source.text(token.span)
                last = max(last, Int(token.span.end))
                if token.kind == .stringStart { inString += 1 }
                if token.kind == .stringEnd { inString -= 1 }
            }
            #expect(formatted(other) == expected, "\(name), seed \(seed)")
        }
    }

    @Test("generated programs keep their tree and their comments, and are laid out once for all")
    func generated() {
        let seed = UInt64.random(in: 0..<UInt64.max)
        var programs = RandomPrograms(seed: seed)
        for index in 0..<60 {
            let text = programs.next()
            #expect(holds(text, "program \(index) of seed \(seed)"), "no script: seed \(seed)\n\(text)")
        }
    }
}
