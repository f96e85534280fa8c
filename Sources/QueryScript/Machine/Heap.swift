// The machine's heap: makes the objects that values refer to, and reads them. Heap+Collection.swift frees them.
import QueryClient
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Owns every object of one machine.
final class Heap {
    /// Read and written at every allocation; behind a pointer, so that no access is checked for overlap.
    struct State {
        /// Bytes of all objects.
        var byteCount = 0
        /// Collecting is due once there are so many bytes.
        var threshold = Heap.firstThreshold
        /// Work done beyond what instructions count for, in units of an instruction.
        var work = 0
        /// The number of the collection under way, or of the last one.
        var collection: UInt32 = 0
        /// The shape of the record made last whose names came from outside the program.
        var shape: UnsafeMutablePointer<BoxObject>?
    }

    static let firstThreshold = 8 << 20
    /// Bytes that a text may have, whatever a script multiplies; as a row of a column.
    static let textLimit = 1 << 26
    /// Bytes that are moved in the time of an instruction.
    static let bytesPerInstruction = 64

    let state: UnsafeMutablePointer<State>
    /// What stops the run under way. Once it is raised, what is still made means nothing: the machine stops before anyone reads it.
    var cancellation = Cancellation()
    /// The memory of small objects; large ones have memory of their own.
    let cells = CellPool()
    var large: ContiguousArray<UnsafeMutablePointer<ObjectHeader>> = []

    init() {
        state = .allocate(capacity: 1)
        state.initialize(to: State())
    }

    deinit {
        cells.forEach { Heap.release($0) }
        for object in large { UnsafeMutableRawPointer(object).deallocate() }
        state.deallocate()
    }

    var byteCount: Int { state.pointee.byteCount }

    /// Whether a collection is due.
    @inline(__always)
    var isFull: Bool { state.pointee.byteCount > state.pointee.threshold }

    // MARK: Making objects

    /// Memory of a new object of the heap; the caller initializes it with the header given.
    @inline(__always)
    private func allocate<T>(_ kind: ObjectHeader.Kind, as layout: T.Type, byteCount: Int, _ make: (ObjectHeader, UnsafeMutableRawPointer) -> T) -> UnsafeMutablePointer<T> {
        let memory = byteCount <= CellPool.largestCell ? cells.cell(byteCount) : largeMemory(byteCount)
        let object = memory.initializeMemory(as: layout, repeating: make(ObjectHeader(byteCount: byteCount, kind: kind), memory), count: 1)
        state.pointee.byteCount &+= byteCount
        state.pointee.work &+= byteCount / Heap.bytesPerInstruction
        return object
    }

