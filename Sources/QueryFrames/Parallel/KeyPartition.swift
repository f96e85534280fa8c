// Rows shared out by their keys: equal keys go to the same worker, so that each worker has groups that no other one has.

/// The rows of a batch, in as many parts as there are workers; within a part they are in their own order.
struct KeyPartition: @unchecked Sendable {
    /// The chosen rows of each part.
    let parts: [Selection]

    /// Shares out `count` rows by the values of `keys`. Equal means equal in the order of sorts; null equals null.
    init(_ keys: [Column], count: Int, into parts: Int) {
        let memory = MutableBuffer(capacity: count * 8, zeroed: true)
        let hashes = memory.values(as: UInt64.self)
        for key in keys { KeyPartition.mix(key, into: hashes) }
        let buffers = (0..<parts).map { _ in MutableBuffer(capacity: (count + 1) * 4) }
        var rows = buffers.map { $0.values(as: UInt32.self) }
        let starts = rows
        withExtendedLifetime(memory) {
            rows.withUnsafeMutableBufferPointer { rows in
                for row in 0..<count {
                    // The high half of the product with the number of parts is below it.
                    let part = Int(truncatingIfNeeded: (hashes[row] &>> 32 &* UInt64(truncatingIfNeeded: parts)) &>> 32)
                    rows[part].pointee = UInt32(truncatingIfNeeded: row)
                    rows[part] += 1
                }
            }
        }
        self.parts = buffers.indices.map { part in
            let found = rows[part] - starts[part]
            return Selection(buffer: buffers[part].freeze(byteCount: found * 4), count: found)
        }
    }

    /// Mixes a column's values into the hash of each row.
    private static func mix(_ column: Column, into hashes: UnsafeMutablePointer<UInt64>) {
        let visitor = Mixing(hashes: hashes)
        let isBytes = KeyNumbers.isBytes(column.type)
        let column = isBytes ? column.keyBytes() : column
        withExtendedLifetime(column) {
            guard isBytes else { return KeyNumbers.integerKeys(column, visitor) }
            let source = TextSource(column), valid = column.validBits
            for row in 0..<column.count {
                if let valid, !Bitmap.get(valid, row) {
                    visitor.add(0, row)
                    continue
                }
                let text = source[row]
                visitor.add(Hash.of(TextKey(text, in: source), text), row)
            }
        }
    }

    private struct Mixing: KeyVisitor {
        let hashes: UnsafeMutablePointer<UInt64>

        @inline(__always)
        func add(_ key: UInt64, _ row: Int) { hashes[row] = Hash.of(hashes[row] &* 3 &+ key) }

        @inline(__always)
        func visit(_ count: Int, isNull: (Int) -> Bool, key: (Int) -> UInt64) {
            for row in 0..<count { add(isNull(row) ? 0 : key(row), row) }
        }
    }
}
