// The lists of an operand as kernels see them: which rows of a column of elements make up each.

/// Where the elements of each row are.
struct ListRows {
    let elements: Column
    private let offsets: UnsafePointer<Int32>
    private let valid: UnsafePointer<UInt8>?
    private let mask: Int

    /// Elements that the lists of one batch may have, whatever a script multiplies.
    static let elementLimit = 1 << 27

    init(_ column: Column, mask: Int = -1) {
        guard case .list(let offsets, let elements) = column.storage else { preconditionFailure("not a list column: \(column.type)") }
        self.elements = elements
        self.offsets = offsets.values(as: Int32.self)
        self.mask = mask
        valid = column.validBits
    }

    init(_ operand: Operand) { self.init(operand.column, mask: operand.mask) }

    /// The rows of `elements` that make up the list of `row`; none where it is null.
    @inline(__always)
    subscript(row: Int) -> Range<Int> {
        let at = row & mask
        if let valid, !Bitmap.get(valid, at) { return 0..<0 }
        return Int(offsets[at])..<Int(offsets[at &+ 1])
    }
}

/// Elements chosen from columns, list after list: what becomes of them is a list column.
struct ListPlaces {
    private let offsets: MutableBuffer
    private var places: MutableBuffer
    private var count = 0
    private var rows = 0
    /// Whether there are more elements than a batch may have; those are left out.
    private(set) var isFull = false

    /// No lists, with room for `rows`.
    init(rows: Int) {
        offsets = MutableBuffer(capacity: (rows + 1) * 4)
        places = MutableBuffer(capacity: rows * 8)
        offsets.values(as: Int32.self)[0] = 0
    }

    /// Appends rows of column number `source` to the list under construction.
    mutating func append(_ range: Range<Int>, of source: Int) {
        guard count + range.count <= ListRows.elementLimit else {
            isFull = true
            return
        }
        places.reserve((count + range.count) * 8, used: count * 8)
        let to = places.values(as: UInt64.self) + count
        for (index, row) in range.enumerated() { to[index] = UInt64(source) &<< 32 | UInt64(row) }
        count += range.count
    }

    /// Ends a list; of no more rows than were said.
    mutating func endRow() {
        rows += 1
        offsets.values(as: Int32.self)[rows] = Int32(truncatingIfNeeded: count)
    }

    /// The column of the lists; `sources` have the type of its elements. Nil where they are more than a batch may hold.
    func finish(_ type: DataType, from sources: [Column], validity: Buffer?) -> Column? {
        guard case .list(let element) = type, !isFull else { return nil }
        let gathered = withExtendedLifetime(places) {
            ColumnGatherer(sources, type: element).gather(places.values(as: UInt64.self), count)
        }
        guard let gathered else { return nil }
        let storage = Column.Storage.list(offsets: offsets.freeze(byteCount: (rows + 1) * 4), elements: gathered)
        return Column(type: type, count: rows, validity: validity, storage: storage)
    }
}

extension Outcome {
    /// The column, or failures of all rows where they were more than a batch can hold.
    init(_ column: Column?, of type: DataType, count: Int) {
        guard let column else {
            self.init(.nulls(count, of: type), failures: RowSet(count: count) { _ in true })
            return
        }
        self.init(column)
    }
}
