// Where kernels write the strings of a result; unlike a StringBuilder it refuses what is too long instead of trapping.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A string column under construction, one row after the other. A struct with its pointers at hand, as the loops that
/// write to it ask for them at every byte.
struct TextSink {
    private let offsets: MutableBuffer
    private let bytes: MutableBuffer
    private let ends: UnsafeMutablePointer<Int32>
    private var start: UnsafeMutablePointer<UInt8>
    /// Bytes up to which no question has to be asked: those of the memory, or those until the next look at the cancellation.
    private var capacity: Int
    private let cancellation = Cancellation.current
    private var used = 0
    private var rowStart = 0
    private var rows = 0
    private var isTooLong = false
    /// Whether the bytes may not grow any more, so that every further row is too long.
    private var isFull = false

    /// Bytes that one row may have; no row of a result is longer, whatever a script multiplies.
    static let rowLimit = 1 << 26

    /// An empty column with room for `count` rows, and at first for `byteCount` bytes.
    init(count: Int, byteCount: Int) {
        offsets = MutableBuffer(capacity: (count + 1) * 4)
        // What is asked for at first is a guess; where a budget has not so much left, the bytes are asked for as they are needed.
        let guess = min(byteCount, StringBuilder.byteLimit)
        bytes = MutableBuffer(capacity: MemoryBudget.current.map { $0.allows(guess) } ?? true ? guess : 0)
        ends = offsets.values(as: Int32.self)
        start = bytes.values(as: UInt8.self)
        capacity = cancellation == nil ? bytes.capacity : min(bytes.capacity, Cancellation.stretch)
        ends[0] = 0
    }

    /// Room for `needed` more bytes of the row, which then count as written; nil where the row gets too long.
    @inline(__always)
    mutating func room(_ needed: Int) -> UnsafeMutablePointer<UInt8>? {
        let end = used &+ needed
        if end > capacity, !grow(end) { return nil }
        let room = start + used
        used = end
        return room
    }

    /// Takes back the last `count` bytes of what `room` gave.
    @inline(__always)
    mutating func giveBack(_ count: Int) { used &-= count }

    @inline(never)
    private mutating func grow(_ end: Int) -> Bool {
        if isUnwanted() { return false }
        if isTooLong || isFull || end - rowStart > TextSink.rowLimit || end > StringBuilder.byteLimit {
            isTooLong = true
            return false
        }
        guard bytes.tryReserve(end, used: used) else {
            isTooLong = true
            isFull = true
            // The rows to come are not to fill once more what is left.
            capacity = 0
            return false
        }
        start = bytes.values(as: UInt8.self)
        capacity = cancellation == nil ? bytes.capacity : min(bytes.capacity, end + Cancellation.stretch)
        return true
    }

    /// Whether what comes is not wanted any more, because the work was cancelled: all of it counts as too long then.
    @inline(never)
    private mutating func isUnwanted() -> Bool {
        guard let cancellation, cancellation.isRaised else { return false }
        isTooLong = true
        isFull = true
        capacity = 0
        return true
    }

    /// Appends the bytes; false where the row got too long.
    @inline(__always) @discardableResult
    mutating func append(_ text: Text) -> Bool {
        if text.count > Cancellation.stretch { return append(long: text) }
        guard let room = room(text.count) else { return false }
        memcpy(room, text.start, text.count)
        return true
    }

    @inline(never)
    private mutating func append(long text: Text) -> Bool {
        guard let room = room(text.count) else { return false }
        for start in stride(from: 0, to: text.count, by: Cancellation.stretch) {
            if isUnwanted() { return false }
            memcpy(room + start, text.start + start, min(Cancellation.stretch, text.count - start))
        }
        return true
    }

    /// Appends the bytes so many times; false where the row got too long.
    mutating func append(_ text: Text, times: Int) -> Bool {
        let (total, overflow) = text.count.multipliedReportingOverflow(by: times)
        guard !overflow, let room = room(total) else { return false }
        // What is there already is copied again, so that a long row takes few steps.
        var written = min(text.count, total)
        memcpy(room, text.start, written)
        while written < total {
            let count = min(written, total - written, Cancellation.stretch)
            if written >= Cancellation.stretch, isUnwanted() { return false }
            memcpy(room + written, room, count)
            written += count
        }
        return true
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if let room = room(1) { room[0] = byte }
    }

    /// Ends the row. False where it got longer than a row, or all rows together, may be; it is then an empty string.
    @inline(__always)
    mutating func endRow() -> Bool {
        let fits = !isTooLong && used &- rowStart <= TextSink.rowLimit
        if !fits {
            used = rowStart
            isTooLong = false
        }
        rows &+= 1
        ends[rows] = Int32(truncatingIfNeeded: used)
        rowStart = used
        return fits
    }

    /// The column of the rows ended.
    func finish(_ type: DataType = .string, validity: Buffer?) -> Column {
        let storage = Column.Storage.variable(
            offsets: offsets.freeze(byteCount: (rows + 1) * 4), bytes: bytes.freeze(byteCount: used))
        return Column(type: type, count: rows, validity: validity, storage: storage)
    }
}
