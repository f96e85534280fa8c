// The text that libedit edits, and what the editor does to it. The only file, with KeyBindings, that calls libedit.
import CEditLine
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// libedit's line. It is used on one thread alone.
///
/// libedit reads keys, knows their bindings and edits; what it would draw goes nowhere, as it cannot draw a continuation
/// prompt, colours, or more rows than the screen has.
struct LineBuffer {
    let handle: OpaquePointer
    private let drawing: UnsafeMutablePointer<FILE>

    /// Nil if libedit cannot have the terminal.
    init?(client: UnsafeMutableRawPointer, reader: @escaping qs_read_function) {
        guard let drawing = fopen("/dev/null", "we") else { return nil }
        guard let handle = qs_el_init("qs", drawing) else {
            fclose(drawing)
            return nil
        }
        (self.handle, self.drawing) = (handle, drawing)
        _ = qs_el_set_client(handle, client)
        // With signals on, libedit would send each one again to the whole process group.
        _ = qs_el_set_signals(handle, 0)
        KeyBindings.install(in: handle)
        _ = qs_el_set_editing(handle, 1)
        _ = qs_el_set_reader(handle, reader)
    }

    /// Gives the terminal back; keys typed ahead stay.
    func end() {
        _ = qs_el_set_raw(handle, 0)
        _ = qs_el_set_editing(handle, 0)
        el_end(handle)
        fclose(drawing)
    }

    /// Edits one line, until a command or the reader ends it: the number of characters, 0 at the end of input, -1 after a
    /// failure that `errno` tells.
    func edit() -> Int {
        var count: Int32 = 0
        _ = el_wgets(handle, &count)
        return Int(count)
    }

    /// The terminal has another size.
    func resize() { el_resize(handle) }

    /// The terminal's modes have been changed by another process; takes them back.
    func retakeTerminal() {
        _ = qs_el_set_raw(handle, 0)
        _ = qs_el_set_raw(handle, 1)
    }

    var scalars: [Unicode.Scalar] {
        guard let line = el_wline(handle), let start = line.pointee.buffer, let end = line.pointee.lastchar else { return [] }
        return UnsafeBufferPointer(start: start, count: end - start).map { Unicode.Scalar(UInt32(truncatingIfNeeded: $0)) ?? "\u{fffd}" }
    }

    /// The cursor as an index into `scalars`, or their count.
    var cursor: Int {
        guard let line = el_wline(handle), let start = line.pointee.buffer, let cursor = line.pointee.cursor else { return 0 }
        return cursor - start
    }

    var text: String { String(String.UnicodeScalarView(scalars)) }

    /// Puts the cursor before the character of that index.
    func move(to index: Int) { _ = el_cursor(handle, Int32(clamping: index - cursor)) }

    /// Inserts at the cursor, which then stands behind; NUL is left out, as it would end the text.
    func insert(_ text: String) {
        var wide = text.unicodeScalars.compactMap { $0.value == 0 ? nil : wchar_t(truncatingIfNeeded: $0.value) }
        guard !wide.isEmpty else { return }
        wide.append(0)
        _ = el_winsertstr(handle, wide)
    }

    /// Deletes as many characters before the cursor.
    func deleteBackward(_ count: Int) {
        if count > 0 { el_deletestr(handle, Int32(clamping: count)) }
    }

    /// Puts another text in place of all, with the cursor at its end.
    func replace(with text: String) {
        move(to: scalars.count)
        deleteBackward(cursor)
        insert(text)
    }
}
