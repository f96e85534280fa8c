// Which key does what: libedit's emacs map, the keys it does not know, the user's .editrc, and the editor's own commands.
import CEditLine

/// Two tables of rows: the editor's commands, and the keys of commands.
enum KeyBindings {
    /// A command of the editor, under the name that an .editrc can bind.
    private struct Command: Sendable {
        let name: String
        let summary: String
        let function: @Sendable @convention(c) (OpaquePointer?, wint_t) -> UInt8
    }

    private static let commands = [
        Command(name: "qs-accept", summary: "Run a whole statement, else add a line") { el, _ in EditingThread.of(el).accept() },
        Command(name: "qs-newline", summary: "Add a line") { el, _ in EditingThread.of(el).insertNewline() },
        Command(name: "qs-up", summary: "Line above, or older statement") { el, _ in EditingThread.of(el).up() },
        Command(name: "qs-down", summary: "Line below, or newer statement") { el, _ in EditingThread.of(el).down() },
        Command(name: "qs-older", summary: "Older statement") { el, _ in EditingThread.of(el).older() },
        Command(name: "qs-newer", summary: "Newer statement") { el, _ in EditingThread.of(el).newer() },
        Command(name: "qs-right", summary: "Next character, or take the hint") { el, _ in EditingThread.of(el).right() },
        Command(name: "qs-line-start", summary: "Start of the line") { el, _ in EditingThread.of(el).lineStart() },
        Command(name: "qs-line-end", summary: "End of the line, or take the hint") { el, _ in EditingThread.of(el).lineEnd() },
        Command(name: "qs-complete", summary: "Complete the word") { el, _ in EditingThread.of(el).complete() },
        Command(name: "qs-search", summary: "Search the history backwards") { el, _ in EditingThread.of(el).search() },
        Command(name: "qs-delete-or-end", summary: "Delete, or end an empty line") { el, _ in EditingThread.of(el).deleteOrEnd() },
        Command(name: "qs-clear-screen", summary: "Clear the screen") { el, _ in EditingThread.of(el).clearScreen() },
        Command(name: "qs-paste", summary: "Take in a bracketed paste") { el, _ in EditingThread.of(el).paste() },
        Command(name: "qs-ignore", summary: "Do nothing") { _, _ in UInt8(CC_NORM) },
    ]

    /// Keys that a user may bind otherwise.
    private static let friendly = [
        ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"), ("\\e[5C", "em-next-word"), ("\\e[5D", "ed-prev-word"),
        ("\\e[1;3C", "em-next-word"), ("\\e[1;3D", "ed-prev-word"), ("\\ef", "em-next-word"), ("\\eb", "ed-prev-word"),
        ("\\ed", "em-delete-next-word"), ("\\e^?", "ed-delete-prev-word"), ("\\e[3~", "ed-delete-next-char"),
        ("\\e[3;5~", "em-delete-next-word"), ("^W", "ed-delete-prev-word"), ("^U", "vi-kill-line-prev"),
        ("\\e[H", "qs-line-start"), ("\\e[1~", "qs-line-start"), ("\\e[7~", "qs-line-start"), ("\\eOH", "qs-line-start"),
        ("^A", "qs-line-start"), ("\\e[F", "qs-line-end"), ("\\e[4~", "qs-line-end"), ("\\e[8~", "qs-line-end"),
        ("\\eOF", "qs-line-end"), ("^E", "qs-line-end"), ("\\e[C", "qs-right"), ("\\eOC", "qs-right"), ("^F", "qs-right"),
        ("\\e[A", "qs-up"), ("\\eOA", "qs-up"), ("^P", "qs-up"), ("\\e[B", "qs-down"), ("\\eOB", "qs-down"), ("^N", "qs-down"),
        ("\\e[5~", "qs-older"), ("\\e[6~", "qs-newer"), ("^R", "qs-search"), ("^L", "qs-clear-screen"),
        ("\\e^M", "qs-newline"), ("\\e^J", "qs-newline"), ("\\e[27;2;13~", "qs-newline"), ("\\e[13;2u", "qs-newline"),
        ("^I", "qs-complete"), ("^D", "qs-delete-or-end"),
    ]

    /// Keys that nothing is bound to; unbound, the end of what they send would be inserted.
    private static let ignored =
        ["\\e[2~", "\\e[1;2A", "\\e[1;2B", "\\e[1;2C", "\\e[1;2D", "\\e[1;5A", "\\e[1;5B", "\\e[1;3A", "\\e[1;3B"]
        + (11...34).map { "\\e[\($0)~" } + ["P", "Q", "R", "S"].map { "\\eO" + $0 }

    /// Keys without which the editor does not work, bound after the user's own.
    private static let kept = [("^M", "qs-accept"), ("^J", "qs-accept"), (KeyInput.pasteKey, "qs-paste")]
    /// Should the user have asked for vi: its insert map, where an escape must stay free to leave it, and its commands.
    private static let vi = [("^I", "qs-complete"), ("^D", "qs-delete-or-end"), ("^R", "qs-search"), ("^L", "qs-clear-screen")]
    private static let viCommands = [
        ("^M", "qs-accept"), ("^J", "qs-accept"), (KeyInput.pasteKey, "qs-paste"), ("k", "qs-up"), ("j", "qs-down"),
        ("[A", "qs-up"), ("OA", "qs-up"), ("[B", "qs-down"), ("OB", "qs-down"),
    ]

    /// In this order: what an .editrc names must be there before it is read.
    static func install(in handle: OpaquePointer) {
        _ = qs_el_set_emacs(handle)
        for command in commands { _ = qs_el_add(handle, command.name, command.summary, command.function) }
        for key in ignored { _ = qs_el_bind(handle, key, "qs-ignore") }
        for (key, name) in friendly { _ = qs_el_bind(handle, key, name) }
        _ = el_source(handle, nil)
        for (key, name) in kept { _ = qs_el_bind(handle, key, name) }
        guard qs_el_is_vi(handle) != 0 else { return }
        for (key, name) in vi { _ = qs_el_bind(handle, key, name) }
        for (key, name) in viCommands { _ = qs_el_bind_alternate(handle, key, name) }
    }
}
