// What a script calls by a name that it has not made itself.
import QueryFrames

/// A function of values, or an aggregate of a list.
enum BuiltIn: Sendable {
    case function(FunctionRow)
    case aggregate(AggregateRow)
}
