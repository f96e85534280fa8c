// Functions of the machine: calls of the script's own beyond the fast path of the loop, and the cells that they capture.
import QueryFrames

extension Machine {
    /// Makes a call of a function possible that is not at once: makes room for it, reserves its registers, marks the arguments that were not
    /// given, or says why it cannot be. The arguments stand where the function's first registers will be; gives where they are then.
    @inline(never)
    func prepare(_ value: Value, argumentsAt arguments: UnsafeMutablePointer<Value>, count: Int) throws(MachineFault) -> UnsafeMutablePointer<Value> {
        let function = value.object(as: FunctionObject.self).pointee
        guard count >= function.requiredCount, count <= function.parameterCount else {
            throw .argumentCount(
                function: Heap.functionName(value), expected: function.requiredCount...function.parameterCount, found: count)
        }
        guard memory.pointee.calls.count < limits.depth else { throw .callDepth(limit: limits.depth) }
        memory.pointee.calls.reserve()
        let base = arguments - memory.pointee.registers
        reserveRegisters(base + max(function.registerCount, function.parameterCount))
        let registers = memory.pointee.registers + base
        for index in count..<max(count, function.parameterCount) { registers[index] = .undefined }
        return registers
    }

    func closure(_ index: Int, _ r: UnsafeMutablePointer<Value>) -> Value {
        let function = memory.pointee.calls.top.pointee.function
        let loaded = function.pointee.loaded.takeUnretainedValue()
        let chunk = loaded.program.chunks[index]
        var cells: [Value] = []
        for capture in chunk.captures {
            switch capture {
            case .register(let register): cells.append(r[register])
            case .captured(let index): cells.append(Heap.cells(function)[index])
            }
        }
        return heap.function(loaded, chunk, cells)
    }

    @inline(__always)
    func captured(_ index: Int32) -> UnsafeMutablePointer<CellObject> {
        Heap.cells(memory.pointee.calls.top.pointee.function)[Int(index)].object(as: CellObject.self)
    }

    func undefined(_ place: Place) -> MachineFault { .undefined(place.source.text(place.span)) }

    /// The call that the instruction hands to the session.
    func request(_ i: Instruction, _ r: UnsafeMutablePointer<Value>) -> Outcome {
        let call = memory.pointee.calls.top.pointee
        let program = call.function.pointee.loaded.takeUnretainedValue().program
        return .call(program.calls[Int(i.k)], base: call.registers - memory.pointee.registers + Int(i.b), program.source)
    }
}
