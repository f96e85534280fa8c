// `hash`: XXH64 with the seed 0, as other programs compute it, so that what was put into buckets by it stays there.

extension Functions {
    static let hash = FunctionRow(
        "hash(x)",
        "An int that is the same for equal values of one type, in every run and version: XXH64 (seed 0) of a string's UTF-8, of a "
            + "decimal as a string that ends in no zeros after the point, of another number's 8 bytes (durations and times in microseconds, dates in 4 bytes of days, bools in 1), least byte first, "
            + "and of a list as the hashes of its elements, 0 for null.",
        FunctionExample(.string("abc"), gives: .int(4_952_883_123_889_572_249)), arity: 1...1
    ) { (call) throws(PlanError) in FunctionChoice(operation(of: call.types[0]), call.types[0]) }

    private static func operation(of type: DataType) -> any Operation {
        switch type {
        case .null: NullOperation(type: .int64)
        case .bool: mapUnary(type: .int64, function: HashOfBool())
        case .int64, .timestamp, .duration: mapUnary(type: .int64, function: HashOfInt())
        case .float64: mapUnary(type: .int64, function: HashOfFloat())
        case .date: mapUnary(type: .int64, function: HashOfDate())
        case .string, .json, .binary: mapUnary(type: .int64, function: HashOfText())
        case .decimal(let scale): mapUnary(type: .int64, function: HashOfDecimal(scale: scale))
        // Lists of lists are as deep as a column's type can be, which is not deep.
        case .list(let element): HashOfList(element: operation(of: element))
        }
    }
}

/// XXH64 by its specification.
enum XXH64 {
    private static let p1: UInt64 = 0x9e37_79b1_85eb_ca87
    private static let p2: UInt64 = 0xc2b2_ae3d_27d4_eb4f
    private static let p3: UInt64 = 0x1656_67b1_9e37_79f9
    private static let p4: UInt64 = 0x85eb_ca77_c2b2_ae63
    private static let p5: UInt64 = 0x27d4_eb2f_1656_67c5

    @inline(__always)
    private static func rotated(_ x: UInt64, _ bits: UInt64) -> UInt64 { x &<< bits | x &>> (64 &- bits) }

    @inline(__always)
    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 { rotated(lane &+ word &* p2, 31) &* p1 }

    @inline(__always)
    private static func finished(_ hash: UInt64) -> Int64 {
        var hash = (hash ^ hash &>> 33) &* p2
        hash = (hash ^ hash &>> 29) &* p3
        return Int64(bitPattern: hash ^ hash &>> 32)
    }

    /// The hash of eight bytes.
    @inline(__always)
    static func of(_ word: UInt64) -> Int64 {
        finished(rotated((p5 &+ 8) ^ round(0, word), 27) &* p1 &+ p4)
    }

    /// The hash of any bytes.
    static func of(_ bytes: UnsafeRawBufferPointer) -> Int64 {
        let count = bytes.count
        func word(_ at: Int) -> UInt64 { UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) }
        var hash: UInt64
        var at = 0
        if count >= 32 {
            var lanes = SIMD4<UInt64>(p1 &+ p2, p2, 0, 0 &- p1)
            while at &+ 32 <= count {
                for lane in 0..<4 { lanes[lane] = round(lanes[lane], word(at &+ lane &* 8)) }
                at &+= 32
            }
            hash = rotated(lanes[0], 1) &+ rotated(lanes[1], 7) &+ rotated(lanes[2], 12) &+ rotated(lanes[3], 18)
            for lane in 0..<4 { hash = (hash ^ round(0, lanes[lane])) &* p1 &+ p4 }
        } else {
            hash = p5
        }
        hash = hash &+ UInt64(count)
        while at &+ 8 <= count {
            hash = rotated(hash ^ round(0, word(at)), 27) &* p1 &+ p4
            at &+= 8
        }
        if at &+ 4 <= count {
            let half = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
            hash = rotated(hash ^ half &* p1, 23) &* p2 &+ p3
            at &+= 4
        }
        while at < count {
            hash = rotated(hash ^ UInt64(bytes[at]) &* p5, 11) &* p1
            at &+= 1
        }
        return finished(hash)
    }
}

struct HashOfText: UnaryFunction {
    func call(_ a: Text, _ failed: inout Bool) -> Int64 { XXH64.of(a.bytes) }
}

struct HashOfInt: UnaryFunction {
    func call(_ a: Int64, _ failed: inout Bool) -> Int64 { XXH64.of(UInt64(bitPattern: a)) }
}

/// Equal floats have the same bits: one zero, one NaN.
struct HashOfFloat: UnaryFunction {
    func call(_ a: Double, _ failed: inout Bool) -> Int64 { XXH64.of(Membership.key(a)) }
}

struct HashOfDate: UnaryFunction {
    func call(_ a: Int32, _ failed: inout Bool) -> Int64 {
        withUnsafeBytes(of: a.littleEndian) { XXH64.of($0) }
    }
}

struct HashOfBool: UnaryFunction {
    func call(_ a: Bool, _ failed: inout Bool) -> Int64 {
        withUnsafeBytes(of: UInt8(a ? 1 : 0)) { XXH64.of($0) }
    }
}

/// Of the hashes of the elements, eight bytes each.
struct HashOfList: Operation {
    /// The hash of one element.
    let element: any Operation
    /// Elements between two looks at whether the work is still wanted.
    private static let stretch = 1 << 16

    var type: DataType { .int64 }

    func column(_ operands: [Operand], count: Int) -> Outcome {
        let lists = ListRows(operands[0])
        // The lists of a slice are few of those that share the elements.
        var elements: Range<Int>?
        for row in 0..<count where !lists[row].isEmpty {
            let list = lists[row]
            elements = min(elements?.lowerBound ?? list.lowerBound, list.lowerBound)..<max(elements?.upperBound ?? 0, list.upperBound)
        }
        let needed = elements ?? 0..<0
        let hashes = hashes(of: lists.elements.slice(needed.lowerBound, needed.count))
        let storage = withExtendedLifetime(hashes) {
            let bytes = UnsafeRawPointer(hashes.pointer)
            return Int64.storage(count) { row in
                let list = lists[row]
                let start = list.isEmpty ? bytes : bytes + (list.lowerBound - needed.lowerBound) * 8
                return XXH64.of(UnsafeRawBufferPointer(start: start, count: list.count * 8))
            }
        }
        return Outcome(Column(type: .int64, count: count, validity: operands.validity(count: count), storage: storage))
    }

    /// Eight bytes for each element, least first.
    private func hashes(of elements: Column) -> MutableBuffer {
        let hashes = MutableBuffer(capacity: elements.count * 8, zeroed: true), values = hashes.values(as: Int64.self)
        for start in stride(from: 0, to: elements.count, by: HashOfList.stretch) {
            if Cancellation.stopsHere { break }
            let part = elements.slice(start, min(HashOfList.stretch, elements.count - start))
            let found = element.evaluate([Operand(part)], count: part.count).column
            for row in 0..<part.count where !found.isNull(row) { values[start + row] = found.fixed(as: Int64.self)[row].littleEndian }
        }
        return hashes
    }

    func scalar(_ operands: [Scalar]) throws(EvaluationError) -> Scalar {
        try oneRow(operands, compute: column) { _ in .limit(operator: "", row: nil, mark: 0) }
    }
}
