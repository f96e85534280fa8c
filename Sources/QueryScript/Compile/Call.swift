// Calls: what a program asks of the session, with the registers that hold its values.
import QueryFrames

/// Something the machine cannot do alone: it suspends, and the session performs it.
struct Call: Sendable {
    enum Kind: Sendable {
        /// A command with its arguments.
        case command(CommandRow, [CallArgument])
        /// A function that the session computes, of the values of all registers.
        case function(SessionFunctionRow)
        /// A chain of transforms over register 0.
        case transforms(TransformCall)
        /// A statement that failed alone, with its error in register 0.
        case failure
        /// A pipeline that stands alone: show register 0.
        case display(Shown)
    }

    /// What a pipeline that stands alone is shown of.
    enum Shown: Sendable {
        /// Whatever it gives.
        case expression
        /// Of a call nothing where it gives null: it was called for what it does.
        case call
        /// Of a command only a frame.
        case command
    }

    var kind: Kind
    /// How many registers it reads.
    var registerCount = 0
    var span: Span
}

/// An argument as compiled: `key` as the parser gave it, values of the script by register.
struct CallArgument: Sendable {
    enum Value: Sendable {
        case register(Int)
        case rowExpression(Expression)
        case column(String)
        case word(String)
        case flag(String)
        case bindings([Binding])
        case items([[CallArgument]])
        /// Query text with a placeholder for each `${}`, whose values are in the registers.
        case queryText(String, [(name: String, register: Int)])
        /// Text of a shell command with a variable for each `${}`, whose values are in the registers.
        case shellText(String, [Int])
    }

    /// `NAME = VALUE`, the value in a register.
    struct Binding: Sendable {
        var name: String
        var register: Int
        var span: Span
        /// Where a secret is found that the value only names.
        var source: SecretSource?
    }

    var key: String
    var value: Value
    var span: Span
    /// The number by which an error of a plan names this argument; an index into `TransformCall.marks`.
    var mark: Int32 = 0
}

/// A chain of transforms as compiled; register 0 is what they work on.
struct TransformCall: Sendable {
    var steps: [(row: TransformRow, arguments: [CallArgument], span: Span)]
    /// Names that the steps' expressions may mean as variables, with the registers of their values.
    var variables: [(name: String, register: Int)]
    /// What a node's mark stands for.
    var marks: [Span]
}
