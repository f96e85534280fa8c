import FaultServer
import QueryClient
import QueryHTTP
import Testing

@Suite("Answers that nobody has thought of")
struct HostileAnswerTests {
    /// A generator whose seed a failing test can print.
    struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    /// Bytes changed, left out, doubled or put in, a few of them.
    private static func damaged(_ bytes: [UInt8], _ random: inout Random) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, index + Int.random(in: 1...12, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(index..<end)
            case 2: bytes.insert(contentsOf: bytes[index..<end], at: index)
            case 3: bytes.insert([0, 9, 10, 13, 32, 58, 59, 0xff].randomElement(using: &random) ?? 0, at: index)
            default: bytes.insert(contentsOf: bytes, at: index)
            }
        }
        return bytes
    }

    @Test("a damaged answer is a fault or an answer, and the next one is right", arguments: Framing.allCases)
    func damaged(framing: Framing) async throws {
        let seed = UInt64.random(in: 1...UInt64.max)
        var random = Random(state: seed)
        try await withServer { (server, transport) async throws in
            let whole = Answer.json(#"{"rows": [[1, "one"], [2, "two"]], "row_count": 2}"#, framing: framing).bytes
            server.on("GET /right", .json("right"))
            for round in 0..<30 {
                let bytes = HostileAnswerTests.damaged(whole, &random)
                // Half of the connections stay, with whatever is left on them.
                server.on("GET /damaged", round % 2 == 0 ? Answer.raw(bytes).then(.close) : Answer.raw(bytes))
                let limits = LimitTests.limits { ($0.whole, $0.bytes) = (.milliseconds(100), 100_000) }
                _ = try await transport.fault(server.url + "/damaged", limits: limits)
                #expect(try await HostileAnswerTests.right(server, transport) == "right", "seed \(seed), round \(round)")
            }
        }
    }

    /// What the server says to a plain question; one that met a connection just closed is asked again.
    private static func right(_ server: FaultServer, _ transport: AsyncHTTPTransport) async throws -> String {
        for _ in 0..<3 {
            do {
                return try await transport.get(server.url + "/right").text
            } catch HTTPFault.closed {
                continue
            }
        }
        return "closed each time"
    }
}
