// Columns from arrays of other programs: what can be used as it lies is, and keeps the array alive; the rest is copied.
//
// Nothing that an array says is believed before it is checked, but for the sizes of its buffers, which the interface does not tell.
import CArrow

/// Rows of an array of which a column is made.
struct ArrowImport {
    let array: ArrowArray
    let type: ArrowType
    /// What keeps the buffers alive.
    let owner: AnyObject
    /// The first row, counted from the beginning of the buffers.
    let start: Int
    let count: Int
    /// The rows that have a value, from bit 0 on; nil where all have.
    let validity: Buffer?

    /// More rows, or elements of lists, than memory can hold.
    static let lengthLimit: Int64 = 1 << 40

    /// `rows`, counted from the array's own first row.
    init(_ array: UnsafePointer<ArrowArray>, _ type: ArrowType, rows: Range<Int>, owner: AnyObject) throws(ArrowError) {
        let array = array.pointee
        _ = try ArrowImport.length(of: array, path: type.path)
        let format = type.format
        guard array.n_buffers == Int64(format.bufferCount ?? Int(clamping: max(array.n_buffers, 3))), array.n_buffers <= 1 << 24 else {
            throw .malformed(field: type.path, fault: .bufferCount(expected: format.bufferCount ?? 3, found: array.n_buffers))
        }
        guard array.n_buffers == 0 || array.buffers != nil else { throw .malformed(field: type.path, fault: .missingBuffer(0)) }
        guard array.n_children == Int64(type.elements.count) else {
            throw .malformed(field: type.path, fault: .childCount(expected: type.elements.count, found: array.n_children))
        }
        self.array = array
        self.type = type
        self.owner = owner
        start = Int(array.offset) + rows.lowerBound
        count = rows.count
        guard format != .null, rows.count > 0 else {
            validity = nil
            return
        }
        guard let bits = array.buffers[0] else {
            if array.null_count > 0 { throw .malformed(field: type.path, fault: .missingBuffer(0)) }
            validity = nil
            return
        }
        let all = Buffer(pointer: bits, byteCount: Bitmap.byteCount(start + count), owner: owner)
        let valid = Bitmap.slice(all, offset: start, count: count)
        validity = Bitmap.countSet(valid.values(as: UInt8.self), count: count) == count ? nil : valid
    }

    /// The number of rows of an array, once it and the offset are known to be sane.
    static func length(of array: ArrowArray, path: String) throws(ArrowError) -> Int {
        guard array.release != nil else { throw .released }
        guard array.length >= 0, array.length <= lengthLimit else { throw .malformed(field: path, fault: .length(array.length)) }
        guard array.offset >= 0, array.offset <= lengthLimit else { throw .malformed(field: path, fault: .length(array.offset)) }
        return Int(array.length)
    }

    /// The column.
    func column() throws(ArrowError) -> Column {
        let column = try unchecked()
        if type.type == .json, type.format != .record { try checkJSON(column) }
        return column
    }

    /// Stops at a row that is called JSON and is none.
    private func checkJSON(_ column: Column) throws(ArrowError) {
        let source = TextSource(column), document = JSONDocument()
        for row in 0..<count where isValid(row) && !column.isNull(row) {
            document.load(source[row].bytes)
            do {
                _ = try document.value()
            } catch {
                throw malformed(.invalidJSON(row: row + 1))
            }
        }
    }

    private func unchecked() throws(ArrowError) -> Column {
        guard count > 0 else { return .nulls(0, of: type.type) }
        if type.values.first != nil { return try dictionary() }
        switch type.format {
        case .null: return .nulls(count)
        case .bool: return column(.bits(Bitmap.slice(try buffer(1, Bitmap.byteCount(start + count)), offset: start, count: count)))
        case .integer, .float16, .float32, .float64: return column(.fixed(try numbers()))
        case .decimal(let scale, let width): return column(.fixed(try decimals(scale: scale, width: width)))
        case .days, .dayMilliseconds, .timestamp, .duration, .time: return column(.fixed(try times()))
        case .bytes(let isText, let large): return column(try bytes(isText: isText, large: large))
        case .fixedBytes(let width): return column(try bytes(width: width))
        case .views(let isText): return column(try views(isText: isText))
        case .list(let large): return column(try lists(large: large))
        case .fixedList(let size): return column(try lists(size: size))
        case .record: return column(try records())
        }
    }

    private func column(_ storage: Column.Storage) -> Column {
        Column(type: type.type, count: count, validity: validity, storage: storage)
    }

    /// Whether `row` has a value.
    @inline(__always)
    func isValid(_ row: Int) -> Bool {
        guard let validity else { return true }
        return Bitmap.get(validity.values(as: UInt8.self), row)
    }

    /// An error about what the specification forbids.
    func malformed(_ fault: ArrowFault) -> ArrowError { .malformed(field: type.path, fault: fault) }

    /// The first `byteCount` bytes of buffer `index`, as they lie.
    func buffer(_ index: Int, _ byteCount: Int) throws(ArrowError) -> Buffer {
        guard let pointer = array.buffers[index] else { throw malformed(.missingBuffer(index)) }
        return Buffer(pointer: pointer, byteCount: byteCount, owner: owner)
    }

    /// `count` values of `T` from buffer `index`, the first of them at `first`: as they lie, or a copy where a load of one of
    /// them would not be aligned.
    func values<T: BitwiseCopyable>(_ index: Int, _ first: Int, _ count: Int, as type: T.Type) throws(ArrowError) -> Buffer {
        let size = MemoryLayout<T>.stride
        let lying = try buffer(index, (first + count) * size).dropFirst(bytes: first * size)
        if Int(bitPattern: lying.pointer) % MemoryLayout<T>.alignment == 0 { return lying }
        let out = MutableBuffer(capacity: count * size)
        out.pointer.copyMemory(from: lying.pointer, byteCount: count * size)
        return out.freeze(byteCount: count * size)
    }
}
