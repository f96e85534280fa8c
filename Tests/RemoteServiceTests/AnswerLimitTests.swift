// What one answer may take of memory and of bytes, at the service that asks for it.
import FaultServer
import QueryClient
import QueryFormats
import QueryFrames
import Testing

@Suite struct AnswerLimitTests {
    /// An answer with a row that begins and ends like this, and has so many letters between.
    private static func answer(_ kind: ServiceKind, _ letters: Int, framing: Framing = .length) -> Answer {
        let text = String(repeating: "x", count: letters)
        return switch kind {
        case .polytomic: .json(#"{"data":{"id":"q1","status":"done","fields":["n","t"],"results":[{"n":1,"t":"a"},{"n":2,"t":"\#(text)"}]}}"#, framing: framing)
        case .toolkit: .json(#"{"job_id":"q1","status":"succeeded","results":{"columns":["n","t"],"rows":[[1,"a"],[2,"\#(text)"]]}}"#, framing: framing)
        }
    }

    private static func far(_ kind: ServiceKind, limits: HTTPLimits = HTTPLimits(), sizes: ReadingSizes = ReadingSizes()) throws -> Far {
        let far = try Far(kind, limits: limits, sizes: sizes)
        far.server.on("POST /pre/api/connections/c1/query", .json(#"{"data":{"id":"q1","status":"created"}}"#))
        far.server.on("POST /pre/v1/query/saved", .json(#"{"job_id":"q1","status":"queued"}"#))
        return far
    }

    private static func look(_ kind: ServiceKind) -> String { kind == .polytomic ? "GET /pre/api/queries/q1" : "GET /pre/v1/jobs/q1" }

    private func error(of far: Far, _ kind: ServiceKind) async throws -> ServiceError? {
        let id = try await far.service.submit(QueryRequest(text: kind == .polytomic ? .text("select 1") : .saved("saved"))).id
        return await failure { () async throws(ServiceError) in try await far.service.result(of: id) }
    }

    @Test("a row of more bytes than one may have is refused, be it whole or still on its way, and is asked for once", arguments: ServiceKind.allCases)
    func row(kind: ServiceKind) async throws {
        var sizes = ReadingSizes()
        (sizes.segmentBytes, sizes.rowLimit) = (1 << 12, 1 << 16)
        let far = try AnswerLimitTests.far(kind, sizes: sizes)
        let tooLong = ServiceError.badAnswer(
            service: "far", address: far.server.url + "/pre", .damaged(.tooLarge(what: .row, limit: 1 << 16)))
        for framing in [Framing.length, .chunked, .gzip] {
            for letters in [1 << 16, 1 << 18] {
                far.server.on(AnswerLimitTests.look(kind), AnswerLimitTests.answer(kind, letters, framing: framing))
                let before = far.server.requests(AnswerLimitTests.look(kind)).count
                #expect(try await error(of: far, kind) == tooLong, "\(framing) \(letters)")
                #expect(far.server.requests(AnswerLimitTests.look(kind)).count == before + 1)
            }
            // What fits is there, and so is the service.
            far.server.on(AnswerLimitTests.look(kind), AnswerLimitTests.answer(kind, (1 << 16) - 100, framing: framing))
            #expect(try await error(of: far, kind) == nil)
        }
        await far.end()
    }

    @Test("a row that never ends is refused as soon as it is too long, whatever would follow")
    func endless() async throws {
        var sizes = ReadingSizes()
        (sizes.segmentBytes, sizes.rowLimit) = (1 << 12, 1 << 16)
        let far = try AnswerLimitTests.far(.polytomic, sizes: sizes)
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + #"{"data":{"id":"q1","status":"done","results":[{"t":""#
        far.server.on(AnswerLimitTests.look(.polytomic), .repeated(head: head, [UInt8](repeating: 0x78, count: 1 << 16), times: 1 << 20))
        guard case .badAnswer(_, _, .damaged(.tooLarge(.row, 65_536)))? = try await error(of: far, .polytomic) else {
            Issue.record("the row was not refused")
            return
        }
        await far.end()
    }

    @Test("a body of more bytes than an answer may have, as it arrives, inflated or by its ratio, is refused and asked for once", arguments: [
        (10_000, 1 << 30, 100, Framing.length, 20_000, HTTPFault.tooLarge(limit: 10_000, inflated: false)),
        (1 << 30, 10_000, 100, .length, 20_000, .tooLarge(limit: 10_000, inflated: true)),
        (1 << 30, 10_000, 100, .gzip, 20_000, .tooLarge(limit: 10_000, inflated: true)),
        (1 << 30, 1 << 30, 2, .gzip, 2 << 20, .tooLarge(limit: 1 << 20, inflated: true)),
    ] as [(Int, Int, Int, Framing, Int, HTTPFault)])
    func bytes(arrived: Int, inflated: Int, ratio: Int, framing: Framing, letters: Int, fault: HTTPFault) async throws {
        var limits = HTTPLimits()
        (limits.bytes, limits.inflatedBytes, limits.ratio) = (arrived, inflated, ratio)
        let far = try AnswerLimitTests.far(.polytomic, limits: limits)
        far.server.on(AnswerLimitTests.look(.polytomic), AnswerLimitTests.answer(.polytomic, letters, framing: framing))
        let address = far.server.url + "/pre"
        #expect(try await error(of: far, .polytomic) == .unreachable(service: "far", address: address, fault))
        #expect(far.server.requests(AnswerLimitTests.look(.polytomic)).count == 1)
        await far.end()
    }
}
