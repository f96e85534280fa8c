import QueryClient
import Synchronization
import Testing
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@testable import QueryHTTP

@Suite("Names")
struct NameLookupTests {
    @Test("a name that there is not is the name's fault, a name service that fails or has no time is its own", arguments: [
        (EAI_NONAME, HTTPFault.unknownHost("h.test")), (EAI_AGAIN, .nameService(host: "h.test")), (EAI_FAIL, .nameService(host: "h.test")),
        (EAI_SYSTEM, .nameService(host: "h.test")), (0, .unknownHost("h.test")),
    ] as [(CInt, HTTPFault)])
    func codes(code: CInt, fault: HTTPFault) async {
        #expect(await NameLookup.explained(.unknownHost("h.test"), within: .seconds(60)) { _ in code } == fault)
    }

    @Test("a name service that never answers is given up")
    func silence() async {
        let isOver = Atomic(false)
        let fault = await NameLookup.explained(.unknownHost("h.test"), within: .milliseconds(50)) { _ in
            while !isOver.load(ordering: .relaxed) { usleep(1_000) }
            return EAI_NONAME
        }
        #expect(fault == .nameService(host: "h.test"))
        isOver.store(true, ordering: .relaxed)
    }

    @Test("what is no question of names is left as it is")
    func others() async {
        #expect(await NameLookup.explained(.connectTimeout, within: .seconds(60)) { _ in EAI_AGAIN } == .connectTimeout)
    }
}
