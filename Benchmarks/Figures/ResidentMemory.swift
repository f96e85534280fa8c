// How much memory was resident before and at most during the rounds, in bytes; 0 where the system does not tell.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import QueryFormats

public struct ResidentMemory {
    public let before: Int
    public private(set) var peak = 0

    /// Starts counting anew: what reading the data took is not to be seen in the peak.
    public init() {
        let file = open("/proc/self/clear_refs", O_WRONLY)
        if file >= 0 {
            _ = write(file, "5", 1)
            close(file)
        }
        before = ResidentMemory.status("VmRSS:")
    }

    public mutating func stop() { peak = ResidentMemory.status("VmHWM:") }

    /// A line of /proc/self/status, which is in kB.
    private static func status(_ name: String) -> Int {
        guard let source = try? ByteSource(path: "/proc/self/status") else { return 0 }
        for line in source.bytes.split(separator: UInt8(ascii: "\n")) where line.starts(with: name.utf8) {
            let digits = line.filter { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            return (Int(String(decoding: digits, as: UTF8.self)) ?? 0) * 1024
        }
        return 0
    }
}
