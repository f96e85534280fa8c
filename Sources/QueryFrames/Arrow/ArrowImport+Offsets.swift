// Offsets of imported strings and lists: checked, and made 32 bits wide where they are not.

extension ArrowImport {
    /// Where the values of the rows begin and end among those of a buffer or child.
    struct Offsets {
        /// `count + 1` Int32 offsets, counted from `base`.
        let buffer: Buffer
        /// The value that offset 0 stands for.
        let base: Int
        /// The first value, and one past the last.
        let range: Range<Int>

        var at: UnsafePointer<Int32> { buffer.values(as: Int32.self) }
    }

    /// The offsets in buffer 1. Those of 64 bits, and all where `rebased`, begin at 0 afterwards.
    func offsets(large: Bool, rebased: Bool = false) throws(ArrowError) -> Offsets {
        if large { return try rebasedOffsets(Int64.self) }
        let lying = try values(1, start, count + 1, as: Int32.self)
        let at = lying.values(as: Int32.self)
        if rebased && at[0] != 0 { return try rebasedOffsets(Int32.self) }
        var backwards: Int32 = at[0]
        for row in 0..<count { backwards |= at[row &+ 1] | (at[row &+ 1] >= at[row] ? 0 : -1) }
        if backwards < 0 { throw malformed(.offsets(row: ArrowImport.firstFault(lying, count))) }
        return Offsets(buffer: lying, base: 0, range: Int(at[0])..<Int(at[count]))
    }

    private func rebasedOffsets<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) throws(ArrowError) -> Offsets {
        let size = MemoryLayout<T>.stride
        let source = try buffer(1, (start + count + 1) * size).pointer + start * size
        func offset(_ row: Int) -> T { source.loadUnaligned(fromByteOffset: row &* size, as: T.self) }
        let first = offset(0)
        var last = first
        for row in 0...count {
            guard offset(row) >= last, last >= 0 else { throw malformed(.offsets(row: max(row, 1))) }
            last = offset(row)
        }
        guard Int64(last) <= ArrowImport.lengthLimit else { throw malformed(.offsets(row: count)) }
        guard last - first <= T(Int32.max) else { throw .tooLarge(field: self.type.path) }
        let out = MutableBuffer(capacity: (count + 1) * 4)
        let to = out.values(as: Int32.self)
        for row in 0...count { to[row] = Int32(truncatingIfNeeded: offset(row) - first) }
        return Offsets(buffer: out.freeze(byteCount: (count + 1) * 4), base: Int(first), range: Int(first)..<Int(last))
    }

    /// The first row (from 1) whose offsets are wrong.
    private static func firstFault(_ offsets: Buffer, _ count: Int) -> Int {
        withExtendedLifetime(offsets) {
            let at = offsets.values(as: Int32.self)
            return ((0..<count).first { at[$0] < 0 || at[$0 + 1] < at[$0] } ?? count - 1) + 1
        }
    }
}
