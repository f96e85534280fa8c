// What nobody needs any more and takes long to free: lists of millions of values, which are released one by one.
import Dispatch
import QueryFrames

/// Frees values where nobody waits for it.
enum Leftovers {
    /// Values from which it is worth another thread.
    private static let many = 1 << 12

    /// Takes `items` along to another thread, where there are many of them; the caller lets go of its own reference then.
    static func free<Item: Sendable>(_ items: [Item]) {
        guard items.count >= many else { return }
        DispatchQueue.global().async { withExtendedLifetime(items) {} }
    }

    /// The same of the lists among `values`.
    static func freeLists(_ values: [ScriptValue]) {
        for case .list(let items) in values { free(items) }
        for case .scalar(.list(let items)) in values { free(items) }
    }
}
