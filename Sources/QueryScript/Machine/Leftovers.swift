// What nobody needs any more and takes long to free: lists of millions of values, which are released one by one.
import Dispatch
import QueryFrames

/// Frees values where nobody waits for it.
enum Leftovers {
    /// Values from which it is worth another thread.
    private static let many = 1 << 12

    /// How long the caller has to let go of its own reference, so that it is not the last one.
    private static let moment = DispatchTimeInterval.milliseconds(5)

    /// Takes `items` along to another thread, where there are many of them; the caller lets go of them at once.
    static func free<Item: Sendable>(_ items: [Item]) {
        guard items.count >= many else { return }
        DispatchQueue.global().asyncAfter(deadline: .now() + moment) { withExtendedLifetime(items) {} }
    }

    /// The same of the lists among `values`.
    static func freeLists(_ values: [ScriptValue]) {
        for case .list(let items) in values { free(items) }
        for case .scalar(.list(let items)) in values { free(items) }
    }
}