    @inline(never)
    private func largeMemory(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 16)
        large.append(memory.assumingMemoryBound(to: ObjectHeader.self))
        return memory
    }

    private func reference<T>(_ object: UnsafeMutablePointer<T>, _ tag: Value.Tag) -> Value {
        Value(tag: tag, bits: UInt64(UInt(bitPattern: object)))
    }

    /// A string of `count` bytes, which the caller writes at once.
    @inline(__always)
    func string(byteCount count: Int) -> (value: Value, start: UnsafeMutablePointer<UInt8>) {
        let size = MemoryLayout<StringObject>.size
        let object = allocate(.string, as: StringObject.self, byteCount: size + count) { header, memory in
            StringObject(header: header, count: count, start: (memory + size).assumingMemoryBound(to: UInt8.self), storage: nil)
        }
        return (reference(object, .string), object.pointee.start)
    }

    func string(_ bytes: UnsafeRawBufferPointer) -> Value {
        let (value, start) = string(byteCount: bytes.count)
        if let from = bytes.baseAddress { copy(from, to: start, bytes.count) }
        return value
    }

    func string(_ text: String) -> Value {
        var text = text
        return text.withUTF8 { string(UnsafeRawBufferPointer($0)) }
    }

    /// Copies bytes, a stretch at a time, until the run is cancelled.
    @inline(__always)
    private func copy(_ from: UnsafeRawPointer, to target: UnsafeMutableRawPointer, _ count: Int) {
        if count <= Cancellation.stretch { memcpy(target, from, count) } else { copyLong(from, to: target, count) }
    }

    @inline(never)
    private func copyLong(_ from: UnsafeRawPointer, to target: UnsafeMutableRawPointer, _ count: Int) {
        for start in stride(from: 0, to: count, by: Cancellation.stretch) {
            if cancellation.isRaised { return }
            memcpy(target + start, from + start, min(Cancellation.stretch, count - start))
        }
    }

    /// A string in a storage that it shares.
    private func string(_ count: Int, in storage: UnsafeMutablePointer<StorageObject>) -> Value {
        let start = Heap.contents(storage).assumingMemoryBound(to: UInt8.self)
        return reference(
            allocate(.string, as: StringObject.self, byteCount: MemoryLayout<StringObject>.size) { header, _ in
                StringObject(header: header, count: count, start: start, storage: storage)
            }, .string)
    }

    /// An empty list with room for `capacity` items.
    func list(capacity: Int) -> Value {
        let size = (MemoryLayout<ListObject>.size + 15) & ~15
        return reference(
            allocate(.list, as: ListObject.self, byteCount: size + capacity * MemoryLayout<Value>.stride) { header, memory in
                ListObject(header: header, count: 0, items: (memory + size).assumingMemoryBound(to: Value.self), storage: nil)
            }, .list)
    }

    /// Appends to a list that was made with room for it and that no script has seen yet.
    @inline(__always)
    static func append(_ value: Value, to list: Value) {
        let object = list.object(as: ListObject.self)
        object.pointee.items[object.pointee.count] = value
        object.pointee.count &+= 1
    }

    func list(_ items: some Collection<Value>) -> Value {
        let list = list(capacity: items.count)
        for (index, item) in items.enumerated() {
            if index % 1024 == 1023, cancellation.isRaised { break }
            Heap.append(item, to: list)
        }
        return list
    }

    private func list(_ count: Int, in storage: UnsafeMutablePointer<StorageObject>) -> Value {
        let items = Heap.contents(storage).assumingMemoryBound(to: Value.self)
        return reference(
            allocate(.list, as: ListObject.self, byteCount: MemoryLayout<ListObject>.size) { header, _ in
                ListObject(header: header, count: count, items: items, storage: storage)
            }, .list)
    }

    private func storage(capacity: Int) -> UnsafeMutablePointer<StorageObject> {
        allocate(.storage, as: StorageObject.self, byteCount: StorageObject.offset + capacity) { header, _ in
            StorageObject(header: header, capacity: capacity, used: 0)
        }
    }

    private static func contents(_ storage: UnsafeMutablePointer<StorageObject>) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(storage) + StorageObject.offset
    }

    /// A storage that begins with the `count` bytes of `start` and has room for `added` more: the one that they stand in, where
    /// nothing follows them there, or else a copy with room to grow.
    private func storage(
        _ start: UnsafeRawPointer, _ count: Int, in shared: UnsafeMutablePointer<StorageObject>?, adding added: Int
    ) -> UnsafeMutablePointer<StorageObject> {
        if let shared, shared.pointee.used == count, shared.pointee.capacity - count >= added { return shared }
        let copy = storage(capacity: (count + added) * 2)
        self.copy(start, to: Heap.contents(copy), count)
        return copy
    }

    /// Bytes that joining things of these sizes may allocate.
    static func joinedByteCount(_ x: Int, _ y: Int) -> Int { (x + y) * 2 + 256 }

    /// `x + y` of strings, of which together there are few enough bytes.
    func joined(_ x: Value, string y: Value) -> Value {
        let x = x.object(as: StringObject.self), y = y.object(as: StringObject.self)
        let count = x.pointee.count &+ y.pointee.count
        if count <= 128 {
            let (value, start) = string(byteCount: count)
            memcpy(start, x.pointee.start, x.pointee.count)
            memcpy(start + x.pointee.count, y.pointee.start, y.pointee.count)
            return value
        }
        let storage = storage(x.pointee.start, x.pointee.count, in: x.pointee.storage, adding: y.pointee.count)
        copy(y.pointee.start, to: Heap.contents(storage) + x.pointee.count, y.pointee.count)
        storage.pointee.used = count
        state.pointee.work &+= y.pointee.count / Heap.bytesPerInstruction
        return string(count, in: storage)
    }

    /// `x + y` of lists.
    func joined(_ x: Value, list y: Value) -> Value {
        let stride = MemoryLayout<Value>.stride
        let x = x.object(as: ListObject.self), y = y.object(as: ListObject.self)
        let storage = storage(x.pointee.items, x.pointee.count * stride, in: x.pointee.storage, adding: y.pointee.count * stride)
        copy(y.pointee.items, to: Heap.contents(storage) + x.pointee.count * stride, y.pointee.count * stride)
        storage.pointee.used = (x.pointee.count + y.pointee.count) * stride
        state.pointee.work &+= y.pointee.count * stride / Heap.bytesPerInstruction
        // Where the copy was broken off, what stands there is no values.
        return list(cancellation.isRaised ? 0 : x.pointee.count + y.pointee.count, in: storage)
    }

    /// A record of the shape; its values are copied from `values`.
    @inline(__always)
    func record(_ shape: UnsafeMutablePointer<BoxObject>, _ values: UnsafePointer<Value>, count: Int) -> Value {
        let byteCount = RecordObject.offset + count * MemoryLayout<Value>.stride
        let object = allocate(.record, as: RecordObject.self, byteCount: byteCount) { header, _ in
            RecordObject(header: header, count: count, shape: shape)
        }
        Heap.values(object).update(from: values, count: count)
        return reference(object, .record)
    }

    func record(_ names: [String], _ values: [Value]) -> Value {
        values.withUnsafeBufferPointer { values in
            guard let start = values.baseAddress else { return withUnsafePointer(to: .null) { record(shape(names), $0, count: 0) } }
            return record(shape(names), start, count: values.count)
        }
    }

    /// The shape of these names; the one before is taken again where it has them.
    func shape(_ names: [String]) -> UnsafeMutablePointer<BoxObject> {
        if let last = state.pointee.shape, Heap.names(last) == names { return last }
        let shape = newShape(names)
        state.pointee.shape = shape
        return shape
    }

    func newShape(_ names: [String]) -> UnsafeMutablePointer<BoxObject> {
        box(RecordShape(names), byteCount: names.reduce(64) { $0 + 16 + $1.utf8.count })
    }

    func range(_ low: Int64, _ high: Int64) -> Value {
        reference(
            allocate(.range, as: RangeObject.self, byteCount: MemoryLayout<RangeObject>.size) { header, _ in
                RangeObject(header: header, low: low, high: high)
            }, .range)
    }

    func cell(_ value: Value) -> Value {
        reference(
            allocate(.cell, as: CellObject.self, byteCount: MemoryLayout<CellObject>.size) { header, _ in
                CellObject(header: header, value: value)
            }, .cell)
    }

    func function(_ loaded: LoadedProgram, _ chunk: Chunk, _ cells: [Value]) -> Value {
        let byteCount = FunctionObject.offset + cells.count * MemoryLayout<Value>.stride
        let object = allocate(.function, as: FunctionObject.self, byteCount: byteCount) { header, _ in
            FunctionObject(
                header: header, loaded: .passRetained(loaded), chunk: .passUnretained(chunk), code: chunk.code, constants: loaded.constants,
                registerCount: chunk.registerCount, parameterCount: chunk.parameterCount, requiredCount: chunk.requiredCount,
                weight: chunk.spans.count, cellCount: cells.count)
        }
        for (index, cell) in cells.enumerated() { Heap.cells(object)[index] = cell }
        return reference(object, .function)
    }

    private func box(_ content: AnyObject, byteCount: Int) -> UnsafeMutablePointer<BoxObject> {
        let box = allocate(.box, as: BoxObject.self, byteCount: MemoryLayout<BoxObject>.size) { _, _ in
            BoxObject(header: ObjectHeader(byteCount: byteCount, kind: .box), content: .passRetained(content))
        }
        state.pointee.byteCount &+= byteCount - MemoryLayout<BoxObject>.size
        return box
    }

    func frame(_ frame: Frame) -> Value { reference(box(Boxed(frame), byteCount: 128), .frame) }
    func job(_ job: Job) -> Value { reference(box(job, byteCount: 128), .job) }
    func error(_ failure: ScriptFailure) -> Value { reference(box(Boxed(failure), byteCount: 256), .error) }

    /// A single value that does not fit 64 bits: a decimal, bytes, JSON.
    func box(_ scalar: Scalar, _ tag: Value.Tag, byteCount: Int) -> Value { reference(box(Boxed(scalar), byteCount: byteCount), tag) }

    // MARK: Reading objects

    static func bytes(_ value: Value) -> UnsafeRawBufferPointer { value.object(as: StringObject.self).pointee.bytes }

    static func text(_ value: Value) -> String { String(decoding: bytes(value), as: UTF8.self) }

    /// The same of a string that may be long: a stretch at a time, until the run is cancelled.
    func text(_ value: Value) -> String {
        let bytes = Heap.bytes(value)
        if bytes.count <= Cancellation.stretch { return String(decoding: bytes, as: UTF8.self) }
        var text = ""
        text.reserveCapacity(bytes.count)
        var start = 0
        while start < bytes.count, !cancellation.isRaised {
            var end = min(start + Cancellation.stretch, bytes.count)
            // A stretch ends with a code point.
            while end < bytes.count, bytes[end] & 0xc0 == 0x80 { end += 1 }
            text += String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
            start = end
        }
        return text
    }

    static func items(_ list: Value) -> UnsafeBufferPointer<Value> {
        let object = list.object(as: ListObject.self)
        return UnsafeBufferPointer(start: object.pointee.items, count: object.pointee.count)
    }

    static func values(_ record: UnsafeMutablePointer<RecordObject>) -> UnsafeMutablePointer<Value> {
        (UnsafeMutableRawPointer(record) + RecordObject.offset).assumingMemoryBound(to: Value.self)
    }

    static func names(_ record: Value) -> [String] { names(record.object(as: RecordObject.self).pointee.shape) }

    static func names(_ shape: UnsafeMutablePointer<BoxObject>) -> [String] {
        shape.pointee.content._withUnsafeGuaranteedRef { unsafeDowncast($0, to: RecordShape.self).names }
    }

    static func cells(_ function: UnsafeMutablePointer<FunctionObject>) -> UnsafeMutablePointer<Value> {
        (UnsafeMutableRawPointer(function) + FunctionObject.offset).assumingMemoryBound(to: Value.self)
    }

    private static func content<T: AnyObject>(_ value: Value, as type: T.Type) -> T {
        unsafeDowncast(value.object(as: BoxObject.self).pointee.content.takeUnretainedValue(), to: type)
    }

    static func frame(_ value: Value) -> Frame { content(value, as: Boxed<Frame>.self).content }
    static func job(_ value: Value) -> Job { content(value, as: Job.self) }
    static func failure(_ value: Value) -> ScriptFailure { content(value, as: Boxed<ScriptFailure>.self).content }
    static func boxedScalar(_ value: Value) -> Scalar { content(value, as: Boxed<Scalar>.self).content }
    static func functionName(_ value: Value) -> String {
        value.object(as: FunctionObject.self).pointee.chunk._withUnsafeGuaranteedRef { $0.name }
    }
}
