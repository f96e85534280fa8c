// What a script calls by a name that it has not made itself.
import QueryFrames

/// A function of values, or an aggregate of a list.
enum BuiltIn: Sendable {
    /// With the places of arguments that are floats as the script has them literally: beside a decimal they are decimals.
    case function(FunctionRow, literals: [Int])
    case aggregate(AggregateRow)
}
