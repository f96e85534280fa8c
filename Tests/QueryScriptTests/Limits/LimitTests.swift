import Dispatch
import QueryFrames
import Testing

@testable import QueryScript

@Suite("limits")
struct LimitTests {
    /// Small enough to be reached soon, also by a build without optimization.
    private static let small = Limits(memory: 4 << 20, depth: 200)

    @Test("a script that never ends by itself ends in an error of its limit, and the session goes on", arguments: [
        ("def f(n) { f(n + 1) }\nf(0)", "functions call each other more than 200 deep"),
        ("def f(n) { return g(n) + 1 }\ndef g(n) { return f(n) + 1 }\nlet x = f(0)", "functions call each other more than 200 deep"),
        ("let l = []\nwhile true { l = l + [1] }", "the script's values take more than 4 MiB"),
        ("let l = []\nwhile true { l = [l] }", "the script's values take more than 4 MiB"),
        ("let l = []\nwhile true { l = l + [{a: 1, b: \"${l[-1]}\"}] }", "the script's values take more than 4 MiB"),
        ("let l = [1]\nwhile true { l = l + l }", "the script's values take more than 4 MiB"),
        ("let s = \"x\"\nwhile true { s = s + s }", "the script's values take more than 4 MiB"),
        ("let s = \"x\"\nwhile true { s = \"${s}${s}\" }", "the script's values take more than 4 MiB"),
        ("let s = \"x\"\nwhile true { s = s + \"0123456789012345678901234567890123456789\" }", "the script's values take more than 4 MiB"),
        ("let l = []\nfor i in 1..9000000000000000000 { let j = i\n def f() { return j }\n l = l + [f] }", "the script's values take more than 4 MiB"),
    ])
    func endless(script: String, message: String) async throws {
        let session = try TestSession(limits: LimitTests.small)
        let error = try #require(await session.error(script))
        #expect(error.code == .limit)
        #expect(error.message == message)
        #expect(await session.error("print 1 + 1") == nil)
        #expect(session.written() == "2\n")
    }

    @Test("what is freed does not count")
    func garbage() async throws {
        let session = try TestSession(limits: Limits(memory: 64 << 10))
        #expect(await session.error("let t = \"\"\nfor i in 1..20000 { t = \"text number ${i}\" }\nprint t") == nil)
        #expect(session.written() == "text number 20000\n")
    }

    @Test("a text longer than a row may be is an error, whatever makes it", arguments: [
        "let s = pad_left(\"s\", 10000000000, \"x\")", "let s = pad_right(\"s\", 9000000000000000000, \"xyz\")",
        "let s = pad_left(\"x\", 40000000, \"x\")\nlet t = s + s", "let s = pad_left(\"x\", 40000000, \"x\")\nlet t = \"${s}${s}\"",
        "let s = pad_left(\"x\", 1000000, \"x\")\nlet t = replace(s, \"x\", s)",
    ])
    func longText(script: String) async throws {
        let session = try TestSession()
        #expect(try #require(await session.error(script)).code == .limit)
        #expect(await session.error("print 1 + 1") == nil)
    }

    @Test("instructions are counted at every way in which a script can go on", arguments: [
        "while true { }", "for i in 1..9000000000000000000 { }", "let l = [1, 2, 3]\nwhile true { for x in l { if x > 1 { continue } } }",
        "def f(n) { if n > 0 { return f(n - 1) } }\nwhile true { let x = f(50) }", "while true { try { fail \"x\" } catch e { } }",
        "while true { try { let x = 1 + \"a\" } catch e { } }", "let x = 0\nwhile true { x = len(\"abc\") }",
        "def sum(z) { let s = 0\nfor i in 1..9000000000000000000 { s = s + z }\nreturn s }\nlet x = sum(0)",
    ])
    func instructions(script: String) async throws {
        let session = try TestSession(limits: Limits(instructions: 20_000))
        let error = try #require(await session.error(script))
        #expect(error.code == .limit)
        #expect(error.message == "the script took more than 20000 instructions")
        // Every run has all of them.
        #expect(await session.error("print 1 + 1") == nil)
        #expect(session.written() == "2\n")
    }

    @Test("each round of a loop that only sums up counts as its two instructions")
    func rounds() async throws {
        func leastLimit(rounds: Int) async throws -> Int {
            let script = "def sum(n) { let s = 0\nfor i in 1..n { s = s + i }\nreturn s }\nlet x = sum(\(rounds))"
            var (low, high) = (1, 10_000)
            while low < high {
                let middle = (low + high) / 2
                if await (try TestSession(limits: Limits(instructions: middle))).error(script) == nil { high = middle } else { low = middle + 1 }
            }
            return low
        }
        let least = try await leastLimit(rounds: 10)
        #expect(try await leastLimit(rounds: 11) == least + 2)
        #expect(try await leastLimit(rounds: 1010) == least + 2000)
    }

