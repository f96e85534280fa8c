import QueryFrames
import Testing

@testable import QueryScript

@Suite("the local variables of a function that is compiled")
struct LocalsTests {
    /// The same as plainly as can be: a dictionary for each block.
    private struct Model {
        var blocks: [[Name: Int]] = [[:]]
        var pending: [[Name: Int]] = [[:]]

        func register(_ name: Name) -> Int? { blocks.reversed().lazy.compactMap { $0[name] }.first }
        func block(_ name: Name, upTo block: Int) -> Int? { blocks[...block].lastIndex { $0[name] != nil } }
    }

    @Test("each name means the innermost variable, with few of them and with many")
    func shadowing() {
        let seed = UInt64.random(in: 0..<UInt64.max)
        var random = SeededNumbers(seed: seed)
        let names = (0..<60).map { Name(number: $0) }
        for round in 0..<200 {
            var locals = Locals(), model = Model()
            locals.openBlock()
            for step in 0..<120 {
                // Some rounds know a few names alone.
                let name = names[Int.random(in: 0..<(round.isMultiple(of: 2) ? 60 : 8), using: &random)]
                let innermost = model.blocks.count - 1
                switch Int.random(in: 0..<10, using: &random) {
                case 0:
                    locals.openBlock()
                    model.blocks.append([:])
                    model.pending.append([:])
                case 1 where innermost > 0:
                    locals.closeBlock()
                    model.blocks.removeLast()
                    model.pending.removeLast()
                case 2:
                    locals.postpone(name, cell: step)
                    model.blocks[innermost][name] = nil
                    model.pending[innermost][name] = step
                default:
                    locals.declare(name, Local(register: step, isCell: false))
                    model.blocks[innermost][name] = step
                    model.pending[innermost][name] = nil
                }
                let asked = names[Int.random(in: 0..<60, using: &random)]
                for name in [name, asked] {
                    #expect(locals[name]?.register == model.register(name), "seed \(seed), round \(round), step \(step)")
                    #expect(locals.pendingCell(name) == model.pending[model.blocks.count - 1][name], "seed \(seed), round \(round), step \(step)")
                    let block = Int.random(in: 0..<model.blocks.count, using: &random)
                    #expect(locals.block(of: name, upTo: block) == model.block(name, upTo: block), "seed \(seed), round \(round), step \(step)")
                }
            }
            #expect(Set(locals.names) == Set(model.blocks.flatMap(\.keys)), "seed \(seed), round \(round)")
        }
    }

    @Test("a script of nothing but unknown names says so a hundred times")
    func unknown() {
        let text = (0..<5_000).map { "let v\($0) = w\($0)" }.joined(separator: "\n")
        #expect(ScriptCheck.diagnostics(of: Source(name: "test", text: text), reading: nil).count == Lexer.faultLimit)
    }

    @Test("a record of more fields than there are registers is refused at once, and so is a field that stands twice")
    func manyFields() {
        let fields = (0..<100_000).map { "f\($0): {f0: 1}" }.joined(separator: ", ")
        let found = ScriptCheck.diagnostics(of: Source(name: "test", text: "let r = {\(fields), f7: 2}"), reading: nil).map(\.code)
        #expect(found == [.limit, .syntax])
    }

    @Test("more variables than there are registers are refused at once, however many they are")
    func tooMany() throws {
        let count = 5_000
        let lets = (0..<count).map { $0 == 0 ? "let v0 = 0" : "let v\($0) = v\($0 - 1)" }.joined(separator: "\n")
        let parameters = (0..<count).map { "p\($0)" }.joined(separator: ", ")
        for text in ["if true {\n\(lets)\n}", "def f(\(parameters)) { p1 }"] {
            let found = ScriptCheck.diagnostics(of: Source(name: "test", text: text), reading: nil)
            #expect(found.contains { $0.message.contains("more than 240 values at once") }, "\(found.map(\.message).prefix(3))")
        }
    }
}
