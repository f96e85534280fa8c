// A value inside the machine: sixteen plain bytes, so that registers are copied without counting references.

/// A tag and 64 bits: the value itself, or a reference into the machine's heap.
struct Value {
    enum Tag: UInt8 {
        case null, bool, int, float, date, timestamp, timestampUTC, duration
        /// A global whose `let` has not run.
        case undefined
        // From here on the bits refer to an object of the heap.
        case string, decimal, binary, json, list, record, range, frame, job, function, cell, error
    }

    var tag: Tag
    var bits: UInt64

    static let null = Value(tag: .null, bits: 0)
    static let undefined = Value(tag: .undefined, bits: 0)

    // Each is a move or two; of a call, the loop would have to save what it keeps in registers.

    @inline(__always) static func bool(_ value: Bool) -> Value { Value(tag: .bool, bits: value ? 1 : 0) }
    @inline(__always) static func int(_ value: Int64) -> Value { Value(tag: .int, bits: UInt64(bitPattern: value)) }
    @inline(__always) static func float(_ value: Double) -> Value { Value(tag: .float, bits: value.bitPattern) }

    @inline(__always) var int: Int64 { Int64(bitPattern: bits) }
    @inline(__always) var float: Double { Double(bitPattern: bits) }
    @inline(__always) var bool: Bool { bits != 0 }

    /// Whether the bits refer to the heap.
    var isObject: Bool { tag.rawValue >= Tag.string.rawValue }

    /// The object that the bits refer to, whose layout follows from the tag; the caller has looked at that.
    @inline(__always)
    func object<T>(as layout: T.Type) -> UnsafeMutablePointer<T> {
        UnsafeMutableRawPointer(bitPattern: UInt(bits)).unsafelyUnwrapped.assumingMemoryBound(to: layout)
    }

    var typeName: String {
        switch tag {
        case .null, .undefined: "null"
        case .bool: "bool"
        case .int: "int"
        case .float: "float"
        case .date: "date"
        case .timestamp, .timestampUTC: "timestamp"
        case .duration: "duration"
        case .string: "string"
        case .decimal: "decimal"
        case .binary: "binary"
        case .json: "json"
        case .list: "list"
        case .record: "record"
        case .range: "range"
        case .frame: "frame"
        case .job: "job"
        case .function: "function"
        case .cell: "cell"
        case .error: "error"
        }
    }
}
