// How the loop is left and entered again: what it keeps in the processor's registers is noted in the machine's memory.

extension Machine {
    /// Whether instructions are counted. `Scripts/bench counting` builds a machine that does not, to tell what counting costs; nothing
    /// can stop that one.
    @inline(__always)
    static var isCounting: Bool {
        #if WITHOUT_COUNTING
        false
        #else
        true
        #endif
    }

    /// Notes where the call that runs stands, and what fuel is left, when the loop is left.
    @inline(__always)
    func stop(at instruction: UnsafePointer<Instruction>, _ fuel: Int) {
        memory.pointee.calls.top.pointee.counter = instruction
        memory.pointee.fuel = fuel
    }

    /// Stops where a limit is passed or the session was cancelled; gives new fuel, or nil where others are to have the thread first.
    @inline(never)
    func refuel(_ fuel: Int) throws(MachineFault) -> Int? {
        memory.pointee.fuel = fuel
        return try checkpoint() ? memory.pointee.fuel : nil
    }

    /// Stops the loop before the instruction at `ip`, with which it goes on.
    @inline(never)
    func pause(at ip: UnsafePointer<Instruction>, _ fuel: Int) -> Outcome {
        stop(at: ip, fuel)
        return .paused
    }

    /// Stops the loop at an instruction that it hands out or that is to be run again.
    @inline(never)
    func leave(_ ip: UnsafePointer<Instruction>, _ fuel: Int) -> Place {
        stop(at: ip - 1, fuel)
        return place()
    }
}
