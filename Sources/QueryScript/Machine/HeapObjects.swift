// How the objects of the machine's heap lie in memory: plain structs that begin with a header, so that touching one counts no
// references. What an object holds besides itself follows it in the same piece of memory.

/// What every object begins with.
struct ObjectHeader {
    enum Kind: UInt8 {
        case string, list, storage, record, range, cell, function, box
        /// No object: a cell that is free.
        case none
    }

    /// What the object takes, with all that follows it.
    let byteCount: Int
    /// The number of the last collection that reached it.
    var reached: UInt32 = 0
    let kind: Kind
}

/// `"text"`: UTF-8 behind the object itself or, where it has grown by `+`, in a storage.
struct StringObject {
    var header: ObjectHeader
    let count: Int
    let start: UnsafeMutablePointer<UInt8>
    let storage: UnsafeMutablePointer<StorageObject>?

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }
}

/// `[1, 2]`: the items behind the object itself or, where it has grown by `+`, in a storage. Grows only while the machine builds it.
struct ListObject {
    var header: ObjectHeader
    var count: Int
    let items: UnsafeMutablePointer<Value>
    let storage: UnsafeMutablePointer<StorageObject>?
}

/// Memory that strings or lists share which grew out of each other: each of them sees as much as it had when it was made, and
/// the longest one can grow in place. So `s = s + x` in a loop does not copy `s` every time.
struct StorageObject {
    var header: ObjectHeader
    /// Bytes that fit, and bytes that some string or list sees.
    let capacity: Int
    var used: Int
    /// Bytes that the collection under way has reached.
    var kept = 0

    /// Where the contents of a storage begin, counted from the object.
    static let offset = (MemoryLayout<StorageObject>.size + 15) & ~15
}

/// `{name: "a", n: 2}`: the values behind the object, in the order of the shape's names.
struct RecordObject {
    var header: ObjectHeader
    let count: Int
    /// A box of a `RecordShape`.
    let shape: UnsafeMutablePointer<BoxObject>

    static let offset = (MemoryLayout<RecordObject>.size + 15) & ~15
}

/// `1..10`
struct RangeObject {
    var header: ObjectHeader
    let low: Int64
    let high: Int64

    /// How many numbers there are from `low` to `high`.
    static func count(_ low: Int64, _ high: Int64) -> Int64 {
        if high < low { return 0 }
        let (span, overflow) = high.subtractingReportingOverflow(low)
        return overflow || span == .max ? .max : span + 1
    }
}

/// A variable that functions see after its block has ended.
struct CellObject {
    var header: ObjectHeader
    var value: Value
}

/// A function, or the script itself, with the cells of the variables that it has captured behind it. What a call needs is here,
/// read from the chunk when the function is made.
struct FunctionObject {
    var header: ObjectHeader
    /// Retained by this object; keeps the chunk alive.
    let loaded: Unmanaged<LoadedProgram>
    let chunk: Unmanaged<Chunk>
    let code: UnsafePointer<Instruction>
    let constants: UnsafeMutablePointer<Value>
    let registerCount: Int
    let parameterCount: Int
    let requiredCount: Int
    /// What a call counts for: all of the function's instructions.
    let weight: Int
    let cellCount: Int

    static let offset = (MemoryLayout<FunctionObject>.size + 15) & ~15
}

/// What is no plain memory: a frame, a job, an error, a decimal, the shape of records.
struct BoxObject {
    var header: ObjectHeader
    /// Retained by this object.
    let content: Unmanaged<AnyObject>
    /// Of JSON, the list or record that it is, once something in it was asked for.
    var parts = Value.null
}

/// Carries a value as the content of a box.
final class Boxed<Content> {
    let content: Content

    init(_ content: Content) { self.content = content }
}

/// The names of a record's fields, which all records made in one place share.
final class RecordShape {
    let names: [String]

    init(_ names: [String]) { self.names = names }
}
