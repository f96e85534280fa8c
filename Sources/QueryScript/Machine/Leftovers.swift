// What nobody needs any more and takes long to free: lists of millions of values, which are released one by one, and long texts, whose
// pages the system takes back one by one.
import Dispatch
import QueryFrames

/// Frees values where nobody waits for it.
enum Leftovers {
    /// Values from which it is worth another thread.
    private static let many = 1 << 12
    /// Bytes of a text from which it is: to give them back takes a fraction of a millisecond.
    private static let long = 1 << 22

    /// How long the caller has to let go of its own reference, so that it is not the last one.
    private static let moment = DispatchTimeInterval.milliseconds(5)

    private static func later<Rest: Sendable>(_ rest: Rest) {
        DispatchQueue.global().asyncAfter(deadline: .now() + moment) { withExtendedLifetime(rest) {} }
    }

    /// Takes `items` along to another thread, where there are many of them; the caller lets go of them at once.
    static func free<Item: Sendable>(items: [Item]) {
        if items.count >= many { later(items) }
    }

    /// The same of a list, or of a long text.
    static func free(_ scalar: Scalar) {
        switch scalar {
        case .list(let items): free(items: items)
        case .string(let text), .json(let text): if text.utf8.count >= long { later(text) }
        case .binary(let bytes): if bytes.count >= long { later(bytes) }
        default: break
        }
    }

    /// The same of a value, and of what a record holds.
    static func free(_ value: ScriptValue) {
        switch value {
        case .list(let items): free(items: items)
        case .scalar(let scalar): free(scalar)
        case .record(let fields): for field in fields { free(field.value) }
        default: break
        }
    }

    /// The same of each of the values, which the caller does not have any more then.
    static func free(_ values: inout [ScriptValue]) {
        for value in values { free(value) }
        values = []
    }

    /// The same of a text that was written, and that nobody else has.
    static func free(_ text: TextBuffer) {
        guard text.count >= long else { return }
        nonisolated(unsafe) let text = text
        DispatchQueue.global().asyncAfter(deadline: .now() + moment) { withExtendedLifetime(text) {} }
    }
}
