// What libFuzzer calls with the bytes it has made up. Which target gets them is said by QS_FUZZ.
import FuzzTargets
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

private let target = getenv("QS_FUZZ").flatMap { FuzzTarget(rawValue: String(cString: $0)) }

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard let target else {
        say("QS_FUZZ is none of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
        exit(2)
    }
    if let fault = target.run(Array(UnsafeBufferPointer(start: data, count: count))) {
        say("\(target.rawValue): \(fault)")
        // libFuzzer keeps the bytes of what ends so.
        abort()
    }
    return 0
}

private func say(_ text: String) {
    let line = Array("\(text)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
}
