// Raw memory of columns: a buffer that is being filled, and the immutable view of one that columns share.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Immutable bytes of a column, and whatever keeps them alive.
///
/// A buffer is a view: slicing moves the pointer and shares the owner. Memory that `MutableBuffer` allocated is
/// 64-byte aligned and readable for 64 bytes past its end, so that kernels may load whole words.
public struct Buffer: @unchecked Sendable {
    /// The first byte.
    public let pointer: UnsafeRawPointer
    /// How many bytes belong to the buffer.
    public let byteCount: Int
    /// Keeps the memory alive; never touched otherwise.
    public let owner: AnyObject

    @inlinable
    public init(pointer: UnsafeRawPointer, byteCount: Int, owner: AnyObject) {
        self.pointer = pointer
        self.byteCount = byteCount
        self.owner = owner
    }

    /// The bytes from `offset` on, sharing the memory.
    @inlinable
    public func dropFirst(bytes offset: Int) -> Buffer {
        precondition(offset >= 0 && offset <= byteCount)
        return Buffer(pointer: pointer + offset, byteCount: byteCount - offset, owner: owner)
    }

    /// The bytes as values of `type`; the caller knows the layout.
    @inlinable
    public func values<T>(as type: T.Type) -> UnsafePointer<T> { pointer.assumingMemoryBound(to: type) }
}

/// Memory that one owner fills and then freezes into a `Buffer`.
public final class MutableBuffer {
    /// The first byte; changes when the buffer grows.
    public private(set) var pointer: UnsafeMutableRawPointer
    /// Bytes that may be written.
    public private(set) var capacity: Int

    /// What was charged for the memory, and is given back when it is freed.
    private let budget = MemoryBudget.current

    /// Alignment and padding of every allocation, as Arrow asks for.
    public static let padding = 64

    /// Memory for `capacity` bytes; contents are undefined unless `zeroed`.
    public init(capacity: Int, zeroed: Bool = false) {
        self.capacity = max(capacity, 64)
        pointer = MutableBuffer.allocate(self.capacity)
        budget?.charge(self.capacity)
        // The padding is read by whole-word kernels; it has to be defined, whatever it holds.
        if zeroed {
            memset(pointer, 0, self.capacity + MutableBuffer.padding)
        } else {
            memset(pointer + self.capacity, 0, MutableBuffer.padding)
        }
    }

    deinit {
        free(pointer)
        budget?.charge(-capacity)
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutableRawPointer {
        guard let memory = memory(capacity) else { outOfMemory(bytes: capacity, for: "a column") }
        return memory
    }

    private static func memory(_ capacity: Int) -> UnsafeMutableRawPointer? {
        var memory: UnsafeMutableRawPointer?
        return posix_memalign(&memory, padding, capacity + padding) == 0 ? memory : nil
    }

    /// Grows to at least `needed` bytes, keeping the first `used`.
    public func reserve(_ needed: Int, used: Int) {
        guard needed > capacity else { return }
        let grown = max(needed, capacity + capacity / 2 + 64)
        move(to: MutableBuffer.allocate(grown), grown, used: used)
    }

    /// The same where the budget at hand and the system allow it; else false, and the memory is as it was.
    func tryReserve(_ needed: Int, used: Int) -> Bool {
        guard needed > capacity else { return true }
        let grown = max(needed, capacity + capacity / 2 + 64)
        guard MemoryBudget.grants(grown), let memory = MutableBuffer.memory(grown) else { return false }
        move(to: memory, grown, used: used)
        return true
    }

    private func move(to memory: UnsafeMutableRawPointer, _ grown: Int, used: Int) {
        memcpy(memory, pointer, used)
        memset(memory + grown, 0, MutableBuffer.padding)
        free(pointer)
        pointer = memory
        budget?.charge(grown - capacity)
        capacity = grown
    }

    /// The memory as values of `type`.
    @inlinable
    public func values<T>(as type: T.Type) -> UnsafeMutablePointer<T> { pointer.assumingMemoryBound(to: type) }

    /// The first `byteCount` bytes as an immutable buffer; nothing may be written through this object afterwards.
    public func freeze(byteCount: Int) -> Buffer {
        precondition(byteCount <= capacity)
        return Buffer(pointer: pointer, byteCount: byteCount, owner: self)
    }
}
