// One column on its way from cells to typed memory: its shape, and the batch that is being filled.
import QueryFrames

/// Reads the cells of one column, batch after batch, each in the shape that the values so far have.
///
/// A value that does not fit widens the shape. Where values of the batch are already stored in the narrower shape, the
/// batch is left stale: `TableReader` reads it again once all rows have been seen, for the bytes are in memory.
final class ColumnReader {
    private(set) var shape: Shape
    /// Whether a number stood that the shape at that time could not hold exactly.
    private(set) var sawOddNumber = false
    /// The finished batches and the shapes they were read in; nil where the batch is stale.
    private(set) var batches: [(shape: Shape, column: Column)?] = []

    private var rows = 0
    private var nulls = 0
    private var stale = false
    private var room = 0
    private var valid = MutableBuffer(capacity: 0)
    private var values = MutableBuffer(capacity: 0)
    private var bytes = MutableBuffer(capacity: 0)
    private var byteCount = 0

    /// A column of which `earlier` batches had no value at all.
    init(shape: Shape = .empty, earlier: [Int] = []) {
        self.shape = shape
        batches = earlier.map { (.empty, .nulls($0)) }
    }

    /// Begins a batch with room for `capacity` rows.
    func begin(capacity: Int) {
        let capacity = max(capacity, 1)
        rows = 0
        nulls = 0
        byteCount = 0
        stale = false
        room = 0
        valid = MutableBuffer(capacity: Bitmap.byteCount(capacity))
        if shape != .empty { values = MutableBuffer(capacity: valueBytes(capacity)) }
        if hasBytes { bytes = MutableBuffer(capacity: capacity * 8) }
        reserve(capacity)
    }

    /// Ends the batch; `index` is its place where it is read again.
    func end(replacing index: Int? = nil) {
        let finished: (Shape, Column)? = stale ? nil : (shape, column())
        if let index { batches[index] = finished } else { batches.append(finished) }
    }

    /// Bytes that `count` rows take in the shape of now.
    private func valueBytes(_ count: Int) -> Int {
        switch shape {
        case .empty: 0
        case .bool: Bitmap.byteCount(count)
        case .date: count * 4
        case .text, .json: (count + 1) * 4
        case .int, .float, .instant, .wallClock: count * 8
        case .decimal: count * 16
        }
    }

    /// Makes room for `count` rows in all; new rows are valid until they are found null.
    private func reserve(_ count: Int) {
        guard count > room else { return }
        let used = Bitmap.byteCount(room)
        valid.reserve(Bitmap.byteCount(count), used: used)
        (valid.values(as: UInt8.self) + used).update(repeating: 0xff, count: valid.capacity - used)
        room = valid.capacity * 8
        if shape != .empty { values.reserve(valueBytes(room), used: valueBytes(rows)) }
        if hasBytes, rows == 0 { values.values(as: Int32.self)[0] = 0 }
        if shape == .bool {
            let used = Bitmap.byteCount(rows)
            (values.values(as: UInt8.self) + used).update(repeating: 0, count: values.capacity - used)
        }
    }

    /// Takes `count` rows: the cell of the first is at `cells`, the next ones `stride` further each.
    func take(_ origin: UnsafeRawPointer, _ cells: UnsafePointer<Cell>, stride: Int, count: Int) {
        if stale { return }
        reserve(rows + count)
        let before = rows
        var taken = 0
        while true {
            taken += append(origin, cells + taken * stride, stride, count - taken)
            guard taken < count else { return }
            let narrower = shape
            widen(by: cells[taken * stride], origin)
            if narrower == .int, shape == .decimal {
                extendInts()
            } else if nulls == rows {
                restart(rows)
            } else if before == 0 {
                restart(0)
                taken = 0
            } else {
                stale = true
                return
            }
        }
    }

    /// Changes the shape to one that has room for `cell` too.
    private func widen(by cell: Cell, _ origin: UnsafeRawPointer) {
        let (found, number) = Shape.of(cell, origin + Int(cell.start))
        let wider = shape.joined(found)
        if number != .none, wider == .text || wider == shape { sawOddNumber = true }
        shape = wider == shape ? .text : wider
    }

