// Builds list columns: elements go into a builder of their own, and each row ends where its last element stands.

/// Builds columns of lists of one type.
public final class ListBuilder: ColumnBuilder {
    public let type: DataType
    public private(set) var count = 0
    /// Where the elements of the row under construction are appended.
    public let elements: ScalarBuilder
    private let offsets: MutableBuffer
    private var validity = ValidityBuilder()

    /// An empty builder of lists of `element`, with room for `capacity` rows.
    public init(of element: DataType, capacity: Int = 1024) {
        type = .list(element)
        elements = ScalarBuilder(element, capacity: capacity)
        offsets = MutableBuffer(capacity: (capacity + 1) * 4)
        offsets.values(as: Int32.self)[0] = 0
    }

    /// Ends a row: its elements are those appended since the row before ended.
    public func endRow() {
        close()
        validity.appendValid(count)
        count += 1
    }

    public func appendNull() {
        close()
        validity.appendNull(count)
        count += 1
    }

    private func close() {
        let needed = (count + 2) * 4
        if needed > offsets.capacity { offsets.reserve(needed, used: (count + 1) * 4) }
        offsets.values(as: Int32.self)[count + 1] = Int32(truncatingIfNeeded: elements.count)
    }

    public func finish() -> Column {
        let (valid, nulls) = validity.finish(count)
        let storage = Column.Storage.list(offsets: offsets.freeze(byteCount: (count + 1) * 4), elements: elements.finish())
        return Column(type: type, count: count, validity: valid, nullCount: nulls, storage: storage)
    }
}
