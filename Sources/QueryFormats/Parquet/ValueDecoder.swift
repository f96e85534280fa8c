// The values of one page, in whichever of parquet's encodings they are.
import QueryFrames

/// Decodes the values of pages of one leaf.
struct ValueDecoder {
    let leaf: ParquetLeaf
    /// The column's name, for errors.
    let column: String

    /// Appends the `count` values that stand in `input` from `place` on.
    func append(
        _ encoding: ParquetEncoding, _ input: CheckedBytes, at place: Int, count: Int, to values: PhysicalValues
    ) throws(FormatError) {
        switch encoding {
        case .plain: try plain(input, place, count, values)
        case .rle where leaf.physical == .boolean:
            let length = Int(try input.load(place, as: UInt32.self))
            let runs = input.named(input.part, try input.slice(place + 4, length))
            try PackedNumbers.hybrid(runs, at: 0, bits: 1, count: count, into: values.room(count, 1).assumingMemoryBound(to: UInt8.self))
        case .deltaBinaryPacked where leaf.physical == .int32 || leaf.physical == .int64: try deltas(input, place, count, values)
        case .deltaLengthByteArray where values.width == nil: try lengths(input, place, count, values)
        case .deltaByteArray where leaf.physical == .byteArray || leaf.physical == .fixedBytes: try prefixes(input, place, count, values)
        case .byteStreamSplit where leaf.physical != .boolean && values.width != nil: try streams(input, place, count, values)
        default:
            throw .unsupported(path: input.path, column: column, feature: "values of type \(leaf.physical) in the encoding \(encoding)")
        }
    }

    private func plain(_ input: CheckedBytes, _ place: Int, _ count: Int, _ values: PhysicalValues) throws(FormatError) {
        if leaf.physical == .boolean {
            let bits = try input.slice(place, Bitmap.byteCount(count))
            let to = values.room(count, 1).assumingMemoryBound(to: UInt8.self)
            for index in 0..<count { to[index] = bits[index >> 3] >> UInt8(index & 7) & 1 }
            return
        }
        if let width = values.width {
            let (size, overflow) = count.multipliedReportingOverflow(by: width)
            if overflow { throw input.damaged }
            let from = try input.slice(place, size)
            guard let start = from.baseAddress else { return }
            return values.room(count, width).copyMemory(from: start, byteCount: from.count)
        }
        let rest = try input.slice(place, input.count - place)
        guard values.reserve(count, total: rest.count) else { throw tooLarge(input) }
        guard let start = rest.baseAddress else {
            if count > 0 { throw input.damaged }
            return
        }
        var at = 0, used = values.byteCount
        let to = values.pointer, ends = values.at + values.count + 1
        for index in 0..<count {
            guard at &+ 4 <= rest.count else { throw input.damaged }
            let length = Int(UInt32(littleEndian: start.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
            guard length <= rest.count &- at &- 4 else { throw input.damaged }
            // Sixteen bytes at once are cheaper than as many as there are; behind the values is room for them.
            if length <= 16, at &+ 20 <= rest.count {
                (to + used).copyMemory(from: start + at + 4, byteCount: 16)
            } else {
                (to + used).copyMemory(from: start + at + 4, byteCount: length)
            }
            used &+= length
            ends[index] = Int32(truncatingIfNeeded: used)
            at &+= 4 &+ length
        }
        values.advance(count, to: used)
    }

    private func tooLarge(_ input: CheckedBytes) -> FormatError {
        .tooLarge(path: input.path, what: "row group's column \"\(column)\"", limit: StringBuilder.byteLimit)
    }

    private func deltas(_ input: CheckedBytes, _ place: Int, _ count: Int, _ values: PhysicalValues) throws(FormatError) {
        var at = place
        let numbers = try PackedNumbers.deltas(input, at: &at, count: count)
        if leaf.physical == .int32 {
            let to = values.room(count, 4).assumingMemoryBound(to: Int32.self)
            for (index, number) in numbers.enumerated() { to[index] = Int32(truncatingIfNeeded: number) }
        } else {
            let to = values.room(count, 8).assumingMemoryBound(to: Int64.self)
            for (index, number) in numbers.enumerated() { to[index] = number }
        }
    }

    /// Lengths first, then the bytes of all values.
    private func lengths(_ input: CheckedBytes, _ place: Int, _ count: Int, _ values: PhysicalValues) throws(FormatError) {
        var at = place
        let lengths = try PackedNumbers.deltas(input, at: &at, count: count)
        let rest = try input.slice(at, input.count - at)
        guard values.reserve(count, total: rest.count) else { throw tooLarge(input) }
        var used = 0
        for length in lengths {
            guard length >= 0, length <= Int64(rest.count - used) else { throw input.damaged }
            values.append(rest.baseAddress.map { $0 + used }, Int(length))
            used += Int(length)
        }
    }

    /// How much of the value before each value begins with, and then the rest of each.
    private func prefixes(_ input: CheckedBytes, _ place: Int, _ count: Int, _ values: PhysicalValues) throws(FormatError) {
        var at = place
        let prefixes = try PackedNumbers.deltas(input, at: &at, count: count)
        let suffixes = try PackedNumbers.deltas(input, at: &at, count: count)
        let rest = try input.slice(at, input.count - at)
        var used = 0
        var value: [UInt8] = []
        // A few bytes may stand for values that all begin with a long one: no page is worth more than this.
        var allowance = 64 << 20 + 64 * input.count
        for (prefix, suffix) in zip(prefixes, suffixes) {
            guard prefix >= 0, prefix <= Int64(value.count), suffix >= 0, suffix <= Int64(rest.count - used) else { throw input.damaged }
            value.removeSubrange(Int(prefix)...)
            value += rest[used..<used + Int(suffix)]
            used += Int(suffix)
            allowance -= value.count
            guard allowance >= 0 else { throw input.damaged }
            if let width = values.width {
                guard value.count == width else { throw input.damaged }
                value.withUnsafeBytes { values.room(1, width).copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(values.pointer), byteCount: width) }
            } else {
                guard values.reserve(1, total: value.count) else { throw tooLarge(input) }
                value.withUnsafeBytes { values.append($0.baseAddress, $0.count) }
            }
        }
    }

    /// The first bytes of all values, then the second ones, and so on.
    private func streams(_ input: CheckedBytes, _ place: Int, _ count: Int, _ values: PhysicalValues) throws(FormatError) {
        guard let width = values.width else { return }
        let (size, overflow) = count.multipliedReportingOverflow(by: width)
        if overflow { throw input.damaged }
        let from = try input.slice(place, size)
        let to = values.room(count, width).assumingMemoryBound(to: UInt8.self)
        for index in 0..<count { for byte in 0..<width { to[index * width + byte] = from[byte * count + index] } }
    }
}
