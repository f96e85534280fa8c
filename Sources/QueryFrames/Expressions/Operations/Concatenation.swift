// `+` of strings.

struct Concatenation: TextFunction {
    func sources(_ operands: [Operand]) -> (TextSource, TextSource) { (Text.source(operands[0]), Text.source(operands[1])) }

    func write(_ sources: (TextSource, TextSource), _ row: Int, to sink: inout TextSink) -> Bool {
        sink.append(sources.0[row])
        sink.append(sources.1[row])
        return true
    }
}
