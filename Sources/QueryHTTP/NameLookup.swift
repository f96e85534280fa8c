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
    /// `fault`, or what it should have been where the name service could not answer; at most after `time`.
    static func explained(_ fault: HTTPFault, within time: Duration) async -> HTTPFault {
        guard case .unknownHost(let host) = fault else { return fault }
        let answer = Earliest<HTTPFault>()
        let timer = answer.give(.nameService(host: host), after: time)
        NIOThreadPool.singleton.submit { _ in answer.give(isUnanswered(host) ? .nameService(host: host) : fault) }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await answer.value
        } onCancel: {
            answer.give(.cancelled)
        }
    }

    private static func isUnanswered(_ host: String) -> Bool {
        var hints = addrinfo()
        hints.ai_socktype = streamSocket
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &found)
        if let found { freeaddrinfo(found) }
        return code == EAI_AGAIN || code == EAI_FAIL || code == EAI_SYSTEM
    }

    #if canImport(Glibc)
    private static let streamSocket = CInt(SOCK_STREAM.rawValue)
    #else
    private static let streamSocket = SOCK_STREAM
    #endif
}
