import TestSupport
import Testing

@testable import QueryScript

/// Programs under limits from nothing up to what they need: wherever they are stopped, it is by a clean error.
@Suite("budget sweep")
struct BudgetSweepTests {
    /// Programs of Tests/Programs/run.
    static let programs = ["errors", "frames", "functions", "literals", "matches", "operators", "statements", "strings", "windows"]

    private func text(_ name: String) throws -> String {
        try #require(Files.text("\(Files.package)/Tests/Programs/run/\(name).qs"))
            .replacing("orders.csv", with: "\(Files.package)/Tests/Programs/orders.csv")
    }

    private func expected(_ name: String) throws -> String {
        try #require(Files.text("\(Files.package)/Tests/Programs/run/\(name).out"))
    }

    @Test("a program stopped after any number of instructions leaves a usable session", arguments: programs)
    func instructions(name: String) async throws {
        try await sweep(name) { Limits(instructions: $0) } isExpected: { error, limit in
            error.message.hasPrefix("the script took more than \(limit) instruction")
        }
    }

    @Test("a program stopped at any number of bytes leaves a usable session", arguments: programs)
    func memory(name: String) async throws {
        try await sweep(name) { Limits(memory: $0) } isExpected: { error, _ in error.message.hasPrefix("the script's values take more than") }
    }

    @Test("a program stopped at any depth leaves a usable session", arguments: ["errors", "statements"])
    func depth(name: String) async throws {
        try await sweep(name) { Limits(depth: $0) } isExpected: { error, limit in
            error.message == "functions call each other more than \(limit) deep"
        }
    }

    private func sweep(
        _ name: String, limits: (Int) -> Limits, isExpected: (Diagnostic, Int) -> Bool
    ) async throws {
        let text = try text(name), expected = try expected(name)
        var limit = 1
        while true {
            let session = try TestSession(limits: limits(limit))
            let error = await session.error(text)
            let written = session.written()
            #expect(expected.hasPrefix(written), "at the limit \(limit)")
            #expect(await session.error("print 1 + 1", limits: Limits()) == nil, "at the limit \(limit)")
            #expect(session.written() == "2\n")
            guard let error else { return #expect(written == expected) }
            try #require(error.code == .limit && isExpected(error, limit), "\(error.message) at the limit \(limit)")
            limit += max(1, limit / 4)
        }
    }
}
