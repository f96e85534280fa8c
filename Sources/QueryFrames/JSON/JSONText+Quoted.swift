// Text as JSON writes it, for what is no frame: messages to programs.

extension JSONText {
    /// The text in quotes, with quotes, backslashes and control characters escaped.
    public static func quoted(_ text: String) -> String {
        let buffer = TextBuffer()
        var text = text
        text.withUTF8 { buffer.appendJSON(UnsafeRawBufferPointer($0)) }
        return buffer.text
    }
}
