// What the tests of values share: bytes of a text, text of a value, and random numbers of a known seed.
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

/// SplitMix64: the same numbers for the same seed.
struct ValueGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
