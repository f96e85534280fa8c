// The fuzzer: gives the bytes that libFuzzer makes up to the target that QS_FUZZ names.
import CFuzzer
import Dispatch
import FuzzTargets
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

func say(_ text: String) {
    let line = Array("\(text)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
}

guard let name = getenv("QS_FUZZ"), FuzzTarget(rawValue: String(cString: name)) != nil else {
    say("QS_FUZZ is none of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
    exit(2)
}
/// What a target says of the bytes, for a caller that can only wait.
final class Answer: @unchecked Sendable {
    /// Written before the signal, read after it.
    private var fault: String?
    private let ended = DispatchSemaphore(value: 0)

    func wait(for target: FuzzTarget, _ bytes: [UInt8]) -> String? {
        Task.detached {
            self.fault = await target.run(bytes)
            self.ended.signal()
        }
        ended.wait()
        return fault
    }
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments) { data, count in
    guard let data, let name = getenv("QS_FUZZ"), let target = FuzzTarget(rawValue: String(cString: name)) else { return 0 }
    guard let fault = Answer().wait(for: target, Array(UnsafeBufferPointer(start: data, count: count))) else { return 0 }
    say("\(target.rawValue): \(fault)")
    // libFuzzer keeps the bytes of what ends so.
    abort()
})
