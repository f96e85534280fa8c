#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Testing

@testable import QueryFormats

@Suite("compressed files")
struct CompressionTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// Text of several blocks of the libraries, some of it hard to compress.
    private static let text: String = {
        var generator = SystemRandomNumberGenerator()
        var text = "id,word\n"
        for row in 0..<20_000 { text += "\(row),\(UInt64.random(in: 0 ... .max, using: &generator) % 1_000_003)\n" }
        return text
    }()

    private func write(_ text: String, _ kind: Compression, in pieces: Int) throws -> [UInt8] {
        let sink = MemorySink()
        let compressed = try CompressedSink(sink, kind, path: "x")
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            try bytes[start..<min(start + pieces, bytes.count)].withUnsafeBytes { try compressed.write($0) }
        }
        try compressed.finish()
        return sink.bytes
    }

    private func expand(_ bytes: [UInt8], _ kind: Compression) throws -> String {
        let expanded = try bytes.withUnsafeBytes { try kind.expand($0, path: "x") }
        defer { free(expanded.memory) }
        return String(decoding: UnsafeRawBufferPointer(start: expanded.memory, count: expanded.count), as: UTF8.self)
    }

    @Test("what was compressed comes back, whatever pieces it was written in", arguments: Compression.allCases, [1 << 20, 65_537, 1_000])
    func roundTrip(kind: Compression, pieces: Int) throws {
        let packed = try write(CompressionTests.text, kind, in: pieces)
        #expect(packed.count < CompressionTests.text.utf8.count)
        #expect(try expand(packed, kind) == CompressionTests.text)
    }

    @Test("nothing compressed comes back as nothing", arguments: Compression.allCases)
    func empty(kind: Compression) throws {
        #expect(try expand(try write("", kind, in: 1), kind) == "")
    }

    @Test("several pieces one after another are one text", arguments: Compression.allCases)
    func several(kind: Compression) throws {
        let packed = try write("first\n", kind, in: 100) + write("second\n", kind, in: 100)
        #expect(try expand(packed, kind) == "first\nsecond\n")
    }

    @Test("a file cut anywhere is an error", arguments: Compression.allCases)
    func cut(kind: Compression) throws {
        let packed = try write("a,b\n1,2\n3,4\n", kind, in: 100)
        for count in 0..<packed.count {
            #expect(throws: FormatError.damaged(path: "x", compression: kind.rawValue)) { try expand(Array(packed[..<count]), kind) }
        }
    }

    @Test("a file of something else is an error", arguments: Compression.allCases)
    func other(kind: Compression) throws {
        #expect(throws: FormatError.self) { try expand(Array("plain text, not compressed at all".utf8), kind) }
    }

    @Test("the format follows from the ending before the last one")
    func endings() {
        #expect(Formats.row(forPath: "a/b.csv.gz")?.name == "csv")
        #expect(Formats.row(forPath: "B.JSON.ZST")?.name == "json")
        #expect(Formats.row(forPath: "a.gz")?.name == nil)
        #expect(Compression(path: "a.csv") == nil)
        #expect(Compression(path: "a.csv.GZ") == .gzip)
    }
}
