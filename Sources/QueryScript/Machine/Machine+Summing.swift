// A loop over a range whose body is one sum, the most frequent loop of all, run without going back to the switch for each round.

extension Machine {
    /// Whether `next` ends a loop that consists of the sum before it.
    @inline(__always)
    static func endsSumming(_ next: Instruction) -> Bool { next.operation == .nextOfRange && next.k == Int32(-summingWeight) }

    /// Instructions of a round: the sum and the step to the next number.
    static let summingWeight = 2

    /// Runs rounds for which there is fuel, and gives their number; what is left of the loop, or a round that is no sum of integers,
    /// is as if the loop had come to `next` by itself.
    @inline(never)
    static func sumUp(_ sum: Instruction, _ next: Instruction, _ r: UnsafeMutablePointer<Value>, _ fuel: Int) -> Int {
        let loop = r + Int(next.a)
        let total = r + Int(sum.a), x = r + Int(sum.b), y = r + Int(sum.c)
        let left = loop[0].bits
        let rounds = isCounting ? min(left, UInt64(max(fuel, 0) / summingWeight)) : left
        let first = loop[1].int
        var done: UInt64 = 0
        while done < rounds {
            loop[2] = .int(first &+ Int64(bitPattern: done))
            guard x.pointee.tag == .int, y.pointee.tag == .int else { break }
            let (result, overflow) = x.pointee.int.addingReportingOverflow(y.pointee.int)
            if overflow { break }
            total.pointee = .int(result)
            done &+= 1
        }
        loop[0].bits = left &- done
        loop[1].bits = UInt64(bitPattern: first) &+ done
        return Int(truncatingIfNeeded: done)
    }
}
