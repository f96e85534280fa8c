// Values to choose from, by `if`, `case`, `coalesce` and `??`: jumps, as only the one that is given is computed.
import QueryFrames

extension Compiler {
    /// `if`, `case` and `coalesce` compute only what they give, so they are jumps and no calls.
    mutating func choose(_ choice: FunctionRow.Choice, _ arguments: ArraySlice<NodeID>, into target: Int, _ span: Span) {
        let arguments = Array(arguments)
        var exits: [Int] = []
        switch choice {
        case .byCondition:
            let values = arguments.enumerated().filter { $0.offset % 2 == 1 || $0.offset == arguments.count - 1 }.map(\.element)
            let beside = values.contains { isCallOfDecimal($0) }, variables = values.filter { isVariable($0) }
            var index = 0
            while index + 1 < arguments.count {
                let skip = jumpUnless(arguments[index])
                value(arguments[index + 1], besideDecimals: beside, variables, into: target)
                exits.append(emit(.init(.jump), span))
                patch(skip)
                index += 2
            }
            if index < arguments.count {
                value(arguments[index], besideDecimals: beside, variables, into: target)
            } else {
                constant(.null, into: target, span)
            }
        case .notNull:
            let beside = arguments.contains { isCallOfDecimal($0) }
            for (index, argument) in arguments.enumerated() {
                // Variables before it are null where it is asked for.
                value(argument, besideDecimals: beside, arguments[(index + 1)...].filter { isVariable($0) }, into: target)
                exits.append(emit(.init(.jumpIfNotNull, a: UInt8(target)), span))
            }
        }
        for exit in exits { patch(exit) }
    }

    /// Puts one of several values to choose from into `target`. A float that the script has literally is a decimal where another of
    /// them is one for all that is known without computing it: there is a call of `decimal`, or one of `variables` holds one.
    mutating func value(_ id: NodeID, besideDecimals: Bool, _ variables: [NodeID], into target: Int) {
        value(id, into: target)
        guard besideDecimals || !variables.isEmpty, isFloatLiteral(id) else { return }
        let span = tree.span(id), before = function.free
        defer { function.free = before }
        // Among items of a list, this is what becomes of such a float.
        let items = register(span), item = register(span)
        emit(.init(.newList, a: UInt8(items), k: Int32(variables.count + 2)), span)
        emit(.init(.append, a: UInt8(items), b: UInt8(target)), span)
        if besideDecimals {
            constant(.decimal(Decimal128(0)), into: item, span)
            emit(.init(.append, a: UInt8(items), b: UInt8(item)), span)
        }
        for variable in variables {
            value(variable, into: item)
            emit(.init(.append, a: UInt8(items), b: UInt8(item)), span)
        }
        emit(.init(.readLiteral, a: UInt8(items), k: 0), span)
        constant(.int(0), into: item, span)
        emit(.init(.index, a: UInt8(target), b: UInt8(items), c: UInt8(item)), span)
    }

    private mutating func isVariable(_ id: NodeID) -> Bool {
        switch tree[id] {
        case .name(let name), .variable(let name): place(of: name) != nil
        default: false
        }
    }

    /// Whether the value is a decimal or null, whatever it is computed of.
    mutating func isCallOfDecimal(_ id: NodeID) -> Bool {
        if case .call(let name, _) = tree[id], tree.text(name) == "decimal" { place(of: name) == nil } else { false }
    }
}
