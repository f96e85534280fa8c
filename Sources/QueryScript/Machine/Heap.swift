// The machine's heap: objects that values refer to, freed by marking what registers and globals still reach. Marking and
// freeing use a list, never the host's stack, so a value may be nested as deep as memory allows.
import QueryClient
import QueryFrames

/// Something a `Value` refers to. Objects refer to other objects only by `Value`s, so releasing one releases just that one.
class HeapObject {
    final var isMarked = false
    /// What the object takes, for the session's budget.
    final let byteCount: Int

    init(byteCount: Int) { self.byteCount = byteCount }

    /// The values inside, for marking.
    var children: ContiguousArray<Value> { [] }
}

final class StringObject: HeapObject {
    let value: String

    init(_ value: String) {
        self.value = value
        super.init(byteCount: 48 + value.utf8.count)
    }
}

/// A single value that does not fit 64 bits: a decimal, bytes, JSON.
final class ScalarObject: HeapObject {
    let scalar: Scalar
    /// JSON as a list or record, once something in it was asked for.
    var parts = Value.null

    init(_ scalar: Scalar) {
        self.scalar = scalar
        let bytes = switch scalar {
        case .binary(let bytes): bytes.count
        case .json(let text): text.utf8.count
        default: 0
        }
        super.init(byteCount: 64 + bytes)
    }

    override var children: ContiguousArray<Value> { [parts] }
}

final class ListObject: HeapObject {
    /// Grows only while the machine builds the list, before any script can see it.
    var items: ContiguousArray<Value>

    init(_ items: ContiguousArray<Value>) {
        self.items = items
        super.init(byteCount: 64 + items.count * 16)
    }

    override var children: ContiguousArray<Value> { items }
}

final class RecordObject: HeapObject {
    let names: [String]
    let values: ContiguousArray<Value>

    init(names: [String], values: ContiguousArray<Value>) {
        self.names = names
        self.values = values
        super.init(byteCount: 64 + values.count * 16)
    }

    override var children: ContiguousArray<Value> { values }
}

final class RangeObject: HeapObject {
    let low: Int64
    let high: Int64

    init(_ low: Int64, _ high: Int64) {
        self.low = low
        self.high = high
        super.init(byteCount: 48)
    }
}

final class FrameObject: HeapObject {
    let frame: Frame

    init(_ frame: Frame) {
        self.frame = frame
        super.init(byteCount: 64)
    }
}

final class JobObject: HeapObject {
    let job: Job

    init(_ job: Job) {
        self.job = job
        super.init(byteCount: 64)
    }
}

/// A function with the cells of the variables that it has captured.
final class FunctionObject: HeapObject {
    let loaded: LoadedProgram
    let chunk: Chunk
    let cells: ContiguousArray<Value>

    init(_ loaded: LoadedProgram, _ chunk: Chunk, _ cells: ContiguousArray<Value>) {
        self.loaded = loaded
        self.chunk = chunk
        self.cells = cells
        super.init(byteCount: 64 + cells.count * 16)
    }

    override var children: ContiguousArray<Value> { cells + loaded.constants }
}

/// A variable that functions see after its block has ended.
final class CellObject: HeapObject {
    var value: Value

    init(_ value: Value) {
        self.value = value
        super.init(byteCount: 64)
    }

    override var children: ContiguousArray<Value> { [value] }
}

/// What `catch` gives a name to.
final class ErrorObject: HeapObject {
    let failure: ScriptFailure

    init(_ failure: ScriptFailure) {
        self.failure = failure
        super.init(byteCount: 256)
    }
}

/// Owns every object of one machine.
final class Heap {
    private var objects: ContiguousArray<HeapObject> = []
    /// Bytes of all objects.
    private(set) var byteCount = 0
    /// Collecting pays once so many bytes are there.
    private var threshold = 8 << 20

    var shouldCollect: Bool { byteCount > threshold }

    func add(_ object: HeapObject, _ tag: Value.Tag) -> Value {
        objects.append(object)
        byteCount += object.byteCount
        return Value(tag: tag, bits: UInt64(UInt(bitPattern: Unmanaged.passUnretained(object).toOpaque())))
    }

    func string(_ value: String) -> Value { add(StringObject(value), .string) }
    func list(_ items: ContiguousArray<Value>) -> Value { add(ListObject(items), .list) }

    /// The object that `value` refers to; the caller has looked at the tag.
    @inline(__always)
    static func object<T: HeapObject>(_ value: Value, as type: T.Type) -> T {
        unsafeDowncast(
            Unmanaged<HeapObject>.fromOpaque(UnsafeRawPointer(bitPattern: UInt(value.bits)).unsafelyUnwrapped).takeUnretainedValue(), to: type)
    }

    static func text(_ value: Value) -> String { object(value, as: StringObject.self).value }

    /// Frees what none of `roots` reaches.
    func collect(roots: some Sequence<Value>) {
        var pending = ContiguousArray(roots.lazy.filter(\.isObject))
        while let value = pending.popLast() {
            let object = Heap.object(value, as: HeapObject.self)
            guard !object.isMarked else { continue }
            object.isMarked = true
            for child in object.children where child.isObject { pending.append(child) }
        }
        var kept: ContiguousArray<HeapObject> = []
        var bytes = 0
        for object in objects where object.isMarked {
            object.isMarked = false
            bytes += object.byteCount
            kept.append(object)
        }
        objects = kept
        byteCount = bytes
        threshold = max(8 << 20, bytes * 2)
    }
}
