// How much memory the machine, or the container that qs runs in, has: the default of what frames may take follows from it.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

enum MachineMemory {
    /// Three quarters of the memory that there is for this process; the rest is left to the system, the service's engine and the text of files.
    static var share: Int { total / 4 * 3 }

    private static var total: Int {
        let machine = max(Int(sysconf(Int32(_SC_PHYS_PAGES))), 1).multipliedReportingOverflow(by: Int(sysconf(Int32(_SC_PAGESIZE))))
        let physical = machine.overflow ? Int.max : machine.partialValue
        // A container's limit stands in one of these, by the version of its control groups; `max` where there is none.
        return ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"].compactMap(number).reduce(physical, min)
    }

    private static func number(in path: String) -> Int? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { bytes in
            let count = read(descriptor, bytes.baseAddress, 32)
            guard count > 0 else { return nil }
            return Int(String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
        }
    }
}
