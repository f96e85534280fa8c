// The columnar evaluator against the scalar one: random expressions over random rows, cell by cell, errors included.
import Testing

@testable import QueryFrames

@Suite("The two evaluators")
struct EvaluatorsAgreeTests {
    @Test("columns and single values give the same results and the same errors", arguments: [UInt64](1...24), [false, true])
    func agree(seed: UInt64, nested: Bool) throws {
        var random = RandomExpressions(seed: seed, nested: nested)
        var compared = 0, failed = 0
        for _ in 0..<150 {
            let data = random.data(rows: Int.random(in: 1...40, using: &random.generator))
            let sample = random.expression(depth: 4)
            let expression = sample.expression
            let schema = Schema(data.map { Field($0.name, $0.type) })
            let plan: Plan
            do {
                plan = try Plan(
                    [.select([Projection(name: "result", expression: expression)])], schema: schema, variables: RandomExpressions.variables)
            } catch { continue }
            compared += 1

            var expected: [Scalar] = []
            var expectedError: EvaluationError?
            for row in 0..<data[0].values.count {
                let cells = Dictionary(uniqueKeysWithValues: data.map { ($0.name, $0.values[row]) })
                switch expression.scalar(cells, RandomExpressions.variables) {
                case .success(let value): expected.append(value)
                case .failure(let error): expectedError = expectedError ?? error.inRow(row + 1)
                }
                if expectedError != nil { break }
            }
            for layout in Layout.allCases {
                let difference: String?
                do {
                    let values = try plan.run(over: frame(data, layout)).values(0)
                    let row = zip(values, expected).enumerated().first { !same($1.0, $1.1) }
                    difference = expectedError.map { "gives no error, where \($0) is expected" }
                        ?? row.map { "gives \($1.0.literal) in row \($0 + 1) where \($1.1.literal) is expected" }
                } catch {
                    failed += 1
                    let wanted = expectedError.map { "\($0)" } ?? "no error"
                    difference = "\(error)" == wanted ? nil : "throws \(error) where \(wanted) is expected"
                }
                guard let difference else { continue }
                let row = expected.count < data[0].values.count ? expected.count : 0
                let cells = data.filter { sample.nodes.map(\.kind).contains(.name($0.name)) }.map { "\($0.name): \($0.values[row].literal)" }
                Issue.record("seed \(seed), \(nested ? "nested, " : "")\(layout): \(sample.text) \(difference); row \(row + 1) is \(cells)")
                return
            }
        }
        #expect(compared > 75, "seed \(seed): most expressions should fit their schema")
        #expect(failed > 0, "seed \(seed): some expressions should fail")
    }
}

extension EvaluationError {
    /// The error of a single value as a column tells it.
    func inRow(_ row: Int) -> EvaluationError {
        switch self {
        case .overflow(let name, let left, let right, _, let mark): .overflow(operator: name, left: left, right: right, row: row, mark: mark)
        case .conversion(let function, let value, _, let mark): .conversion(function: function, value: value, row: row, mark: mark)
        case .outOfRange(let name, _, let mark): .outOfRange(operator: name, row: row, mark: mark)
        case .partialDay(let name, let duration, _, let mark): .partialDay(operator: name, duration: duration, row: row, mark: mark)
        case .limit(let name, _, let mark): .limit(operator: name, row: row, mark: mark)
        case .memory(let name, _, let limit, let mark): .memory(operator: name, row: row, limit: limit, mark: mark)
        case .pattern(let text, let reason, _, let mark): .pattern(text: text, reason: reason, row: row, mark: mark)
        case .inexact(let name, let value, _, let mark): .inexact(operator: name, value: value, row: row, mark: mark)
        case .cancelled, .plan, .tooManyColumns: self
        }
    }
}
