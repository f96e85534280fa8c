// Keeps an imported array alive as long as a column points into it.
import CArrow

/// An array that was moved here; it is released when the last buffer that lies in it is gone, on whatever thread that is.
final class ArrowOwner: @unchecked Sendable {
    let array: UnsafeMutablePointer<ArrowArray>

    /// Moves the array out of `source`, which holds nothing afterwards.
    init(moving source: UnsafeMutablePointer<ArrowArray>) {
        array = .allocate(capacity: 1)
        array.initialize(to: source.pointee)
        source.pointee.release = nil
    }

    deinit {
        if let release = array.pointee.release { release(array) }
        array.deallocate()
    }
}
