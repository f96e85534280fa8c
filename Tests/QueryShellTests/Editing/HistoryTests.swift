// The history and its file.
import TestSupport
import Testing
@testable import QueryShell
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct HistoryTests {
    @Test("what one session keeps the next one has, newlines and all")
    func acrossSessions() throws {
        let folder = try ScratchFolder()
        let path = folder.path("state/qs/history.jsonl")
        let texts = ["print 1", "one\ntwo \"three\" \\ \t\u{1}日本é🙂", "end"]
        for text in texts { History(path: path).add(text) }
        #expect(History(path: path).texts == texts)
    }

    @Test("the file and its folder are the owner's alone")
    func modes() throws {
        let folder = try ScratchFolder()
        History(path: folder.path("state/history.jsonl")).add("print 1")
        #expect(mode(folder.path("state")) == 0o700)
        #expect(mode(folder.path("state/history.jsonl")) == 0o600)
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    @Test("blank texts, repeated ones and those that begin with a space are not kept")
    func leftOut() throws {
        let folder = try ScratchFolder()
        let history = History(path: folder.path("h"))
        for text in ["a", "a", " secret", "", "  \n", "b", "a"] { history.add(text) }
        #expect(history.texts == ["a", "b", "a"])
        #expect(folder.text("h")?.split(separator: "\n").count == 3)
    }

    @Test("damaged lines are passed over, and a cut one does not swallow the next")
    func damaged() throws {
        let folder = try ScratchFolder()
        let damaged = ["{\"time\":1,\"text\":\"good\"}", "rubbish", "{\"time\":1}", "{\"text\":5}", "{\"text\":\"\\ud800\"}", "\u{0}\u{1}",
            "{\"text\":\"also \\u00e9\\ud83d\\ude42\",\"time\":2,\"folder\":\"x\"}", "{\"time\":3,\"text\":\"cut"]
        try folder.write("h", bytes: Array(damaged.joined(separator: "\n").utf8))
        let history = History(path: folder.path("h"))
        #expect(history.texts == ["good", "also é🙂"])
        history.add("next")
        #expect(History(path: folder.path("h")).texts == ["good", "also é🙂", "next"])
    }

    @Test("bytes that are not UTF-8 make a line damaged")
    func notUnicode() throws {
        let folder = try ScratchFolder()
        try folder.write("h", bytes: Array("{\"text\":\"".utf8) + [0xff, 0xc0] + Array("\"}\n{\"text\":\"good\"}\n".utf8))
        #expect(History(path: folder.path("h")).texts == ["good"])
    }

    @Test("of a long file the last ten thousand are loaded")
    func limit() throws {
        let folder = try ScratchFolder()
        try folder.write("h", (0..<10_500).map { "{\"time\":0,\"text\":\"t\($0)\"}\n" }.joined())
        let texts = History(path: folder.path("h")).texts
        #expect(texts.count == 10_000)
        #expect(texts.first == "t500")
        #expect(texts.last == "t10499")
    }

    @Test("a path that cannot be written, a folder or a pipe gives a history of the session alone")
    func unwritable() throws {
        let folder = try ScratchFolder()
        mkfifo(folder.path("pipe"), 0o600)
        for path in ["/proc/none/history", folder.path, folder.path("pipe"), "/dev/null"] {
            let history = History(path: path)
            history.add("a")
            #expect(history.texts == ["a"])
        }
    }

    @Test("two sessions that write at once lose nothing")
    func together() async throws {
        let folder = try ScratchFolder()
        let path = folder.path("h")
        await withTaskGroup(of: Void.self) { group in
            for session in 0..<4 {
                group.addTask {
                    let history = History(path: path)
                    for number in 0..<100 { history.add("\(session) \(number)") }
                }
            }
        }
        let texts = History(path: path).texts
        #expect(Set(texts) == Set((0..<4).flatMap { session in (0..<100).map { "\(session) \($0)" } }))
        #expect(texts.count == 400)
    }

    @Test("a hint is the latest entry that goes on from the text")
    func hint() {
        let history = History(path: nil)
        for text in ["print 1", "print 2", "prince", "print"] { history.add(text) }
        #expect(history.latest(beginningWith: "print") == "print 2")
        #expect(history.latest(beginningWith: "x") == nil)
        #expect(history.latest(beginningWith: "") == nil)
    }
}

@Suite struct HistoryCursorTests {
    @Test("the line being typed comes back as it was left")
    func draft() {
        var cursor = HistoryCursor(["a", "b"])
        #expect(cursor.newer() == nil)
        #expect(cursor.older(than: "draft") == "b")
        #expect(cursor.older(than: "b") == "a")
        #expect(cursor.older(than: "a") == nil)
        #expect(cursor.newer() == "b")
        #expect(cursor.newer() == "draft")
        #expect(cursor.newer() == nil)
    }

    @Test("a search goes back through different entries that hold the text, and says when there is none left")
    func search() {
        var search = HistorySearch(["print 1", "show", "print 2", "print 2", "x"])
        for scalar in "pri".unicodeScalars { search.type(scalar) }
        #expect(search.match == "print 2")
        search.older()
        #expect(search.match == "print 1")
        search.older()
        #expect(search.match == "print 1")
        #expect(search.isFailing)
        search.eraseLast()
        #expect(search.match == "print 2")
        #expect(!search.isFailing)
    }
}
