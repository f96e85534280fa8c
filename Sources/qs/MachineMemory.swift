// How much memory the machine, or the container that qs runs in, has: the default of what frames may take follows from it. And what
// becomes of memory that is free again.
#if canImport(Glibc)
import CMalloc
import Glibc
#else
import Darwin
#endif

enum MachineMemory {
    /// Three quarters of the memory that there is for this process; the rest is left to the system, the service's engine and the text of files.
    static var share: Int { total / 4 * 3 }

    /// Blocks of up to 32 MiB are kept when they are free, 64 MiB in all, and not given back to the system one by one: the next block
    /// would come page by page again. malloc comes to these figures by itself, but only after it has seen such blocks.
    static func keepFreed() {
        #if canImport(Glibc)
        mallopt(M_MMAP_THRESHOLD, 32 << 20)
        mallopt(M_TRIM_THRESHOLD, 64 << 20)
        #endif
    }

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
