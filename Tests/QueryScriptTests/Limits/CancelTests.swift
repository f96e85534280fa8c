import Dispatch
import QueryFrames
import Synchronization
import Testing

@testable import QueryScript

@Suite("cancelling", .timeLimit(.minutes(5)))
struct CancelTests {
    private static func raised() -> Cancellation {
        let cancellation = Cancellation()
        cancellation.raise()
        return cancellation
    }

    @Test("every function looks at the cancellation", arguments: Functions.rows.map(\.name))
    func functions(name: String) throws {
        let row = try #require(Functions.row(named: name))
        let work = Work(.function(row), row.example.arguments)
        #expect(throws: MachineFault.cancelled) { try Cancellation.$current.withValue(CancelTests.raised()) { try work.result() } }
        #expect(throws: Never.self) { try work.result() }
    }

    @Test("every aggregate of a list looks at the cancellation", arguments: Aggregates.rows.map(\.name))
    func aggregates(name: String) throws {
        let row = try #require(Aggregates.row(named: name))
        let work = Work(.aggregate(row, [.int(1), .int(2)]), row.arity.contains(1) ? [] : [.float(0.5)])
        #expect(throws: MachineFault.cancelled) { try Cancellation.$current.withValue(CancelTests.raised()) { try work.result() } }
    }

    @Test("every operator looks at the cancellation", arguments: BinaryOperator.allCases)
    func operators(op: BinaryOperator) {
        let work = Work(.binary(op), [.string("a"), op == .in ? .list([.string("a")]) : .string("a")])
        #expect(throws: MachineFault.cancelled) { try Cancellation.$current.withValue(CancelTests.raised()) { try work.result() } }
    }

    @Test("work that does not look at its cancellation is left behind")
    func leftBehind() async {
        let begun = DispatchSemaphore(value: 0), end = DispatchSemaphore(value: 0)
        let task = Task {
            try await BlockingWork.leavable { () -> Result<Int, ScriptError> in
                begun.signal()
                end.wait()
                return .success(1)
            }
        }
        await BlockingWork.run { begun.wait() }
        task.cancel()
        // The work waits for what is signalled below.
        await #expect(throws: ScriptError(.cancelled)) { try await task.value }
        end.signal()
    }

    @Test("work knows the cancellation of the run that it belongs to")
    func carried() async throws {
        let raised = CancelTests.raised()
        let isKnown = try await Cancellation.$current.withValue(raised) { () async throws(ScriptError) in
            try await BlockingWork.leavable { .success(Cancellation.stopsHere) }
        }
        #expect(isKnown)
        let all = Mutex<[Bool]>([])
        Cancellation.$current.withValue(raised) {
            _ = Workers(2).perform(2) { _, _, _ in
                all.withLock { $0.append(Cancellation.stopsHere) }
                return true
            }
        }
        #expect(all.withLock { $0 } == [true, true])
    }

    @Test("what takes long to write ends with the bytes during which it was cancelled", arguments: [
        ("let s = pad_left(\"a\", 5000000, \"ab\")", "print s", 1 << 20),
        ("let l = [1]\nfor i in 1..19 { l = l + l }", "print l", 1 << 20),
        ("let l = [{n: 123456}]\nfor i in 1..15 { l = l + l }\nlet f = l | derive m = n", "export f csv", 1 << 18),
        ("let l = [{n: 123456}]\nfor i in 1..15 { l = l + l }\nlet f = l | derive m = n", "export f json", 1 << 18),
    ])
    func writing(setup: String, line: String, most: Int) async throws {
        let running = Mutex<Task<Session.RunOutcome, Never>?>(nil)
        let session = try TestSession { running.withLock { $0?.cancel() } }
        #expect(await session.error(setup) == nil)
        let begin = DispatchSemaphore(value: 0)
        let task = Task {
            await BlockingWork.run { begin.wait() }
            return await session.outcome(line)
        }
        running.withLock { $0 = task }
        begin.signal()
        guard case .cancelled = await task.value else { return #expect(Bool(false), "it was not cancelled") }
        let count = session.written().utf8.count
        #expect(count > 0 && count <= most)
        running.withLock { $0 = nil }
        #expect(await session.error("print 1") == nil)
        #expect(session.written() == "1\n")
    }

    @Test("a file of a cancelled export does not appear")
    func file() async throws {
        let session = try TestSession()
        #expect(await session.error("let f = [{n: 1}] | derive m = n") == nil)
        let path = "/tmp/never-written-\(UInt64.random(in: 0 ... .max)).csv"
        let task = Task {
            // The task knows that it is cancelled before the export begins.
            withUnsafeCurrentTask { $0?.cancel() }
            return await session.outcome("export f csv to \"\(path)\"")
        }
        guard case .cancelled = await task.value else { return #expect(Bool(false), "it was not cancelled") }
        #expect(await session.error("let g = open \"\(path)\"") != nil)
    }

    @Test("values broken off by a cancel are short, and JSON that was broken off is read again")
    func broken() throws {
        let heap = Heap()
        let long = Scalar.string(String(repeating: "äx", count: Cancellation.stretch))
        let whole = heap.value(long)
        #expect(Heap.text(whole) == long.text)
        #expect(heap.text(whole) == long.text)
        let json = heap.value(.json("[" + String(repeating: "1,", count: 5_000) + "1]"))
        heap.cancellation = CancelTests.raised()
        #expect(heap.text(whole) == "")
        let list = heap.list(repeatElement(Value.int(7), count: 5_000))
        #expect(Heap.items(list).count < 5_000)
        #expect(Heap.items(heap.parts(json)).count < 5_001)
        heap.cancellation = Cancellation()
        #expect(Heap.items(heap.parts(json)).count == 5_001)
    }

    @Test("large JSON is read before it is looked into, whoever looks", arguments: [
        ("let x = j[1].n", "2"), ("let x = 0\nfor r in j { x = x + r.n }", "32768"), ("let x = len([0] + j)", "16385"),
        ("let x = j == j", "true"), ("let x = j[-1][\"n\"]", "2"), ("let x = 3 in j", "null"),
    ])
    func json(script: String, text: String) async throws {
        let session = try TestSession()
        let error = await session.error("let l = [{n: 2}]\nfor i in 1..14 { l = l + l }\nlet j = json(l)\n" + script + "\nprint x")
        #expect(error == nil, "\(error?.message ?? "")")
        #expect(session.written() == text + "\n")
    }
}
