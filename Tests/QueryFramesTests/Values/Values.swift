// What the tests of values share: bytes of a text, and text of a value.
import QueryFrames

/// Calls `body` with the UTF-8 of `text`.
func parsed<R>(_ text: String, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    var text = text
    return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
}

/// What `body` writes.
func written(_ body: (TextBuffer) -> Void) -> String {
    let buffer = TextBuffer()
    body(buffer)
    return buffer.text
}