    /// Whether the values are bytes of any number.
    private var hasBytes: Bool { shape == .text || shape == .json }

    /// Gives the ints of the batch the width of decimals.
    private func extendInts() {
        let wider = MutableBuffer(capacity: valueBytes(room))
        let to = wider.values(as: Int128.self), from = values.values(as: Int64.self)
        for row in 0..<rows { to[row] = Int128(from[row]) }
        values = wider
    }

    /// Gives the finished batches that hold ints the shape of now, if that is decimals: they need not be read again.
    func extendFinishedInts() {
        guard shape == .decimal else { return }
        for (index, batch) in batches.enumerated() {
            guard let batch, batch.shape == .int else { continue }
            let from = batch.column.fixed(as: Int64.self), count = batch.column.count
            let out = MutableBuffer(capacity: count * 16)
            let to = out.values(as: Int128.self)
            for row in 0..<count { to[row] = Int128(from[row]) }
            batches[index] = (shape, Column(
                type: shape.type, count: count, validity: batch.column.validity, nullCount: batch.column.nullCount,
                storage: .fixed(out.freeze(byteCount: count * 16))))
        }
    }

    /// Begins the batch anew in the shape of now, with `count` nulls.
    private func restart(_ count: Int) {
        let capacity = room
        if count == 0 {
            nulls = 0
            rows = 0
            valid.values(as: UInt8.self).update(repeating: 0xff, count: valid.capacity)
        }
        values = MutableBuffer(capacity: valueBytes(capacity))
        // The nulls so far are zeros, as are the offsets of their texts; a bool is set bit by bit.
        let zeros = shape == .bool ? values.capacity : min(valueBytes(count), values.capacity)
        values.values(as: UInt8.self).update(repeating: 0, count: zeros)
        if hasBytes { bytes = MutableBuffer(capacity: capacity * 8) }
        byteCount = 0
    }

    private func column() -> Column {
        let used = Bitmap.byteCount(rows)
        if rows & 7 != 0 { valid.values(as: UInt8.self)[used - 1] &= (1 << UInt8(rows & 7)) - 1 }
        let validity = nulls == 0 ? nil : valid.freeze(byteCount: used)
        let storage: Column.Storage =
            switch shape {
            case .empty: .none
            case .bool: .bits(values.freeze(byteCount: used))
            case .text, .json: .variable(offsets: values.freeze(byteCount: (rows + 1) * 4), bytes: bytes.freeze(byteCount: byteCount))
            case .int, .decimal, .float, .date, .instant, .wallClock: .fixed(values.freeze(byteCount: valueBytes(rows)))
            }
        return shape == .empty
            ? .nulls(rows) : Column(type: shape.type, count: rows, validity: validity, nullCount: nulls, storage: storage)
    }

    // MARK: The loops, one for each shape; each gives how many rows it took before one that does not fit.

    private func append(_ origin: UnsafeRawPointer, _ cells: UnsafePointer<Cell>, _ stride: Int, _ count: Int) -> Int {
        switch shape {
        case .empty: return appendNulls(cells, stride, count)
        case .bool: return appendBools(origin, cells, stride, count)
        case .int:
            return appendFixed(origin, cells, stride, count, as: Int64.self) { start, cell in
                guard cell.isBare else { return nil }
                if let short = NumberText.shortInt(start, cell.length) { return short }
                guard case .int(let value) = NumberText(UnsafeRawBufferPointer(start: start, count: cell.length)) else { return nil }
                return value
            }
        case .decimal:
            return appendFixed(origin, cells, stride, count, as: Int128.self) { start, cell in
                guard cell.isBare else { return nil }
                if let short = NumberText.shortInt(start, cell.length) { return Int128(short) }
                return NumberText(UnsafeRawBufferPointer(start: start, count: cell.length)).asInteger
            }
        case .float:
            return NumberText.powersOfTen.withUnsafeBufferPointer { powers in
                guard let powers = powers.baseAddress else { return 0 }
                return appendFixed(origin, cells, stride, count, as: Double.self) { start, cell in
                    guard cell.isBare else { return nil }
                    if let short = NumberText.shortFloat(start, cell.length, powers) { return short }
                    return NumberText(UnsafeRawBufferPointer(start: start, count: cell.length)).asFloat
                }
            }
        case .date:
            return appendFixed(origin, cells, stride, count, as: Int32.self) { start, cell in
                guard cell.isBare || cell.kind == .string else { return nil }
                return TextParsing.date(UnsafeRawBufferPointer(start: start, count: cell.length))
            }
        case .instant, .wallClock:
            let utc = shape == .instant
            return appendFixed(origin, cells, stride, count, as: Int64.self) { start, cell in
                guard cell.isBare || cell.kind == .string else { return nil }
                guard let time = TextParsing.timestamp(UnsafeRawBufferPointer(start: start, count: cell.length)), time.utc == utc else {
                    return nil
                }
                return time.micros
            }
        case .text, .json: return appendText(origin, cells, stride, count)
        }
    }