    @Test("moving much data counts as many instructions")
    func weights() async throws {
        let session = try TestSession(limits: Limits(instructions: 200_000))
        #expect(await session.error("let l = [1]\nfor i in 1..12 { l = l + l }\nlet n = 0\nfor i in 1..20 { let m = [i] + l }") == nil)
        #expect(await session.error("let n = 0\nfor i in 1..4000 { let m = [i] + l }")?.code == .limit)
    }

    @Test("no script catches a limit", arguments: [
        ("try { while true { } } catch e { print \"caught\" }", Limits(instructions: 5_000)),
        ("try { let l = []\n while true { l = l + [1] } } catch e { print \"caught\" }", Limits(memory: 1 << 20)),
        ("try { while true { } } catch e { print \"caught\" }", Limits(time: .milliseconds(20))),
        ("try { sleep 1h } catch e { print \"caught\" }", Limits(time: .milliseconds(20))),
        ("try { let s = pad_left(\"x\", 10000000000) } catch e { print \"caught\" }", Limits()),
    ])
    func caught(script: String, limits: Limits) async throws {
        let session = try TestSession(limits: limits)
        #expect(await session.error(script)?.code == .limit)
        #expect(session.written() == "")
    }

    @Test("a run whose time is over stops, whatever it does", arguments: [
        "while true { }", "sleep 1h", "let s = pad_left(\"a\", 3000000, \"ab\")\nwhile true { let t = replace(s, \"a\", \"b\") }",
        "let j = run \"with recursive c(n) as (select 1 union all select n + 1 from c) select max(n) as n from c\"\nwait j",
    ])
    func time(script: String) async throws {
        let session = try TestSession(limits: Limits(time: .milliseconds(100)))
        let error = try #require(await session.error(script))
        #expect(error.code == .limit)
        #expect(error.message == "the script took longer than 100ms")
        await session.session.setLimits(Limits())
        #expect(await session.error("print 1 + 1") == nil)
    }

    @Test("a cancelled task stops in every builtin, and the next line runs", arguments: [
        "while true { }", "let x = 0\nwhile true { x = x + 1 }", "def f(n) { if n > 0 { return f(n - 1) } }\nwhile true { let x = f(100) }",
        "let s = pad_left(\"a\", 60000000, \"ab\")\nwhile true { let t = s matches \"(a|b|ab)*c$\" }",
        "let s = pad_left(\"a\", 3000000, \"ab\")\nwhile true { let t = upper(s) }", "while true { let s = pad_left(\"a\", 60000000, \"ab\") }",
        "let l = [1]\nfor i in 1..18 { l = l + l }\nwhile true { let t = 2 in l }",
        "let l = [1]\nfor i in 1..18 { l = l + l }\nwhile true { let t = \"${l}\" }",
        "let l = [{n: 1}]\nfor i in 1..15 { l = l + l }\nlet f = l | derive m = n\nwhile true { let t = f | sort n | distinct n | count }",
        "let l = []\nwhile true { l = l + [[[]]] }",
    ])
    func cancelled(script: String) async throws {
        let session = try TestSession()
        let task = Task { await session.error("try {\n\(script)\n} catch e { print \"caught\" }") }
        // From a thread of its own: all others may be busy with scripts.
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(300)) { task.cancel() }
        #expect(await task.value == nil)
        #expect(await session.error("print 1 + 1") == nil)
        #expect(session.written() == "2\n")
    }

    @Test("work on a long text gives what it gives on a short one")
    func largeWork() async throws {
        let session = try TestSession()
        let script = """
            let s = pad_left("", 100000, "ab")
            print len(s), len(upper(s)), s like "a%b", s matches "^(ab)*$", len(replace(s, "a", "")), upper(substr(s, 99998, 3))
            try { let x = date(s) } catch e { print e.code }
            """
        #expect(await session.error(script) == nil)
        #expect(session.written() == "100000 100000 true true 50000 BAB\nvalue\n")
    }

    @Test("lists and strings that grew out of each other keep what they had")
    func shared() async throws {
        let session = try TestSession(limits: Limits(memory: 1 << 20))
        let script = """
            let a = [1, 2]
            let b = a + [3]
            let c = b + [4]
            let d = b + [5]
            print a, b, c, d
            let s = pad_left("", 200, "-")
            let t = s + "x"
            let u = t + "y"
            let v = t + "z"
            print substr(u, 200, 9), substr(v, 200, 9), len(s), len(t)
            let keep = []
            for i in 1..3000 {
                let more = c + [i]
                let text = "${u}${i}" + "!"
                if i % 1000 == 0 { keep = keep + [more, substr(text, 200, 9)] }
            }
            print keep, c, d
            """
        #expect(await session.error(script) == nil)
        #expect(
            session.written() == """
                [1, 2] [1, 2, 3] [1, 2, 3, 4] [1, 2, 3, 5]
                -xy -xz 200 201
                [[1, 2, 3, 4, 1000], "-xy1000!", [1, 2, 3, 4, 2000], "-xy2000!", [1, 2, 3, 4, 3000], "-xy3000!"] [1, 2, 3, 4] [1, 2, 3, 5]

                """)
    }
}
