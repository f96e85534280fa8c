// Functions of the machine: calls of the script's own, the cells they capture, and the point where a machine can be stopped.
import QueryFrames

extension Machine {
    /// Begins a call; the arguments stand where the function's first registers will be.
    func push(_ value: Value, argumentsAt base: Int, count: Int, result: Int) throws(MachineFault) {
        guard value.tag == .function else { throw .notAFunction(value.typeName) }
        let function = Heap.object(value, as: FunctionObject.self)
        let chunk = function.chunk
        guard count >= chunk.requiredCount, count <= chunk.parameterCount else {
            throw .argumentCount(function: chunk.name, expected: chunk.requiredCount...chunk.parameterCount, found: count)
        }
        guard calls.count < Machine.callLimit else { throw .callDepth(limit: Machine.callLimit) }
        reserveRegisters(base + chunk.registerCount)
        for index in count..<max(count, chunk.parameterCount) { registers[base + index] = .undefined }
        calls.push(ActiveCall(
            loaded: .passUnretained(function.loaded), chunk: .passUnretained(chunk), function: value, base: base, counter: 0, result: result))
    }

    func closure(_ index: Int, _ r: UnsafeMutablePointer<Value>) -> Value {
        let call = calls.top.pointee
        let chunk = call.program.chunks[index]
        var cells: ContiguousArray<Value> = []
        for capture in chunk.captures {
            switch capture {
            case .register(let register): cells.append(r[register])
            case .captured(let index): cells.append(Heap.object(call.function, as: FunctionObject.self).cells[index])
            }
        }
        return heap.add(FunctionObject(call.loaded.takeUnretainedValue(), chunk, cells), .function)
    }

    func captured(_ index: Int) -> CellObject {
        Heap.object(Heap.object(calls.top.pointee.function, as: FunctionObject.self).cells[index], as: CellObject.self)
    }

    /// Stops where the session was cancelled, and frees what nothing refers to any more.
    func checkpoint() throws(MachineFault) {
        if cancellation.isCancelled { throw .cancelled }
        guard heap.shouldCollect else { return }
        // What ended calls left behind is forgotten; only the registers of calls under way count.
        let used = calls.top.pointee.base + calls.top.pointee.chunk._withUnsafeGuaranteedRef { $0.registerCount }
        (registers + used).update(repeating: .null, count: registerCapacity - used)
        var roots = ContiguousArray(UnsafeBufferPointer(start: registers, count: used))
        roots.append(contentsOf: globals)
        // A function brings the constants of its program along.
        for index in 0..<calls.count { roots.append(calls[index].function) }
        if let script { roots.append(contentsOf: script.constants) }
        heap.collect(roots: roots)
    }
}
