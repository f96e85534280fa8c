// A program for the editor's tests: reads lines with simple hooks and prints each as it was read.
// A statement is whole if it does not end in a backslash. Ctrl-D ends it, `post` lets a message come a moment later.
import QueryShell
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

let words = ["print", "printer", "select", "日本", "show"]

@Sendable func complete(_ text: String, _ cursor: Int) -> Completion {
    let before = text.utf8.prefix(cursor)
    let blank = before.lastIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    let start = blank.map { before.index(after: $0) } ?? before.startIndex
    let word = String(decoding: before[start...], as: UTF8.self)
    let offset = before.distance(from: before.startIndex, to: start)
    guard !word.isEmpty else { return Completion(range: cursor..<cursor, candidates: []) }
    if word == "many" {
        return Completion(range: offset..<cursor, candidates: (0..<250).map { .init("many\($0)") })
    }
    let found = words.filter { $0.hasPrefix(word) }
    return Completion(range: offset..<cursor, candidates: found.map { .init($0, note: $0 == "printer" ? "a device" : "", suffix: " ") })
}

@Sendable func highlight(_ text: String) -> [StyledRange] {
    text.hasPrefix("print") ? [StyledRange(0..<5, .command)] : []
}

func say(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    _ = write(1, bytes, bytes.count)
}

TerminalLocale.useUnicode()
let history = History(path: getenv("PROBE_HISTORY").map { String(cString: $0) })
let hooks = LineEditor.Hooks(
    isComplete: { !$0.hasSuffix("\\") }, complete: complete, highlight: highlight, remembers: { !$0.contains("secret") })
let editor = LineEditor(hooks: hooks, history: history)
TerminalSignals.install(for: editor) { say("interrupted while not reading") }

reading: while true {
    let line = await editor.read(prompt: "probe> ", continuation: "  ... ")
    switch line {
    case .text("sleep"):
        say("sleeping")
        try? await Task.sleep(for: .seconds(2))
        say("slept")
    case .text("post"):
        Task.detached {
            try? await Task.sleep(for: .milliseconds(1000))
            editor.post("notice one\nnotice two")
        }
    case .text("close"):
        Task.detached {
            try? await Task.sleep(for: .milliseconds(300))
            editor.close()
        }
    case .text("twice"):
        async let first = editor.read(prompt: "first> ", continuation: "")
        while !editor.isReading { await Task.yield() }
        // Nothing is typed before this is seen, so that the first one is still under way.
        editor.post("meanwhile \(await editor.read(prompt: "second> ", continuation: ""))")
        say("then \(await first)")
    case .text("partial"): _ = write(1, "no newline", 10)
    case .text(let text): say("read " + text.debugDescription)
    case .interrupted: say("interrupted")
    case .end: break reading
    case .failed(let code): say("failed \(code)")
    }
}
editor.close()
say("end")
