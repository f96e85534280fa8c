// A folder of its own for a test, removed with what is in it; and files as bytes, by system calls alone.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Testing

final class ScratchFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/qs-formats-XXXXXX".utf8CString)
        let made: String? = template.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress, let name = mkdtemp(start) else { return nil }
            return String(cString: name)
        }
        path = try #require(made)
    }

    deinit {
        chmod(path, 0o700)
        for name in names { unlink(path + "/" + name) }
        rmdir(path)
    }

    /// The names in the folder, sorted.
    var names: [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    func file(_ name: String) -> String { path + "/" + name }

    /// Makes a file.
    func write(_ name: String, _ text: String, mode: mode_t = 0o644) {
        let descriptor = open(file(name), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        defer { close(descriptor) }
        var text = text
        let written = text.withUTF8 { put(descriptor, UnsafeRawBufferPointer($0)) }
        #expect(written == text.utf8.count)
        fchmod(descriptor, mode)
    }

    /// The text of a file; nil where there is none.
    func text(_ name: String) -> String? {
        let descriptor = open(file(name), O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4_096)
        while true {
            let got = get(descriptor, &block)
            guard got > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += block[..<got]
        }
    }

    /// The mode bits of a file.
    func mode(_ name: String) -> mode_t {
        var status = stat()
        return stat(file(name), &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    func isLink(_ name: String) -> Bool {
        var status = stat()
        return lstat(file(name), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}

/// write(2) by a name that no method hides.
func put(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
    Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
    Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
}

/// read(2) by a name that no function of the tests hides.
func get(_ descriptor: Int32, _ block: inout [UInt8]) -> Int {
    block.withUnsafeMutableBytes { bytes in
        #if canImport(Glibc)
        Glibc.read(descriptor, bytes.baseAddress, bytes.count)
        #else
        Darwin.read(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}

/// Both ends of a pipe.
func makePipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    return (ends[0], ends[1])
}

/// A thread of its own for what may block: the threads of tasks are too few to be kept waiting.
final class Worker {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let thread: pthread_t

    init(_ run: @escaping @Sendable () -> Void) throws {
        let body = Unmanaged.passRetained(Body(run)).toOpaque()
        var made = pthread_t()
        let started = pthread_create(
            &made, nil,
            { pointer in
                if let pointer { Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run() }
                return nil
            }, body)
        try #require(started == 0)
        thread = made
    }

    func join() { pthread_join(thread, nil) }
}
