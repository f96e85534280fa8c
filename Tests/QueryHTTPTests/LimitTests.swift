import FaultServer
import QueryClient
import QueryHTTP
import Testing

@Suite("Limits of a request")
struct LimitTests {
    static func limits(_ change: (inout HTTPLimits) -> Void) -> HTTPLimits {
        var limits = patient
        change(&limits)
        return limits
    }

    @Test("a small answer that becomes a large one is stopped at the cap and by its ratio, and what has come is bounded")
    func bombs() async throws {
        try await withServer { (server, transport) async throws in
            let bomb = Deflated.bomb(mebibytes: 64)
            let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(bomb.count)\r\n\r\n"
            server.on("GET /bomb", .raw(Array(head.utf8) + bomb))
            let address = try WebAddress(server.url + "/bomb")

            let capped = Counter()
            let byCap = LimitTests.limits { ($0.inflatedBytes, $0.ratio) = (5 << 20, .max) }
            await #expect(throws: HTTPFault.tooLarge(limit: 5 << 20, inflated: true)) {
                try await transport.send(HTTPRequest(.get, address), limits: byCap, to: capped)
            }
            #expect(capped.count <= 5 << 20)

            let rationed = Counter()
            await #expect(throws: HTTPFault.self) {
                try await transport.send(HTTPRequest(.get, address), limits: patient, to: rationed)
            }
            #expect(rationed.count <= max(100 * bomb.count, 1 << 20))

            let whole = Counter()
            let generous = LimitTests.limits { $0.ratio = 2_000 }
            try await transport.send(HTTPRequest(.get, address), limits: generous, to: whole)
            #expect(whole.count == 64 << 20)
        }
    }

    @Test("a body of more bytes than wanted is stopped, whatever its length claims")
    func bytes() async throws {
        try await withServer { (server, transport) async throws in
            let limits = LimitTests.limits { ($0.bytes, $0.inflatedBytes) = (10_000, 20_000) }
            for framing in Framing.allCases {
                // Text that gzip cannot make smaller than the limit.
                var seed: UInt64 = 7
                let body = (0..<40_000).map { _ in
                    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    return UInt8(truncatingIfNeeded: seed >> 56)
                }
                server.on("GET /x", .body(body, framing: framing))
                #expect(try await transport.fault(server.url + "/x", limits: limits) == .tooLarge(limit: 10_000, inflated: false))
            }
            let endless = Answer.repeated(head: "HTTP/1.1 200 OK\r\n\r\n", [UInt8](repeating: 0x20, count: 1 << 16), times: 1 << 20)
            server.on("GET /endless", endless)
            #expect(try await transport.fault(server.url + "/endless", limits: limits) == .tooLarge(limit: 10_000, inflated: false))
            server.on("GET /zeros", .body([UInt8](repeating: 0, count: 30_000), framing: .gzip))
            #expect(try await transport.fault(server.url + "/zeros", limits: limits) == .tooLarge(limit: 20_000, inflated: true))
        }
    }

    @Test("a body that drips is too slow, a server that says nothing has no head in time, and the whole time ends anything")
    func time() async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /drip", Answer.json(String(repeating: "x", count: 100_000)).dripping(every: .milliseconds(5)))
            server.on("GET /silence", .silence)
            server.on("GET /stall", Answer.json(String(repeating: "x", count: 100_000)).stalled(at: 10))

            let rate = LimitTests.limits { ($0.leastRate, $0.rateWindow) = (1_000_000, .milliseconds(100)) }
            for path in ["drip", "stall"] {
                guard case .tooSlow(let found)? = try await transport.fault(server.url + "/\(path)", limits: rate) else {
                    Issue.record("\(path) was not too slow")
                    continue
                }
                #expect(found < 1_000_000)
            }
            let first = LimitTests.limits { $0.firstByte = .milliseconds(50) }
            #expect(try await transport.fault(server.url + "/silence", limits: first) == .firstByteTimeout)
            let whole = LimitTests.limits { $0.whole = .milliseconds(50) }
            for path in ["drip", "silence", "stall"] {
                #expect(try await transport.fault(server.url + "/\(path)", limits: whole) == .timeout)
            }
            #expect(server.requests.count == 6)
        }
    }

    @Test("a connection whose handshake never ends is given up")
    func connect() async throws {
        try await withServer { (server, transport) async throws in
            let limits = LimitTests.limits { $0.connect = .milliseconds(50) }
            let fault = try await transport.fault("https://127.0.0.1:\(server.port)/x", limits: limits)
            #expect(fault == .connectTimeout)
            #expect(fault?.isSurelyUnsent == true)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("limits of nothing and of for ever do not trap")
    func extremes() async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /x", .json("{}", framing: .gzip))
            let most = Duration(secondsComponent: .max, attosecondsComponent: 0)
            let forever = LimitTests.limits {
                ($0.connect, $0.firstByte, $0.whole, $0.rateWindow) = (most, most, most, most)
                ($0.bytes, $0.inflatedBytes, $0.ratio) = (.max, .max, .max)
            }
            #expect(try await transport.get(server.url + "/x", limits: forever).text == "{}")
            let nothing = LimitTests.limits {
                ($0.connect, $0.firstByte, $0.whole, $0.rateWindow) = (.zero, .zero, .zero, .zero)
                ($0.bytes, $0.inflatedBytes, $0.ratio) = (0, 0, 0)
            }
            #expect(try await transport.fault(server.url + "/x", limits: nothing) != nil)
            let past = LimitTests.limits { $0.whole = .seconds(-5) }
            #expect(try await transport.fault(server.url + "/x", limits: past) == .timeout)
        }
    }
}

