// How the tests ask: one call that gives the whole answer or throws its fault.
import FaultServer
import QueryClient
import QueryHTTP
import Synchronization

/// Keeps an answer.
final class Collector: HTTPReceiver {
    private let state = Mutex((head: HTTPResponseHead?.none, body: [UInt8](), pieces: 0))
    private let wanted: Int

    /// Refuses all after `wanted` bytes.
    init(wanted: Int = .max) { self.wanted = wanted }

    func begin(_ head: HTTPResponseHead) { state.withLock { $0.head = head } }

    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        state.withLock { state in
            state.body += bytes
            state.pieces += 1
            return state.body.count <= wanted
        }
    }

    var head: HTTPResponseHead? { state.withLock { $0.head } }
    var body: [UInt8] { state.withLock { $0.body } }
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// Counts an answer and keeps nothing of it.
final class Counter: HTTPReceiver {
    private let counted = Mutex(0)

    func begin(_ head: HTTPResponseHead) {}

    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        counted.withLock { $0 += bytes.count }
        return true
    }

    var count: Int { counted.withLock { $0 } }
}

/// A server, and a transport that asks it; both end with the body.
func withServer<R>(
    proxies: (FaultServer) throws -> Proxies = { _ in .none }, _ body: (FaultServer, AsyncHTTPTransport) async throws -> R
) async throws -> R {
    let server = try FaultServer()
    let transport = AsyncHTTPTransport(TransportOptions(userAgent: "qs/test", proxies: try proxies(server)))
    do {
        let result = try await body(server, transport)
        await transport.close()
        server.stop()
        return result
    } catch {
        await transport.close()
        server.stop()
        throw error
    }
}

/// Limits that a test cannot run into, however busy the machine is: a task of one may wait for minutes until it is its turn.
var patient: HTTPLimits {
    var limits = HTTPLimits()
    (limits.connect, limits.firstByte, limits.rateWindow) = (.seconds(3_600), .seconds(3_600), .seconds(3_600))
    return limits
}

extension AsyncHTTPTransport {
    /// The head and the body of the answer.
    func get(
        _ address: String, headers: [HTTPHeader] = [], credential: Credential? = nil, limits: HTTPLimits = patient
    ) async throws -> Collector {
        let collector = Collector()
        let request = HTTPRequest(.get, try WebAddress(address), headers: headers, credential: credential)
        try await send(request, limits: limits, to: collector)
        return collector
    }

    /// The fault of a request that has to have one.
    func fault(
        _ address: String, headers: [HTTPHeader] = [], credential: Credential? = nil, limits: HTTPLimits = patient
    ) async throws -> HTTPFault? {
        let request = HTTPRequest(.get, try WebAddress(address), headers: headers, credential: credential)
        do throws(HTTPFault) {
            try await send(request, limits: limits, to: Collector())
            return nil
        } catch {
            return error
        }
    }
}
