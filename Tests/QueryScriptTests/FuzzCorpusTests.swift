import FuzzTargets
import TestSupport
import Testing

@Suite("what the fuzzer has found")
struct FuzzCorpusTests {
    @Test("every kept case is answered by its target", .timeLimit(.minutes(15)), arguments: FuzzTarget.allCases)
    func kept(target: FuzzTarget) async throws {
        let folder = Files.package + "/Fuzz/Corpus/" + target.rawValue
        for name in Files.names(in: folder) {
            let bytes = try #require(Files.bytes(folder + "/" + name))
            #expect(await target.run(bytes) == nil, "\(target.rawValue)/\(name)")
        }
    }

    @Test("every program is answered by the lexer, the parser and the checker", arguments: [FuzzTarget.lexer, .parser, .checker])
    func programs(target: FuzzTarget) async throws {
        for folder in ["/Tests/Programs/run/", "/Tests/Programs/fail/"] {
            for name in Files.names(in: Files.package + folder) where name.hasSuffix(".qs") {
                let bytes = try #require(Files.bytes(Files.package + folder + name))
                #expect(await target.run(bytes) == nil, "\(target.rawValue), \(name)")
            }
        }
    }
}
