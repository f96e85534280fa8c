// Frees what nothing refers to: marks what registers and globals reach, then sweeps. Both walk lists and never the host's stack,
// so a value may be nested as deep as memory allows; both can be broken off at any time.
import QueryFrames

extension Heap {
    /// How many objects are looked at between two looks at the cancellation.
    private static let stretch = 4096

    /// Frees what none of `roots` reaches; false where it was cancelled, and what is still there is whole then too.
    func collect(roots: some Sequence<Value>, programs: [LoadedProgram], limit: Int) -> Bool {
        state.pointee.collection &+= 1
        state.pointee.shape = nil
        var marking = Marking(number: state.pointee.collection)
        for root in roots { marking.add(root) }
        for program in programs { marking.add(program) }
        guard marking.run(cancellation) else { return false }
        guard sweep() else { return false }
        let bytes = state.pointee.byteCount
        // However near the limit is, the next collection has something to do.
        let wished = max(Heap.firstThreshold, bytes * 2)
        state.pointee.threshold = wished <= limit ? wished : max(limit, bytes + max(limit / 32, 4096))
        return true
    }

    /// Frees the objects that the collection has not reached.
    private func sweep() -> Bool {
        let cancellation = cancellation
        let number = state.pointee.collection
        let state = state
        func keeps(_ object: UnsafeMutablePointer<ObjectHeader>) -> Bool {
            if object.pointee.reached == number {
                if object.pointee.kind == .storage { Heap.shrink(object) }
                return true
            }
            state.pointee.byteCount &-= object.pointee.byteCount
            Heap.release(object)
            return false
        }
        guard cells.sweep(keeps: keeps, goesOn: { !cancellation.isRaised }) else { return false }
        var kept: ContiguousArray<UnsafeMutablePointer<ObjectHeader>> = []
        defer { large = kept }
        for (index, object) in large.enumerated() {
            if index % Heap.stretch == Heap.stretch - 1, cancellation.isRaised {
                kept.append(contentsOf: large[index...])
                return false
            }
            if keeps(object) { kept.append(object) } else { UnsafeMutableRawPointer(object).deallocate() }
        }
        return true
    }

    /// Forgets what only freed strings or lists saw of a storage.
    private static func shrink(_ object: UnsafeMutablePointer<ObjectHeader>) {
        let storage = UnsafeMutableRawPointer(object).assumingMemoryBound(to: StorageObject.self)
        storage.pointee.used = storage.pointee.kept
    }

    /// Releases what an object that is freed holds beside its memory.
    @inline(__always)
    static func release(_ object: UnsafeMutablePointer<ObjectHeader>) {
        let memory = UnsafeMutableRawPointer(object)
        switch object.pointee.kind {
        case .function: memory.assumingMemoryBound(to: FunctionObject.self).pointee.loaded.release()
        case .box: memory.assumingMemoryBound(to: BoxObject.self).pointee.content.release()
        case .string, .list, .storage, .record, .range, .cell, .none: break
        }
    }

    /// What a collection has reached, and what it has still to look into.
    private struct Marking {
        let number: UInt32
        private var pending: ContiguousArray<UnsafeMutablePointer<ObjectHeader>> = []
        /// Stretches of values that are still to be looked at.
        private var stretches: ContiguousArray<UnsafeBufferPointer<Value>> = []

        init(number: UInt32) { self.number = number }

        @inline(__always)
        mutating func add(_ value: Value) {
            guard value.isObject else { return }
            add(value.object(as: ObjectHeader.self))
        }

        @inline(__always)
        private mutating func add(_ object: UnsafeMutablePointer<ObjectHeader>) {
            guard object.pointee.reached != number else { return }
            object.pointee.reached = number
            switch object.pointee.kind {
            case .range: break
            case .string:
                if let storage = UnsafeMutableRawPointer(object).assumingMemoryBound(to: StringObject.self).pointee.storage {
                    _ = keep(storage, UnsafeMutableRawPointer(object).assumingMemoryBound(to: StringObject.self).pointee.count)
                }
            default: pending.append(object)
            }
        }

        mutating func add(_ program: LoadedProgram) {
            guard program.reached != number else { return }
            program.reached = number
            for shape in program.shapes { add(UnsafeMutableRawPointer(shape).assumingMemoryBound(to: ObjectHeader.self)) }
            stretches.append(UnsafeBufferPointer(start: program.constants, count: program.constantCount))
        }

        /// Notes that `bytes` of a storage are seen; gives how many were known to be seen before.
        private mutating func keep(_ storage: UnsafeMutablePointer<StorageObject>, _ bytes: Int) -> Int {
            if storage.pointee.header.reached != number {
                storage.pointee.header.reached = number
                storage.pointee.kept = 0
            }
            let before = storage.pointee.kept
            storage.pointee.kept = max(before, bytes)
            return before
        }

        mutating func run(_ cancellation: Cancellation) -> Bool {
            var count = 0
            while true {
                if let object = pending.popLast() {
                    look(into: object)
                    count &+= 1
                } else if let stretch = stretches.popLast() {
                    for value in stretch.prefix(Heap.stretch) { add(value) }
                    let rest = stretch.dropFirst(Heap.stretch)
                    if !rest.isEmpty { stretches.append(UnsafeBufferPointer(rebasing: rest)) }
                    count &+= Heap.stretch
                } else {
                    return true
                }
                if count >= Heap.stretch {
                    if cancellation.isRaised { return false }
                    count = 0
                }
            }
        }

        private mutating func look(into object: UnsafeMutablePointer<ObjectHeader>) {
            let memory = UnsafeMutableRawPointer(object)
            switch object.pointee.kind {
            case .list:
                let list = memory.assumingMemoryBound(to: ListObject.self)
                var seen = 0
                if let storage = list.pointee.storage {
                    seen = keep(storage, list.pointee.count * MemoryLayout<Value>.stride) / MemoryLayout<Value>.stride
                }
                if seen < list.pointee.count {
                    stretches.append(UnsafeBufferPointer(start: list.pointee.items + seen, count: list.pointee.count - seen))
                }
            case .record:
                let record = memory.assumingMemoryBound(to: RecordObject.self)
                add(UnsafeMutableRawPointer(record.pointee.shape).assumingMemoryBound(to: ObjectHeader.self))
                let values = Heap.values(record)
                for index in 0..<record.pointee.count { add(values[index]) }
            case .cell: add(memory.assumingMemoryBound(to: CellObject.self).pointee.value)
            case .function:
                let function = memory.assumingMemoryBound(to: FunctionObject.self)
                let cells = Heap.cells(function)
                for index in 0..<function.pointee.cellCount { add(cells[index]) }
                add(function.pointee.loaded.takeUnretainedValue())
            case .box: add(memory.assumingMemoryBound(to: BoxObject.self).pointee.parts)
            case .string, .storage, .range, .none: break
            }
        }
    }
}
