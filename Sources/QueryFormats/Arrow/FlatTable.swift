// Flatbuffers, read: the tables in which Arrow keeps its metadata. A table knows by its vtable which of its fields are there.

/// One table in checked bytes.
struct FlatTable {
    private let input: CheckedBytes
    /// Where the table is.
    private let place: Int
    private let vtable: Int
    private let vtableSize: Int

    /// The table that the first four bytes point to.
    init(root input: CheckedBytes) throws(FormatError) {
        try self.init(input, Int(input.load(0, as: UInt32.self)))
    }

    private init(_ input: CheckedBytes, _ place: Int) throws(FormatError) {
        self.input = input
        self.place = place
        vtable = place - Int(try input.load(place, as: Int32.self))
        vtableSize = Int(try input.load(vtable, as: UInt16.self))
    }

    /// Where field `slot` is; nil where it is not there and has its default.
    private func field(_ slot: Int) throws(FormatError) -> Int? {
        let entry = 4 + slot * 2
        guard entry + 2 <= vtableSize else { return nil }
        let offset = Int(try input.load(vtable + entry, as: UInt16.self))
        return offset == 0 ? nil : place + offset
    }

    /// The place that the offset in field `slot` points to.
    private func target(_ slot: Int) throws(FormatError) -> Int? {
        guard let field = try field(slot) else { return nil }
        return field + Int(try input.load(field, as: UInt32.self))
    }

    /// A number; `fallback` is its default in the format's definition.
    func number<T: FixedWidthInteger & BitwiseCopyable>(_ slot: Int, default fallback: T) throws(FormatError) -> T {
        guard let field = try field(slot) else { return fallback }
        return try input.load(field, as: T.self)
    }

    func bool(_ slot: Int) throws(FormatError) -> Bool { try number(slot, default: UInt8(0)) != 0 }

    func table(_ slot: Int) throws(FormatError) -> FlatTable? {
        guard let target = try target(slot) else { return nil }
        return try FlatTable(input, target)
    }

    func string(_ slot: Int) throws(FormatError) -> String? {
        guard let target = try target(slot) else { return nil }
        return try input.text(target + 4, Int(input.load(target, as: UInt32.self)))
    }

    /// The number of elements of the vector in field `slot`, each of so many bytes, and where the first is.
    private func vector(_ slot: Int, _ width: Int) throws(FormatError) -> (count: Int, place: Int) {
        guard let target = try target(slot) else { return (0, 0) }
        let count = Int(try input.load(target, as: UInt32.self))
        _ = try input.slice(target + 4, count * width)
        return (count, target + 4)
    }

    func tables(_ slot: Int) throws(FormatError) -> [FlatTable] {
        let (count, place) = try vector(slot, 4)
        var tables: [FlatTable] = []
        for index in 0..<count {
            let entry = place + index * 4
            tables.append(try FlatTable(input, entry + Int(input.load(entry, as: UInt32.self))))
        }
        return tables
    }

    /// A vector of structs of `width` bytes, as those bytes.
    func structs(_ slot: Int, width: Int) throws(FormatError) -> CheckedBytes {
        let (count, place) = try vector(slot, width)
        return input.named(input.part, try input.slice(place, count * width))
    }
}
