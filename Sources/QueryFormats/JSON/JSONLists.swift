// JSON columns that are nothing but lists of values of one kind, as list columns.
import QueryFrames

/// Reads the elements of all lists of a column, by the rules by which columns are read.
struct JSONLists {
    /// The batches of the column as lists; nil where some value is no list, or an element is nested or of another kind than the others.
    static func read(_ batches: [Column]) -> [Column]? {
        // All elements are read for their shape, and again where it was not known from the beginning.
        var shape = Shape.empty
        while true {
            let elements = ColumnReader(shape: shape, isJSON: true)
            var lists: [Column] = []
            for batch in batches {
                guard let offsets = append(batch, to: elements), elements.shape != .json, !elements.sawOddNumber else { return nil }
                guard let read = elements.batches[elements.batches.count - 1], read.shape == elements.shape else { break }
                let storage = Column.Storage.list(offsets: offsets, elements: read.column)
                lists.append(Column(
                    type: .list(read.column.type), count: batch.count, validity: batch.validity, nullCount: batch.nullCount, storage: storage))
            }
            if lists.count == batches.count, elements.shape != .empty, lists.allSatisfy({ $0.type == .list(elements.shape.type) }) { return lists }
            // Lists that are all empty, or hold nothing but nulls, are lists of texts, as a column without values is one of text.
            let next = elements.shape == .empty ? .text : elements.shape
            if next == shape { return nil }
            shape = next
        }
    }

    /// Reads the elements of one batch; gives where the list of each row begins among them. Nil where a row is no list.
    private static func append(_ batch: Column, to elements: ColumnReader) -> Buffer? {
        let offsets = MutableBuffer(capacity: (batch.count + 1) * 4), ends = offsets.values(as: Int32.self)
        let document = JSONDocument()
        var cells: [Cell] = []
        elements.begin(capacity: batch.count)
        ends[0] = 0
        for row in 0..<batch.count {
            ends[row + 1] = ends[row]
            if batch.isNull(row) { continue }
            document.load(batch.utf8(row))
            guard document.isList else { return nil }
            cells.removeAll(keepingCapacity: true)
            let places = document.elements()
            for place in places { cells.append(Cell(place, of: document[place])) }
            guard places.count < Int(Int32.max - ends[row]) else { return nil }
            let origin = document[0..<0].baseAddress
            cells.withUnsafeBufferPointer { cells in
                if let first = cells.baseAddress, let origin { elements.take(origin, first, stride: 1, count: cells.count) }
            }
            ends[row + 1] += Int32(truncatingIfNeeded: places.count)
        }
        elements.end()
        return offsets.freeze(byteCount: (batch.count + 1) * 4)
    }
}

extension Cell {
    /// The cell of a JSON value that is known to be one.
    fileprivate init(_ place: Range<Int>, of text: UnsafeRawBufferPointer) {
        switch text.first {
        case UInt8(ascii: "n"): self = .null
        case UInt8(ascii: "["), UInt8(ascii: "{"): self.init(start: place.lowerBound, length: place.count, .nested)
        case UInt8(ascii: "\""):
            let kind: Kind = text.contains(UInt8(ascii: "\\")) ? .escapes : .string
            self.init(start: place.lowerBound + 1, length: place.count - 2, kind)
        default: self.init(start: place.lowerBound, length: place.count, .bare)
        }
    }
}
