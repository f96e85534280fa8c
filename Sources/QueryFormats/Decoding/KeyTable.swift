// The keys of objects as columns: most rows have the keys of the row before, in its order.
import QueryFrames

/// The columns of rows that are objects, in the order in which their keys were first met.
struct KeyTable {
    /// The keys, their escapes undone. Those that differ only in Unicode's normal form are two columns.
    private(set) var keys: [[UInt8]] = []
    private var columns: [[UInt8]: Int] = [:]
    /// Each key in quotes, as it was written first.
    private(set) var written: [[UInt8]] = []

    var count: Int { keys.count }

    /// The keys as strings.
    var names: [String] { keys.map { String(decoding: $0, as: UTF8.self) } }

    /// The column of a key.
    func column(of key: [UInt8]) -> Int? { columns[key] }

    /// The column of a key; a new one where it is.
    mutating func column(_ key: [UInt8], written quoted: UnsafeRawBufferPointer) -> Int {
        if let column = columns[key] { return column }
        columns[key] = keys.count
        keys.append(key)
        written.append(Array(quoted))
        return keys.count - 1
    }
}

/// The written keys of a table, one after the other, to be compared with what stands in the bytes.
struct KeyText {
    /// The keys; eight more bytes are there behind them.
    private(set) var bytes: UnsafeMutableRawPointer = .allocate(byteCount: 64, alignment: 8)
    /// Where each begins, and where the last one ends.
    private(set) var starts: UnsafeMutablePointer<Int> = .allocate(capacity: 8)
    private var byteRoom = 64
    private var room = 8

    init() { starts[0] = 0 }

    func deallocate() {
        bytes.deallocate()
        starts.deallocate()
    }

    /// Makes the text that of `table`.
    mutating func load(_ table: KeyTable) { append(table, from: 0) }

    /// Adds the keys of `table` from number `first` on.
    mutating func append(_ table: KeyTable, from first: Int) {
        for index in first..<table.count {
            let key = table.written[index]
            let end = starts[index] + key.count
            if end + 8 > byteRoom {
                let grown = UnsafeMutableRawPointer.allocate(byteCount: 2 * end + 64, alignment: 8)
                grown.copyMemory(from: bytes, byteCount: starts[index])
                bytes.deallocate()
                (bytes, byteRoom) = (grown, 2 * end + 64)
            }
            if index + 1 == room {
                let grown = UnsafeMutablePointer<Int>.allocate(capacity: 2 * room)
                grown.update(from: starts, count: room)
                starts.deallocate()
                (starts, room) = (grown, 2 * room)
            }
            key.withUnsafeBytes { (bytes + starts[index]).copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(bytes), byteCount: $0.count) }
            starts[index + 1] = end
        }
    }
}
