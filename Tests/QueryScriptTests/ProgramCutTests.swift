import TestSupport
import Testing

@testable import QueryScript

@Suite("scripts that are cut anywhere")
struct ProgramCutTests {
    @Test("every beginning of every test program is taken or refused, and nothing traps")
    func everyByte() throws {
        let folder = Files.package + "/Tests/Programs/"
        let names = ["run/", "fail/"].flatMap { part in Files.names(in: folder + part).map { part + $0 } }.filter { $0.hasSuffix(".qs") }
        #expect(names.count > 80)
        for name in names {
            let bytes = try #require(Files.bytes(folder + name))
            for end in 0...bytes.count {
                let source = Source(name: name, bytes: Array(bytes[..<end]))
                switch Parser.parse(source) {
                case .script(let tree), .failed(_, rest: let tree), .unfinished(_, rest: let tree):
                    _ = Compiler.compile(tree, source: source, globals: GlobalNames())
                }
                _ = Highlighter.pieces(of: String(decoding: bytes[..<end], as: UTF8.self))
                _ = CompletionPlace(text: String(decoding: bytes, as: UTF8.self), cursor: end)
            }
        }
    }
}
