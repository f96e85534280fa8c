// The machine's instructions: eight bytes each, over a window of registers.
import QueryFrames

/// One instruction. `a` is the register of the result unless its operation says otherwise.
struct Instruction {
    var operation: Operation
    var a: UInt8
    var b: UInt8
    var c: UInt8
    var k: Int32

    init(_ operation: Operation, a: UInt8 = 0, b: UInt8 = 0, c: UInt8 = 0, k: Int32 = 0) {
        self.operation = operation
        self.a = a
        self.b = b
        self.c = c
        self.k = k
    }

    /// Bits of `k` of an operator of two registers: that side is a float which the script has literally, and so a decimal beside a
    /// decimal.
    static let leftIsLiteral: Int32 = 1
    static let rightIsLiteral: Int32 = 2

    /// The bit of `k` of `contains` that says this of an item of the list; those past the last bit are not told apart.
    static func literalItem(_ index: Int) -> Int32 { 1 << Int32(min(index, 31)) }

    /// An instruction that compares R[a] with a number of its own.
    init(_ operation: Operation, a: UInt8, immediate: Int16) {
        let bits = UInt16(bitPattern: immediate)
        self.init(operation, a: a, b: UInt8(truncatingIfNeeded: bits), c: UInt8(truncatingIfNeeded: bits >> 8))
    }

    /// The number that stands in `b` and `c`.
    @inline(__always)
    var immediate: Int64 { Int64(Int16(bitPattern: UInt16(b) | UInt16(c) << 8)) }
}

/// The parts of the instruction there.
extension UnsafePointer<Instruction> {
    @inline(__always) var a: Int { Int(pointee.a) }
    @inline(__always) var b: Int { Int(pointee.b) }
    @inline(__always) var c: Int { Int(pointee.c) }
    @inline(__always) var k: Int32 { pointee.k }
    @inline(__always) var immediate: Int64 { pointee.immediate }
}

/// What an instruction does; `R[x]` is register x, `K` the constant k. "Go on by k" counts from the next instruction.
enum Operation: UInt8 {
    /// R[a] = K
    case constant
    /// R[a] = R[b]
    case move
    /// R[a] = global k
    case loadGlobal
    /// global k = R[a]
    case storeGlobal
    // R[a] = R[b] op R[c]; k tells which are literals
    case add, subtract, multiply, divide, floorDivide, remainder
    // R[a] = R[b] op k
    case addInt, subtractInt
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    // of `contains`, k tells which items of the list are literals
    case and, or, contains, like, matches
    // R[a] = op R[b]
    case negate, not, isNull, isNotNull
    /// go on by k
    case jump
    /// go back to where a loop begins
    case jumpBack
    /// go on by k where R[a] is not true; anything but a bool or null is an error
    case jumpUnlessTrue
    // go on by k unless R[a] op R[b]; c tells which are literals
    case jumpUnlessLess, jumpUnlessLessOrEqual, jumpUnlessGreater, jumpUnlessGreaterOrEqual, jumpUnlessEqual, jumpUnlessNotEqual
    // go on by k unless R[a] op the number in b and c
    case jumpUnlessLessInt, jumpUnlessLessOrEqualInt, jumpUnlessGreaterInt, jumpUnlessGreaterOrEqualInt, jumpUnlessEqualInt
    case jumpUnlessNotEqualInt
    /// go on by k where R[a] is false: `and` needs no right side
    case jumpIfFalse
    /// go on by k where R[a] is true: `or` needs no right side
    case jumpIfTrue
    /// go on by k where R[a] is not null: `??` needs no right side
    case jumpIfNotNull
    /// R[a] = an empty list with room for k
    case newList
    /// append R[b] to the list R[a], which has room for it and which no script has seen yet
    case append
    /// item k of the list R[a], which no script has seen yet, is a literal: a decimal where another item is one
    case readLiteral
    /// R[a] = a record of shape k with the values R[b] ..< R[b + c]
    case newRecord
    /// R[a] = R[b] .. R[c]
    case range
    /// R[a] = the text of R[b] ..< R[b + c] joined
    case interpolate
    /// R[a] = R[b].name k
    case member
    /// R[a] = R[b][R[c]]
    case index
    /// R[a] = function k of R[b] ..< R[b + c]
    case call
    /// R[b] = global k, and then as `callValue`
    case callGlobal
    /// R[a] = the function R[b] of R[b + 1] ... R[b + c]
    case callValue
    /// leave the function with R[a]
    case giveBack
    /// R[a] = function number k of the program, with what it captures
    case closure
    /// R[a] = a new cell that holds R[b]; without a value where c is 1
    case newCell
    /// R[a] = what the cell R[b] holds; an error where that is nothing yet
    case loadCell
    /// the cell R[a] holds R[b]
    case storeCell
    /// R[a] = what captured cell k holds
    case loadCaptured
    /// captured cell k holds R[a]
    case storeCaptured
    /// go on by k where the argument R[a] was given
    case jumpIfGiven
    /// errors from here on go on by k, with the error in R[a]
    case beginTry
    case endTry
    /// begin to loop over R[a], which has to have elements; what `next` needs is in R[a] and R[a + 1] from now on
    case loop
    /// R[a + 2] = the next element, and back to the loop's begin; or go on after the last
    case next
    /// begin to loop over R[a] .. R[a + 1]: from now on R[a] is how many numbers are left, and R[a + 1] the next of them
    case loopRange
    /// as `next`, of what `loopRange` has begun
    case nextOfRange
    /// hand call k, with arguments from R[b] on, to the session; R[a] = what it gives
    case command
    /// the end
    case finish
}

extension Operation {
    /// Whether the instruction does nothing but compute R[a] from what stands in its other parts.
    var isArithmetic: Bool { rawValue >= Operation.add.rawValue && rawValue <= Operation.greaterOrEqual.rawValue }

    /// Whether code of the script's author may run before the instruction has ended, and assign to any variable.
    var mayAssign: Bool { self == .callGlobal || self == .callValue || self == .command }
}
