#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import QueryFormats
import QueryFrames
import Testing

@Suite("descriptors: reading and writing")
struct DescriptorTests {
    @Test("a file is read whole, whatever its size", arguments: [0, 1, 65_535, 65_536, 65_537, 300_000])
    func wholeFile(_ count: Int) throws {
        let folder = try ScratchFolder()
        let text = String(repeating: "x", count: count)
        folder.write("a", text)
        let source = try ByteSource(path: folder.file("a"))
        #expect(source.count == count)
        #expect(source.bytes.allSatisfy { $0 == UInt8(ascii: "x") })
        #expect((0..<64).allSatisfy { source.pointer.load(fromByteOffset: count + $0, as: UInt8.self) == 0 })
        #expect(source.path == folder.file("a"))
    }

    @Test("a pipe is read to its end, in the pieces in which it comes")
    func pieces() throws {
        let (reading, writing) = try makePipe()
        let worker = try Worker {
            for _ in 0..<1_000 { _ = Array("0123456789".utf8).withUnsafeBytes { put(writing, $0) } }
            close(writing)
        }
        let source = try ByteSource(descriptor: reading, name: "pipe")
        worker.join()
        close(reading)
        #expect(source.count == 10_000)
    }

    @Test("a missing file, a folder and a closed descriptor are errors with path and errno")
    func unreadable() throws {
        let folder = try ScratchFolder()
        let missing = folder.file("no")
        #expect(formatError { try ByteSource(path: missing) } == .io(path: missing, operation: "open", code: ENOENT))
        #expect(formatError { try ByteSource(path: "a\0b") } == .io(path: "a\0b", operation: "open", code: ENOENT))
        #expect(formatError { try ByteSource(path: folder.path) } == .io(path: folder.path, operation: "read", code: EISDIR))
        #expect(formatError { try ByteSource(descriptor: 9_999, name: "-") } == .io(path: "-", operation: "fstat", code: EBADF))
    }

    @Test("what is written arrives once it is flushed, in order, small and large pieces alike")
    func order() throws {
        let folder = try ScratchFolder()
        let descriptor = open(folder.file("out"), O_WRONLY | O_CREAT, 0o600)
        let sink = DescriptorSink(descriptor: descriptor, name: "out")
        var expected = ""
        for length in [1, 70_000, 3, 65_536, 65_535, 2, 0, 10] {
            var piece = String(repeating: "\(length % 7)", count: length)
            expected += piece
            try piece.withUTF8 { try sink.write(UnsafeRawBufferPointer($0)) }
        }
        try sink.flush()
        close(descriptor)
        #expect(folder.text("out") == expected)
    }

    @Test("a reader that has gone is a closed pipe, then and ever after")
    func closedPipe() throws {
        signal(SIGPIPE, SIG_IGN)
        let (reading, writing) = try makePipe()
        defer { close(writing) }
        close(reading)
        let sink = DescriptorSink(descriptor: writing, name: "standard output")
        var text = "x"
        try text.withUTF8 { try sink.write(UnsafeRawBufferPointer($0)) }
        #expect(throws: FormatError.closedPipe(path: "standard output")) { try sink.flush() }
        let frame = makeFrame([("a", .string, Array(repeating: .string(String(repeating: "y", count: 1_000)), count: 200))])
        let make = try #require(Formats.row(named: "csv")?.write)
        let writer = try make(sink, FormatOptions())
        #expect(throws: FormatError.closedPipe(path: "standard output")) { try writer.write(frame) }
    }

    @Test("a reader that is slow is waited for, even where the descriptor does not block")
    func slow() throws {
        let folder = try ScratchFolder()
        let (reading, writing) = try makePipe()
        _ = fcntl(writing, F_SETFL, O_NONBLOCK)
        let copy = open(folder.file("copy"), O_WRONLY | O_CREAT, 0o600)
        let worker = try Worker {
            var block = [UInt8](repeating: 0, count: 4_096)
            while case let got = get(reading, &block), got > 0 {
                _ = block.withUnsafeBytes { put(copy, UnsafeRawBufferPointer(rebasing: $0[..<got])) }
            }
        }
        let sink = DescriptorSink(descriptor: writing, name: "pipe")
        var text = String(repeating: "0123456789", count: 100_000)
        try text.withUTF8 { try sink.write(UnsafeRawBufferPointer($0)) }
        close(writing)
        worker.join()
        close(reading)
        close(copy)
        #expect(folder.text("copy") == text)
    }
}
