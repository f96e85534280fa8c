// The name under which a file stands until it is whole. Whoever waits for the file can take the name away, from any thread, while
// another one still writes.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Synchronization

/// A file's name beside its target: made once, and then either the target's or gone.
public final class TemporaryName: Sendable {
    private enum State {
        case unused
        case used(String, OutputTarget)
        /// It is the target now, or removed, or was not wanted before it was made.
        case over
    }

    private let state = Mutex(State.unused)

    public init() {}

    /// Makes the file beside the target and opens it.
    func make(beside target: OutputTarget) throws(FormatError) -> Int32 {
        target.removeAbandoned()
        return try state.withLock { (state) throws(FormatError) in
            guard case .unused = state else { throw .closedPipe(path: "") }
            let (descriptor, name) = try target.makeTemporary()
            state = .used(name, target)
            return descriptor
        }
    }

    /// Puts the file in the place of its target; fails where it was removed.
    func becomeTarget() throws(FormatError) {
        try state.withLock { (state) throws(FormatError) in
            guard case .used(let name, let target) = state else { throw .closedPipe(path: "") }
            try target.replace(by: name)
            state = .over
        }
    }

    /// Removes the file, unless it is its target already; one that was not made yet never will be. Takes no longer than to remove
    /// an entry from a folder: the blocks are given back when the file is closed.
    public func remove() {
        state.withLock { state in
            if case .used(let name, let target) = state { unlinkat(target.folder, name, 0) }
            state = .over
        }
    }
}
