// `variance` and `stddev` of a sample, by Welford's method, which stays exact where the values are large and close together.

/// The sum of squared distances from the mean.
private struct Moments: BitwiseCopyable {
    private var count = 0.0
    private var mean = 0.0
    private var squares = 0.0

    @inline(__always)
    mutating func add(_ value: Double) {
        count += 1
        let distance = value - mean
        mean += distance / count
        squares += distance * (value - mean)
    }

    /// Nil for fewer than two values.
    @inline(__always)
    var variance: Double? { count < 2 ? nil : squares / (count - 1) }
}

/// The variance of floats.
struct Variance: GroupState {
    private var moments = Moments()

    @inline(__always)
    mutating func add(_ value: Double) { moments.add(value) }

    var result: Double? { moments.variance }

    static var nothing: Double { 0 }
}

/// The standard deviation of floats.
struct Deviation: GroupState {
    private var moments = Moments()

    @inline(__always)
    mutating func add(_ value: Double) { moments.add(value) }

    var result: Double? { moments.variance?.squareRoot() }

    static var nothing: Double { 0 }
}
