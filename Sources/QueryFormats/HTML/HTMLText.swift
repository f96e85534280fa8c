// Text between the tags of HTML.
import QueryFrames

enum HTMLText {
    /// Appends text so that it reads back as it was: `a<b` as `a&lt;b`. Gives the character for which HTML has no way to write it.
    static func append(_ text: UnsafeRawBufferPointer, to buffer: TextBuffer) -> UInt32? {
        for byte in text {
            switch byte {
            case UInt8(ascii: "<"): buffer.append("&lt;")
            case UInt8(ascii: ">"): buffer.append("&gt;")
            case UInt8(ascii: "&"): buffer.append("&amp;")
            case UInt8(ascii: "\""): buffer.append("&quot;")
            // A reader makes the end of a line of a bare one.
            case UInt8(ascii: "\r"): buffer.append("&#13;")
            // A reader puts another character in its place.
            case 0: return 0
            default: buffer.append(byte)
            }
        }
        return nil
    }
}
