// How many threads a piece of work may use, and the loop that spreads pieces over them.
import Dispatch
import Synchronization
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

#if canImport(Glibc)
// The module of glibc hides it without _GNU_SOURCE.
@_silgen_name("sched_getaffinity")
private func sched_getaffinity(_ process: Int32, _ size: Int, _ mask: UnsafeMutableRawPointer) -> Int32
#endif

/// The threads that one piece of work may use, the caller's among them. What is computed does not depend on their number.
public struct Workers: Sendable, Hashable {
    /// How many there are, at least one.
    public let count: Int
    /// Rows below which spreading them costs more than it saves.
    let leastRows: Int

    /// So many threads, at least one.
    public init(_ count: Int) { self.init(count, leastRows: 2 * RecordBatch.rows) }

    init(_ count: Int, leastRows: Int) {
        self.count = max(count, 1)
        self.leastRows = leastRows
    }

    /// The caller's thread alone.
    public static let one = Workers(1)

    /// As many as there are processors that the process may run on.
    public static var available: Workers {
        #if canImport(Glibc)
        var mask: [UInt64] = Array(repeating: 0, count: 128)
        let written = mask.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { sched_getaffinity(0, bytes.count, $0) } ?? -1
        }
        if written == 0 { return Workers(mask.reduce(0) { $0 + $1.nonzeroBitCount }) }
        #endif
        return Workers(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    /// Whether so many rows are worth more than one thread.
    public func areWorthwhile(rows: Int) -> Bool { count > 1 && rows >= leastRows }

    /// Calls `body` for each of the numbers below `pieces`, several at a time, and returns when all are done. No two calls at a time
    /// have the same `worker`, which is below `count`. False where `isCancelled` said so, which is asked on the caller's thread alone, or
    /// where `body` gave false: pieces that were not begun by then are left out, and `stop` tells those under way.
    @discardableResult
    public func perform(
        _ pieces: Int, isCancelled: () -> Bool = { false }, _ body: (_ piece: Int, _ worker: Int, _ stop: StopSign) -> Bool
    ) -> Bool {
        if isCancelled() { return false }
        return withoutActuallyEscaping(isCancelled) { isCancelled in
            withoutActuallyEscaping(body) { body in
                let work = Work(body: body, isCancelled: isCancelled)
                let threads = min(count, pieces)
                if threads > 1 {
                    // What the others allocate counts where the caller's does, and what stops it stops them.
                    let limits = WorkLimits.current
                    DispatchQueue.concurrentPerform(iterations: threads) { worker in
                        limits.hold { work.take(below: pieces, worker: worker) }
                    }
                } else {
                    work.take(below: pieces, worker: 0)
                }
                return !work.isStopped.load(ordering: .acquiring)
            }
        }
    }

    /// What `body` gives for each of the numbers below `pieces`, in their order. An error ends the work; it is the one of any piece.
    func map<Result: Sendable>(
        _ pieces: Int, isCancelled: () -> Bool,
        _ body: (_ piece: Int, _ worker: Int, _ stop: StopSign) throws(EvaluationError) -> Result
    ) throws(EvaluationError) -> [Result] {
        let results = UnsafeMutableBufferPointer<Result?>.allocate(capacity: pieces)
        results.initialize(repeating: nil)
        defer {
            results.deinitialize()
            results.deallocate()
        }
        let failure = Mutex<EvaluationError?>(nil)
        let isDone = perform(pieces, isCancelled: isCancelled) { piece, worker, stop in
            do throws(EvaluationError) {
                results[piece] = try body(piece, worker, stop)
                return true
            } catch {
                // Others that are stopped for this error come later.
                failure.withLock { $0 = $0 ?? error }
                return false
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        guard isDone else { throw .cancelled }
        return results.compactMap { $0 }
    }
}

/// Tells a piece of work under way whether it is still wanted.
public struct StopSign {
    fileprivate let ask: () -> Bool

    /// Whether the work is to end.
    public func isRaised() -> Bool { ask() }
}

/// What several threads do together: `body` for pieces that have nothing in common. `isCancelled` is called by the one that began.
private final class Work: @unchecked Sendable {
    private let body: (_ piece: Int, _ worker: Int, _ stop: StopSign) -> Bool
    private let isCancelled: () -> Bool
    private let caller = Work.threadNumber
    private let next = Atomic(0)
    let isStopped = Atomic(false)

    init(body: @escaping (_ piece: Int, _ worker: Int, _ stop: StopSign) -> Bool, isCancelled: @escaping () -> Bool) {
        self.body = body
        self.isCancelled = isCancelled
    }

    /// Takes pieces until there is none left.
    func take(below pieces: Int, worker: Int) {
        let asks = Work.threadNumber == caller
        let stop = StopSign { [self] in
            if asks, isCancelled() { isStopped.store(true, ordering: .releasing) }
            return isStopped.load(ordering: .acquiring)
        }
        while !isStopped.load(ordering: .acquiring) {
            let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
            if piece >= pieces { return }
            if stop.isRaised() || !body(piece, worker, stop) { isStopped.store(true, ordering: .releasing) }
        }
    }

    private static var threadNumber: UInt {
        #if canImport(Glibc)
        UInt(pthread_self())
        #else
        UInt(bitPattern: pthread_self())
        #endif
    }
}
