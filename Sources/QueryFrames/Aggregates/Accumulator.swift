// What computes one aggregate of a run, a batch at a time: rows go in with the numbers of their groups, a column comes out.

/// An aggregate under way.
///
/// It is made of closures that were compiled where the types were known, as a generic class would run its loops knowing none.
struct Accumulator {
    /// Takes the arguments' columns for the rows of a batch.
    let add: (_ columns: [Column], _ groups: BatchGroups) -> Void
    /// The result for each of so many groups. The error's mark is the caller's to fill in.
    let finish: (_ groups: Int) throws(EvaluationError) -> Column
}

/// What is remembered of a group by an aggregate whose values have a fixed width.
protocol GroupState: BitwiseCopyable {
    associatedtype Value: Cell
    associatedtype Output: ResultCell
    /// Of a group without values.
    init()
    /// Takes one value, which is not null.
    mutating func add(_ value: Value)
    /// Takes many values, none of them null. What is sooner done for all together than one after the other does it so.
    mutating func addAll(_ source: Value.Source, _ count: Int)
    /// The result; nil for null.
    var result: Output? { get }
    /// Any value, which stands where the result is null.
    static var nothing: Output { get }
}

extension GroupState {
    @inline(__always)
    mutating func addAll(_ source: Value.Source, _ count: Int) {
        for row in 0..<count { add(Value.read(source, row)) }
    }
}

extension Accumulator {
    /// The accumulator of a kind of state; its result is of `type`.
    @inline(__always)
    static func of<State: GroupState>(_ state: State.Type, type: DataType) -> Accumulator {
        let states = GroupStates(State())
        return Accumulator(
            add: { columns, groups in
                let to = states.grown(to: groups.count)
                if columns[0].nullCount == groups.rows { return }
                let source = State.Value.source(Operand(columns[0])), numbers = groups.numbers
                if groups.isTotal {
                    var state = to[0]
                    if columns[0].nullCount == 0 {
                        state.addAll(source, groups.rows)
                    } else {
                        columns[0].forEachValid { state.add(State.Value.read(source, $0)) }
                    }
                    to[0] = state
                    return
                }
                columns[0].forEachValid { to[Int(numbers[$0])].add(State.Value.read(source, $0)) }
            },
            finish: { (groups) throws(EvaluationError) in
                let from = states.grown(to: groups)
                return State.Output.column(type, groups: groups, { from[$0].result }, empty: State.nothing)
            })
    }
}
