// The kinds of value that kernels compute with, and how each is read from an operand and written to a column.

/// A value of a row in its physical form: Int64, Double, Int32, Int128, Bool or Text.
protocol Cell: Sendable {
    associatedtype Source
    /// Where the values of `operand` are; taken once, before the loop over rows.
    static func source(_ operand: Operand) -> Source
    /// The value of `row`; where it is null, a meaningless one.
    static func read(_ source: Source, _ row: Int) -> Self
}

/// A cell that a kernel can make a column of.
protocol ResultCell: Cell {
    /// The values that `body` gives for rows `0 ..< count`.
    static func storage(_ count: Int, _ body: (Int) -> Self) -> Column.Storage
}

/// Fixed-width values of an operand.
struct FixedSource<T: BitwiseCopyable> {
    let values: UnsafePointer<T>
    let mask: Int
}

extension ResultCell where Self: BitwiseCopyable, Source == FixedSource<Self> {
    @inline(__always)
    static func source(_ operand: Operand) -> FixedSource<Self> {
        FixedSource(values: operand.column.fixed(as: Self.self), mask: operand.mask)
    }

    @inline(__always)
    static func read(_ source: FixedSource<Self>, _ row: Int) -> Self { source.values[row & source.mask] }

    @inline(__always)
    static func storage(_ count: Int, _ body: (Int) -> Self) -> Column.Storage {
        let size = MemoryLayout<Self>.stride
        let out = MutableBuffer(capacity: count &* size)
        let values = out.values(as: Self.self)
        var row = 0
        while row < count {
            values[row] = body(row)
            row &+= 1
        }
        return .fixed(out.freeze(byteCount: count &* size))
    }
}

extension Int64: ResultCell { typealias Source = FixedSource<Int64> }
extension Double: ResultCell { typealias Source = FixedSource<Double> }
extension Int32: ResultCell { typealias Source = FixedSource<Int32> }
extension Int128: ResultCell { typealias Source = FixedSource<Int128> }

extension Bool: ResultCell {
    struct Source {
        let bits: UnsafePointer<UInt8>
        let mask: Int
    }

    @inline(__always)
    static func source(_ operand: Operand) -> Source { Source(bits: operand.column.bits, mask: operand.mask) }

    @inline(__always)
    static func read(_ source: Source, _ row: Int) -> Bool { Bitmap.get(source.bits, row & source.mask) }

    @inline(__always)
    static func storage(_ count: Int, _ body: (Int) -> Bool) -> Column.Storage { .bits(Bitmap.rows(count, body)) }
}

extension Text: Cell {
    @inline(__always)
    static func source(_ operand: Operand) -> TextSource { TextSource(operand.column, mask: operand.mask) }

    @inline(__always)
    static func read(_ source: TextSource, _ row: Int) -> Text { source[row] }
}