@Suite("Who asks may stop")
struct StoppingTests {
    @Test("a cancelled request ends as cancelled, before it is sent, while it waits and within its body")
    func cancels() async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /silence", .silence)
            server.on("GET /stall", Answer.json(String(repeating: "x", count: 100_000)).stalled(at: 50_000))
            for (count, path) in ["silence", "stall"].enumerated() {
                let task = Task { try await transport.fault(server.url + "/\(path)") }
                #expect(await server.hasReceived(count + 1))
                task.cancel()
                #expect(try await task.value == .cancelled)
            }
            let early = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await transport.fault(server.url + "/silence")
            }
            #expect(try await early.value == .cancelled)
            #expect(server.requests.count == 2)
        }
    }

    @Test("a receiver that wants no more ends the request")
    func refuses() async throws {
        try await withServer { (server, transport) async throws in
            for framing in Framing.allCases {
                server.on("GET /x", .json(String(repeating: "x", count: 500_000), framing: framing))
                let collector = Collector(wanted: 100_000)
                await #expect(throws: HTTPFault.refused) {
                    try await transport.send(HTTPRequest(.get, try WebAddress(server.url + "/x")), limits: patient, to: collector)
                }
                #expect(collector.body.count < 500_000)
            }
        }
    }

    @Test("a transport that is closed ends what is under way and takes nothing more")
    func closes() async throws {
        try await withServer { (server, transport) async throws in
            server.on("GET /silence", .silence)
            let task = Task { try await transport.fault(server.url + "/silence") }
            #expect(await server.hasReceived(1))
            await transport.close()
            #expect(try await task.value == .cancelled)
            #expect(try await transport.fault(server.url + "/silence") == .cancelled)
            await transport.close()
        }
    }

    @Test("a transport that nobody closes leaves nothing behind, used or not")
    func forgotten() async throws {
        let server = try FaultServer()
        defer { server.stop() }
        server.on("GET /x", .json("{}"))
        for isUsed in [false, true] {
            let transport = AsyncHTTPTransport(TransportOptions(userAgent: "qs/test"))
            if isUsed { _ = try await transport.get(server.url + "/x") }
        }
        #expect(server.connections == 1)
    }
}
