// One message's buffers as the arrays of its fields: every length is held against the bytes that are there.
import CArrow
import QueryFrames

/// How many rows an input may claim beyond those that its bytes can hold: rows of no bytes at all, such as nulls.
struct ArrowRowAllowance {
    private var left: Int

    init(bytes: Int) { left = 16_777_216 + bytes }

    /// Counts rows of which `bytes` tell something, a bit each at least; false where there are too many.
    mutating func take(_ rows: Int, bytes: Int) -> Bool {
        left -= max(0, rows - 8 * bytes)
        return left >= 0
    }
}

/// Reads the nodes and buffers of one record batch in their order.
struct ArrowBatchReader {
    private let input: CheckedBytes
    private let nodes: CheckedBytes
    private let places: CheckedBytes
    private let views: CheckedBytes
    private let codec: Codec?
    private let structs: ArrowStructs
    private let length: Int64
    private var node = 0
    private var buffer = 0
    private var view = 0
    /// Where the last compressed buffer ended: each byte of a file is expanded once.
    private var expandedEnd: Int64 = 0

    /// `table` is the message's `RecordBatch`.
    init(_ table: FlatTable, _ body: CheckedBytes, _ structs: ArrowStructs) throws(FormatError) {
        input = body
        self.structs = structs
        length = try table.number(0, default: Int64(0))
        nodes = try table.structs(1, width: 16)
        places = try table.structs(2, width: 16)
        views = try table.structs(4, width: 8)
        codec = try table.table(3).map { (table) throws(FormatError) -> Codec in
            switch try table.number(0, default: Int8(0)) {
            case 0: return .lz4Frame
            case 1: return .zstd
            default: throw body.damaged
            }
        }
    }

    /// The rows that the message speaks of.
    func rows(_ allowance: inout ArrowRowAllowance) throws(FormatError) -> Int {
        guard length >= 0, length <= 1 << 40 else { throw input.damaged }
        if nodes.count == 0, !allowance.take(Int(length), bytes: 0) { throw input.damaged }
        return Int(length)
    }

    /// The next field's array, without its dictionary: where it has one, these are the indexes into it.
    mutating func array(
        _ field: ArrowField, _ allowance: inout ArrowRowAllowance, _ dictionary: (ArrowField) throws(FormatError) -> ArrowArray?
    ) throws(FormatError) -> ArrowArray {
        let count64 = try nodes.load(node, as: Int64.self), nulls64 = try nodes.load(node + 8, as: Int64.self)
        node += 16
        guard count64 >= 0, count64 <= 1 << 40, nulls64 >= -1, nulls64 <= count64 else { throw fault(field) }
        let count = Int(count64), layout = field.indices.map { .fixed($0.width) } ?? field.layout
        guard layout != .null else {
            guard allowance.take(count, bytes: 0) else { throw fault(field) }
            return structs.array(length: count, nullCount: count, buffers: [])
        }
        var buffers: [UnsafeRawPointer?] = []
        var bytes = 0
        let validity = try next(field)
        bytes += validity.count
        guard validity.count == 0 ? nulls64 <= 0 : validity.count >= Bitmap.byteCount(count) else { throw fault(field) }
        buffers.append(validity.count == 0 ? nil : validity.baseAddress)
        switch layout {
        case .null, .fixedList, .record: break
        case .bits: try take(Bitmap.byteCount(count), field, &buffers, &bytes)
        case .fixed(let width): try take(product(count, width, field), field, &buffers, &bytes)
        case .bytes(let large):
            let end = try offsets(count, large, field, &buffers, &bytes)
            try take(end, field, &buffers, &bytes)
        case .list(let large): _ = try offsets(count, large, field, &buffers, &bytes)
        case .views: try takeViews(count, field, &buffers, &bytes)
        }
        guard allowance.take(count, bytes: bytes) else { throw fault(field) }
        var children: [ArrowArray] = []
        if field.indices == nil {
            for child in field.children { children.append(try array(child, &allowance, dictionary)) }
        }
        return structs.array(
            length: count, nullCount: Int(nulls64), buffers: buffers, children: children,
            dictionary: field.indices == nil ? nil : try dictionary(field).map(structs.adopt))
    }

    private func fault(_ field: ArrowField) -> FormatError { input.named("column \"\(field.name)\", \(input.part)").damaged }

    private func product(_ count: Int, _ width: Int, _ field: ArrowField) throws(FormatError) -> Int {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: width)
        if overflow { throw fault(field) }
        return bytes
    }

    /// Takes the next buffer, which has to have `needed` bytes.
    private mutating func take(
        _ needed: Int, _ field: ArrowField, _ buffers: inout [UnsafeRawPointer?], _ bytes: inout Int
    ) throws(FormatError) {
        let buffer = try next(field)
        guard buffer.count >= needed else { throw fault(field) }
        bytes += buffer.count
        buffers.append(buffer.baseAddress)
    }

    /// Takes the next buffer as offsets, and gives the last of them: the bytes, or elements, that have to follow.
    private mutating func offsets(
        _ count: Int, _ large: Bool, _ field: ArrowField, _ buffers: inout [UnsafeRawPointer?], _ bytes: inout Int
    ) throws(FormatError) -> Int {
        let width = large ? 8 : 4
        let buffer = try next(field)
        bytes += buffer.count
        buffers.append(buffer.baseAddress)
        // Where there are no rows, there may be no offsets.
        if count == 0 { return 0 }
        guard try buffer.count >= product(count + 1, width, field) else { throw fault(field) }
        let last = large
            ? Int(buffer.loadUnaligned(fromByteOffset: count * width, as: Int64.self))
            : Int(buffer.loadUnaligned(fromByteOffset: count * width, as: Int32.self))
        guard last >= 0 else { throw fault(field) }
        return last
    }

    private mutating func takeViews(
        _ count: Int, _ field: ArrowField, _ buffers: inout [UnsafeRawPointer?], _ bytes: inout Int
    ) throws(FormatError) {
        try take(product(count, 16, field), field, &buffers, &bytes)
        let parts = try views.load(view, as: Int64.self)
        view += 8
        guard parts >= 0, parts <= places.count / 16 else { throw fault(field) }
        var sizes: [Int64] = []
        for _ in 0..<parts {
            let part = try next(field)
            sizes.append(Int64(part.count))
            buffers.append(part.baseAddress)
        }
        buffers.append(structs.memory(sizes).map { UnsafeRawPointer($0) } ?? UnsafeRawPointer(input.bytes.baseAddress))
    }

    /// The next buffer, expanded if the message says so.
    private mutating func next(_ field: ArrowField) throws(FormatError) -> UnsafeRawBufferPointer {
        let offset = try places.load(buffer, as: Int64.self), count = try places.load(buffer + 8, as: Int64.self)
        buffer += 16
        // An empty buffer may be said to lie anywhere.
        if count == 0 { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let bytes = input.named("column \"\(field.name)\", \(input.part)", try input.slice(offset, count))
        guard let codec else { return bytes.bytes }
        guard offset >= expandedEnd else { throw bytes.damaged }
        expandedEnd = offset + count
        let size = try bytes.load(0, as: Int64.self)
        let packed = bytes.named(bytes.part, try bytes.slice(8, bytes.count - 8))
        if size == -1 { return packed.bytes }
        guard let size = Int(exactly: size) else { throw bytes.damaged }
        let expanded = try codec.expand(packed, size: size)
        structs.keep(expanded.owner)
        return UnsafeRawBufferPointer(start: expanded.pointer, count: size)
    }
}
