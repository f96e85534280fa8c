#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import QueryFormats
import QueryFrames
import Testing

@Suite("files that appear whole or not at all")
struct OutputFileTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func send(_ text: String, to sink: any ByteSink) throws {
        var text = text
        try text.withUTF8 { try sink.write(UnsafeRawBufferPointer($0)) }
    }

    private func save(_ text: String, as name: String) throws {
        let file = try OutputFile(path: folder.file(name))
        try send(text, to: file)
        try file.commit()
    }

    @Test("a new file appears at the commit, with the mode that the umask leaves")
    func new() throws {
        let file = try OutputFile(path: folder.file("a.csv"))
        try send("x", to: file)
        #expect(folder.text("a.csv") == nil)
        try file.commit()
        #expect(folder.names == ["a.csv"])
        #expect(folder.text("a.csv") == "x")
        let plain = open(folder.file("plain"), O_WRONLY | O_CREAT, 0o666)
        close(plain)
        #expect(folder.mode("a.csv") == folder.mode("plain"))
    }

    @Test("without a commit the old file stays and nothing is left behind")
    func discarded() throws {
        folder.write("a.csv", "old")
        do {
            let file = try OutputFile(path: folder.file("a.csv"))
            try send(String(repeating: "new", count: 100_000), to: file)
            #expect(folder.names.count == 2)
        }
        let other = try OutputFile(path: folder.file("b.csv"))
        other.discard()
        #expect(throws: FormatError.io(path: folder.file("b.csv"), operation: "write", code: EBADF)) { try other.commit() }
        #expect(folder.names == ["a.csv"])
        #expect(folder.text("a.csv") == "old")
    }

    @Test("a file whose name is taken away never appears, at whatever step it is, and one that is there stays")
    func takenAway() throws {
        folder.write("a.csv", "old")
        let early = TemporaryName()
        early.remove()
        #expect(throws: FormatError.closedPipe(path: "")) { try OutputFile(path: folder.file("a.csv"), name: early) }
        #expect(folder.names == ["a.csv"])

        let name = TemporaryName()
        let file = try OutputFile(path: folder.file("a.csv"), name: name)
        try send(String(repeating: "new", count: 100_000), to: file)
        #expect(folder.names.count == 2)
        name.remove()
        #expect(folder.names == ["a.csv"])
        // Its writer may still be at it.
        try send(String(repeating: "new", count: 100_000), to: file)
        #expect(throws: FormatError.closedPipe(path: "")) { try file.commit() }
        #expect(folder.names == ["a.csv"])
        #expect(folder.text("a.csv") == "old")

        let late = TemporaryName()
        let whole = try OutputFile(path: folder.file("a.csv"), name: late)
        try send("new", to: whole)
        try whole.commit()
        late.remove()
        #expect(folder.text("a.csv") == "new")
    }

    @Test("whoever takes the name away while another thread commits finds the old file or the new one, and no third")
    func takenAwayMeanwhile() async throws {
        let folder = self.folder.path
        for round in 0..<50 {
            let name = TemporaryName(), target = folder + "/\(round).csv"
            let isCommitted = Task {
                guard let file = try? OutputFile(path: target, name: name) else { return false }
                var text = "new"
                try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0)) }
                do { try file.commit() } catch { return false }
                return true
            }
            if round % 2 == 0 { await Task.yield() }
            name.remove()
            let isThere = self.folder.names.contains("\(round).csv")
            let ended = try await isCommitted.value
            #expect(ended == isThere)
            #expect(self.folder.names.allSatisfy { !$0.hasPrefix(".qs-") })
            #expect(self.folder.text("\(round).csv") == (isThere ? "new" : nil))
        }
    }

    @Test("a file that is replaced keeps its mode, and is private until then", arguments: [0o640, 0o600, 0o755])
    func mode(_ mode: mode_t) throws {
        folder.write("a.csv", "old", mode: mode)
        let file = try OutputFile(path: folder.file("a.csv"))
        let temporary = try #require(folder.names.first { $0 != "a.csv" })
        #expect(temporary.hasPrefix(".qs-") && temporary.hasSuffix(".tmp"))
        #expect(folder.mode(temporary) == 0o600)
        try send("new", to: file)
        try file.commit()
        #expect(folder.mode("a.csv") == mode)
        #expect(folder.text("a.csv") == "new")
    }

    @Test("a link is followed and stays a link, also one that dangles")
    func links() throws {
        folder.write("real.csv", "old", mode: 0o640)
        symlink("real.csv", folder.file("one"))
        symlink(folder.file("one"), folder.file("two"))
        symlink("later.csv", folder.file("dangling"))
        try save("new", as: "two")
        try save("late", as: "dangling")
        #expect(folder.text("real.csv") == "new")
        #expect(folder.mode("real.csv") == 0o640)
        #expect(folder.text("later.csv") == "late")
        for name in ["one", "two", "dangling"] { #expect(folder.isLink(name)) }
        #expect(folder.names == ["dangling", "later.csv", "one", "real.csv", "two"])
    }

    @Test("a circle of links, a folder and a path without its folder are errors with their errno")
    func impossible() throws {
        symlink("b", folder.file("a"))
        symlink("a", folder.file("b"))
        #expect(formatError { try OutputFile(path: folder.file("a")) } == .io(path: folder.file("a"), operation: "open", code: ELOOP))
        #expect(formatError { try OutputFile(path: folder.path) } == .io(path: folder.path, operation: "open", code: EISDIR))
        #expect(
            formatError { try OutputFile(path: folder.file("new/")) } == .io(path: folder.file("new/"), operation: "open", code: EISDIR))
        #expect(
            formatError { try OutputFile(path: folder.file("no/x.csv")) }
                == .io(path: folder.file("no/x.csv"), operation: "open", code: ENOENT))
        #expect(formatError { try OutputFile(path: "") } == .io(path: "", operation: "open", code: ENOENT))
        #expect(formatError { try OutputFile(path: "a\0b") } == .io(path: "a\0b", operation: "open", code: ENOENT))
    }

    @Test("a folder or file that may not be written is an error before anything is", .enabled(if: geteuid() != 0))
    func forbidden() throws {
        folder.write("a.csv", "old", mode: 0o444)
        #expect(
            formatError { try OutputFile(path: folder.file("a.csv")) } == .io(path: folder.file("a.csv"), operation: "open", code: EACCES))
        chmod(folder.path, 0o500)
        #expect(
            formatError { try OutputFile(path: folder.file("b.csv")) } == .io(path: folder.file("b.csv"), operation: "open", code: EACCES))
    }

    @Test("a full device is an error with path and errno", .enabled(if: access("/dev/full", W_OK) == 0))
    func full() throws {
        let small = try OutputFile(path: "/dev/full")
        try send("x", to: small)
        #expect(throws: FormatError.io(path: "/dev/full", operation: "write", code: ENOSPC)) { try small.commit() }
        let large = try OutputFile(path: "/dev/full")
        #expect(throws: FormatError.io(path: "/dev/full", operation: "write", code: ENOSPC)) {
            try send(String(repeating: "x", count: 200_000), to: large)
        }
    }

    @Test("a commit that fails leaves the old file and nothing else")
    func failedCommit() throws {
        folder.write("a.csv", "old")
        let file = try OutputFile(path: folder.file("a.csv"))
        let temporary = try #require(folder.names.first { $0 != "a.csv" })
        #expect(unlink(folder.file(temporary)) == 0)
        try send("new", to: file)
        #expect(throws: FormatError.io(path: folder.file("a.csv"), operation: "rename", code: ENOENT)) { try file.commit() }
        #expect(folder.names == ["a.csv"])
        #expect(folder.text("a.csv") == "old")
    }

    @Test("a named pipe and an open descriptor are written straight")
    func straight() throws {
        let path = folder.file("pipe")
        try #require(mkfifo(path, 0o600) == 0)
        let reading = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reading) }
        try save("through", as: "pipe")
        var block = [UInt8](repeating: 0, count: 100)
        #expect(get(reading, &block) == 7)

        let (pipeReading, pipeWriting) = try makePipe()
        defer { close(pipeReading) }
        let file = try OutputFile(path: "/dev/fd/\(pipeWriting)")
        try send("open", to: file)
        try file.commit()
        close(pipeWriting)
        #expect(get(pipeReading, &block) == 4)
        #expect(folder.names == ["pipe"])
    }

    @Test("many writers to one target leave one whole file")
    func concurrent() async throws {
        let folder = self.folder.path
        await withTaskGroup { group in
            for number in 0..<20 {
                group.addTask {
                    guard let file = try? OutputFile(path: folder + "/a.csv") else { return }
                    var text = String(repeating: "\(number % 10)", count: 50_000)
                    try? text.withUTF8 { try file.write(UnsafeRawBufferPointer($0)) }
                    try? file.commit()
                }
            }
        }
        let text = try #require(self.folder.text("a.csv"))
        #expect(text.utf8.count == 50_000 && Set(text.utf8).count == 1)
        #expect(self.folder.names == ["a.csv"])
    }

    @Test("what a killed writer has left is removed when its target is written again, and nothing else")
    func abandoned() throws {
        let running = try OutputFile(path: folder.file("a.csv"))
        let own = try #require(folder.names.first)
        // The same target's temporary file, which no process has open; and that of another target.
        let left = own.dropLast(8) + "left.tmp"
        folder.write(String(left), "half")
        folder.write(".qs-other-left.tmp", "half")
        try save("x", as: "a.csv")
        #expect(folder.names == [own, ".qs-other-left.tmp", "a.csv"].sorted())
        try send("y", to: running)
        try running.commit()
        #expect(folder.text("a.csv") == "y")
        #expect(folder.names == [".qs-other-left.tmp", "a.csv"])
    }
}
