// `hash`: XXH64 with the seed 0, as other programs compute it, so that what was put into buckets by it stays there.

extension Functions {
    static let hash = FunctionRow(
        "hash(x)",
        "An int that is the same for equal values of one type, in every run and version: XXH64 (seed 0) of a string's UTF-8, of a "
            + "decimal as a string that ends in no zeros after the point, of another number's 8 bytes (durations and times in microseconds, dates in 4 bytes of days, bools in 1), least byte first.",
        FunctionExample(.string("abc"), gives: .int(4_952_883_123_889_572_249)), arity: 1...1
    ) { (call) throws(PlanError) in
        let type = call.types[0]
        switch type {
        case .null: return FunctionChoice(NullOperation(type: .int64), type)
        case .bool: return FunctionChoice(mapUnary(type: .int64, function: HashOfBool()), type)
        case .int64, .timestamp, .duration: return FunctionChoice(mapUnary(type: .int64, function: HashOfInt()), type)
        case .float64: return FunctionChoice(mapUnary(type: .int64, function: HashOfFloat()), type)
        case .date: return FunctionChoice(mapUnary(type: .int64, function: HashOfDate()), type)
        case .string, .json, .binary: return FunctionChoice(mapUnary(type: .int64, function: HashOfText()), type)
        case .decimal(let scale): return FunctionChoice(mapUnary(type: .int64, function: HashOfDecimal(scale: scale)), type)
        case .list: throw call.mismatch(0, expected: "a value that is no list")
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
