// Why a name has no address: the client tells only that there was none.
import NIOPosix
import QueryClient
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Asks the name service once more, after it has failed, on a thread that may block.
enum NameLookup {
    /// `fault`, or what it should have been where the name service could not answer; at most after `time`. `ask` gives what
    /// getaddrinfo(3) says of a host, and may take as long as it wants.
    static func explained(
        _ fault: HTTPFault, within time: Duration, asking ask: @escaping @Sendable (String) -> CInt = { lookUp($0) }
    ) async -> HTTPFault {
        guard case .unknownHost(let host) = fault else { return fault }
        let answer = Earliest<HTTPFault>()
        let timer = answer.give(.nameService(host: host), after: time)
        NIOThreadPool.singleton.submit { _ in answer.give(isUnanswered(ask(host)) ? .nameService(host: host) : fault) }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await answer.value
        } onCancel: {
            answer.give(.cancelled)
        }
    }

    private static func isUnanswered(_ code: CInt) -> Bool { code == EAI_AGAIN || code == EAI_FAIL || code == EAI_SYSTEM }

    private static func lookUp(_ host: String) -> CInt {
        var hints = addrinfo()
        hints.ai_socktype = streamSocket
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &found)
        if let found { freeaddrinfo(found) }
        return code
    }

    #if canImport(Glibc)
    private static let streamSocket = CInt(SOCK_STREAM.rawValue)
    #else
    private static let streamSocket = SOCK_STREAM
    #endif
}
