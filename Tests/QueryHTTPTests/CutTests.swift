import FaultServer
import QueryClient
import QueryFormats
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import QueryHTTP

/// An answer that is cut anywhere is either an error or visibly unfinished JSON: never a shorter answer that looks whole.
@Suite("Answers cut at every byte")
struct CutTests {
    /// JSON of about 64 KB whose every proper prefix is unfinished.
    static let page: [UInt8] = {
        var text = #"{"columns":["id","name","amount"],"rows":["#
        for row in 0..<2_100 { text += (row == 0 ? "" : ",") + #"[\#(row),"name é \#(row * 7_919 % 1_000)",\#(row * 31 % 977).5]"# }
        return Array((text + #"],"row_count":2100}"#).utf8)
    }()

    /// What a body of these bytes gives, its chunks undone: nil where it is a fault.
    static func intake(_ bytes: ArraySlice<UInt8>, encoding: String?) -> [UInt8]? {
        let collector = Collector()
        do throws(HTTPFault) {
            var intake = try BodyIntake(encoding: encoding, limits: HTTPLimits(), receiver: collector)
            try intake.take(Array(bytes))
            try intake.finish(isEmptyByRight: false)
            return collector.body
        } catch {
            return nil
        }
    }

    @Test("a gzip or zlib body that is cut at any byte is corrupt", arguments: ["gzip", "deflate"])
    func everyOffset(encoding: String) throws {
        let whole = encoding == "gzip" ? Deflated.gzip(CutTests.page) : Deflated.zlib(CutTests.page)
        #expect(CutTests.intake(whole[...], encoding: encoding) == CutTests.page)
        for count in 0..<whole.count where CutTests.intake(whole[..<count], encoding: encoding) != nil {
            Issue.record("\(encoding) cut at \(count) of \(whole.count) passed for whole")
        }
    }

    @Test("a gzip or zlib body with any byte changed is corrupt or says the same", arguments: ["gzip", "deflate"])
    func everyChange(encoding: String) throws {
        let page = Array(CutTests.page.prefix(4_000))
        let whole = encoding == "gzip" ? Deflated.gzip(page) : Deflated.zlib(page)
        for index in whole.indices {
            for bit in [0, 3, 7] {
                var changed = whole
                changed[index] ^= 1 << bit
                // Bytes of the header that say when and by what it was made may change.
                if let body = CutTests.intake(changed[...], encoding: encoding) { #expect(body == page, "byte \(index), bit \(bit)") }
            }
        }
    }

    @Test("a body in pieces of any size is the same body", arguments: ["gzip", "deflate", "bare", "identity"])
    func pieces(encoding: String) throws {
        let page = Array(CutTests.page.prefix(10_000))
        let whole =
            switch encoding {
            case "gzip": Deflated.gzip(page.dropLast(3_000)) + Deflated.gzip(page.suffix(3_000))
            case "deflate": Deflated.zlib(page)
            case "bare": Deflated.bare(page)
            default: page
            }
        for size in [1, 2, 3, 7, 1_000, 100_000] {
            let collector = Collector()
            var intake = try BodyIntake(encoding: encoding == "bare" ? "deflate" : encoding, limits: HTTPLimits(), receiver: collector)
            for start in stride(from: 0, to: whole.count, by: size) {
                try intake.take(Array(whole[start..<min(start + size, whole.count)]))
            }
            try intake.finish(isEmptyByRight: false)
            #expect(collector.body == page, "pieces of \(size)")
        }
    }

    @Test(
        "over a socket, an answer cut by FIN or RST is a fault, or ends where HTTP cannot know and JSON can", arguments: Framing.allCases,
        Hangup.allCases)
    func overSockets(framing: Framing, ending: Hangup) async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = seed
        try await withServer { (server, transport) async throws in
            let whole = Answer.body(CutTests.page, framing: framing)
            let edges = [whole.headCount, whole.headCount + 1, whole.bytes.count - 1]
            let offsets = try CutTests.offsets(of: whole.bytes.count, sample: 30, &random) + edges
            let address = try WebAddress(server.url + "/page")
            for offset in offsets {
                server.on("GET /page", whole.cut(at: offset, by: ending))
                let collector = Collector()
                do throws(HTTPFault) {
                    try await transport.send(HTTPRequest(.get, address), limits: patient, to: collector)
                } catch {
                    #expect(error.meansIncomplete, "\(framing) cut at \(offset) by \(ending): \(error), seed \(seed)")
                    continue
                }
                // Only HTTP/1.0 without a length ends where the connection does; then it is a proper beginning and no more.
                #expect(framing == .closeDelimited && ending == .close, "\(framing) cut at \(offset) by \(ending), seed \(seed)")
                #expect(collector.body == Array(CutTests.page.prefix(max(0, offset - whole.headCount))))
                #expect(collector.body.count < CutTests.page.count)
            }
            #expect(server.requests.count == offsets.count)
        }
    }

    /// All offsets where QS_ALL_CUTS is set, or else a sample.
    static func offsets(of count: Int, sample: Int, _ random: inout UInt64) throws -> [Int] {
        if getenv("QS_ALL_CUTS") != nil { return Array(0..<count) }
        return (0..<sample).map { _ in
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(random >> 33) % count
        }
    }
}

extension BodyIntake {
    /// Typed throws do not get through `withUnsafeBytes` of an array.
    fileprivate mutating func take(_ bytes: [UInt8]) throws(HTTPFault) {
        let result = bytes.withUnsafeBytes { bytes in Result { () throws(HTTPFault) in try take(bytes) } }
        try result.get()
    }
}

extension HTTPFault {
    /// Whether it says that the answer did not come whole.
    fileprivate var meansIncomplete: Bool {
        switch self {
        case .closed, .corrupt: true
        default: false
        }
    }
}
