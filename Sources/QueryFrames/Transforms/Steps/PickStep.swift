// `drop`: the columns that stay are passed on as they are.

struct PickStep: PlanStep {
    /// The columns that stay.
    let places: [Int]
    private let width: Int

    init(places: [Int], width: Int) {
        self.places = places
        self.width = width
    }

    func require(_ needed: [Bool]) -> [Bool] {
        var before = Array(repeating: false, count: width)
        for (index, place) in places.enumerated() { before[place] = needed[index] }
        return before
    }

    func start() -> any StepRun { Run(places) }

    func start(_ count: Int) -> [any StepRun]? { (0..<count).map { _ in Run(places) } }

    private final class Run: StepRun {
        private let places: [Int]

        init(_ places: [Int]) { self.places = places }

        func push(_ batch: RecordBatch, _ isCancelled: () -> Bool) throws(EvaluationError) -> RecordBatch? {
            RecordBatch(count: batch.count, columns: places.map { batch.columns[$0] })
        }
    }
}
