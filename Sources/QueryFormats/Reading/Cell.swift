// The place of one value in the bytes of an input: what a format's scanner finds and the column readers take.

/// Where a value stands, and how its bytes are to be taken.
struct Cell {
    /// How the bytes become a value.
    enum Kind: UInt32 {
        /// May be a value of any type, by its form: `12`, `2024-05-01`, `true`, `abc`.
        case bare
        /// No value.
        case null
        /// Text as it stands: an empty quoted field, which is not null.
        case string
        /// Text of a quoted CSV field in which `""` stands for a quote.
        case doubledQuotes
    }

    /// Offset from the origin of the chunk of rows that the cell is in.
    var start: UInt32
    /// The length in the low 29 bits, the kind above.
    var tail: UInt32

    @inline(__always)
    init(start: Int, length: Int, _ kind: Kind) {
        self.start = UInt32(truncatingIfNeeded: start)
        tail = UInt32(truncatingIfNeeded: length) | kind.rawValue &<< 29
    }

    @inline(__always) var length: Int { Int(tail & 0x1fff_ffff) }
    @inline(__always) var kind: Kind { Kind(rawValue: tail &>> 29) ?? .null }
    @inline(__always) var isBare: Bool { tail <= 0x1fff_ffff }
    @inline(__always) var isNull: Bool { tail &>> 29 == Kind.null.rawValue }

    static let null = Cell(start: 0, length: 0, .null)
    /// A value longer than this is refused.
    static let longest = 0x1fff_ffff
}

/// A chunk of rows as cells, row after row with `stride` cells each; one grid serves chunk after chunk.
final class CellGrid {
    private(set) var cells: UnsafeMutablePointer<Cell>
    /// Cells from one row to the next.
    private(set) var stride: Int
    /// Rows that fit: as many as leave grid and text in the processor's cache.
    private(set) var rows: Int
    private var capacity: Int

    init(columns: Int) {
        stride = max(columns, 1)
        rows = CellGrid.rows(stride)
        capacity = stride * rows
        cells = .allocate(capacity: capacity)
    }

    deinit { cells.deallocate() }

    private static func rows(_ stride: Int) -> Int { max(16, min(4_096, 32_768 / stride)) }

    /// Makes room for `columns` cells a row; what was in the grid is lost.
    func widen(to columns: Int) {
        guard columns > stride else { return }
        stride = max(columns, stride * 2)
        rows = CellGrid.rows(stride)
        guard stride * rows > capacity else { return }
        cells.deallocate()
        capacity = stride * rows
        cells = .allocate(capacity: capacity)
    }
}