    private func appendNulls(_ cells: UnsafePointer<Cell>, _ stride: Int, _ count: Int) -> Int {
        let bits = valid.values(as: UInt8.self)
        var index = 0
        while index < count, cells[index * stride].isNull {
            Bitmap.clear(bits, rows + index)
            index += 1
        }
        rows += index
        nulls += index
        return index
    }

    @inline(__always)
    private func appendFixed<T: BitwiseCopyable & ExpressibleByIntegerLiteral>(
        _ origin: UnsafeRawPointer, _ cells: UnsafePointer<Cell>, _ stride: Int, _ count: Int, as type: T.Type,
        _ read: (UnsafeRawPointer, Cell) -> T?
    ) -> Int {
        let bits = valid.values(as: UInt8.self)
        let first = rows
        let to = values.values(as: T.self) + first
        var empty = 0
        var index = 0
        var cell = cells
        while index < count {
            let value = cell.pointee
            if let read = read(origin + Int(value.start), value) {
                to[index] = read
            } else if value.isNull {
                to[index] = 0
                Bitmap.clear(bits, first &+ index)
                empty &+= 1
            } else {
                break
            }
            index &+= 1
            cell += stride
        }
        rows = first + index
        nulls += empty
        return index
    }

    private func appendBools(_ origin: UnsafeRawPointer, _ cells: UnsafePointer<Cell>, _ stride: Int, _ count: Int) -> Int {
        let bits = valid.values(as: UInt8.self), to = values.values(as: UInt8.self)
        for index in 0..<count {
            let cell = cells[index * stride]
            if cell.isNull {
                Bitmap.clear(bits, rows)
                nulls += 1
            } else if cell.isBare, let value = TextParsing.bool(UnsafeRawBufferPointer(start: origin + Int(cell.start), count: cell.length))
            {
                if value { Bitmap.set(to, rows) }
            } else {
                return index
            }
            rows += 1
        }
        return count
    }

    private func appendText(_ origin: UnsafeRawPointer, _ cells: UnsafePointer<Cell>, _ stride: Int, _ count: Int) -> Int {
        let bits = valid.values(as: UInt8.self)
        let offsets = values.values(as: Int32.self) + rows + 1
        var target = bytes.pointer, room = bytes.capacity
        var used = byteCount
        var index = 0
        var cell = cells
        while index < count {
            let value = cell.pointee
            let length = value.length
            if used &+ length > room {
                bytes.reserve(used + length, used: used)
                target = bytes.pointer
                room = bytes.capacity
            }
            let source = origin + Int(value.start)
            if value.isBare || value.kind == .string {
                // Both sides are padded, so short text is copied as one word of 16 bytes.
                if length <= 16 {
                    (target + used).storeBytes(of: source.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
                } else {
                    (target + used).copyMemory(from: source, byteCount: length)
                }
                used &+= length
            } else if value.isNull {
                Bitmap.clear(bits, rows &+ index)
                nulls &+= 1
            } else {
                used &+= CellText.decode(value.kind, source, length, to: target + used)
            }
            offsets[index] = Int32(truncatingIfNeeded: used)
            index &+= 1
            cell += stride
        }
        rows += index
        byteCount = used
        return index
    }
}
