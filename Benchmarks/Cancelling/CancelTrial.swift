// One case over and over: its work is begun, cancelled at a moment that chance chooses, and the time is taken until it has returned
// and until the process has nothing to do any more.
import QueryFormats
import QueryLocal
import QueryScript
import Synchronization
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The times of one case, in seconds, in ascending order.
struct CancelTimes: Sendable {
    var returned: [Double] = []
    var idle: [Double] = []

    /// The time that so many of a hundred do not exceed.
    static func percentile(_ percent: Int, _ times: [Double]) -> Double {
        times.isEmpty ? 0 : times[min((times.count * percent + 99) / 100, times.count) - 1]
    }
}

/// Tries cases.
struct CancelTrial {
    let samples: Int
    let folder: String

    /// What became of a case.
    enum Outcome {
        case times(CancelTimes)
        /// The work failed even where nobody cancelled it.
        case refused(String, CancelTimes)
    }

    func run(_ tried: CancelCase, _ chance: SeededChance) async -> Outcome {
        var chance = chance
        let session = Session(
            service: LocalService(workspace: folder + "/workspace"), output: Nowhere(), grants: .all, limits: Limits(memory: 1 << 34))
        for (name, value) in tried.variables() { await session.define(name, value) }
        var failure: String?
        if tried.group != "values" || !tried.line.contains("for i in") {
            switch await session.run(Source(name: "once", text: tried.line)) {
            case .finished: break
            case .failed(let diagnostics): failure = diagnostics.first.map { String($0.message.prefix(100)) } ?? "?"
            default: failure = "it ended otherwise"
            }
        }
        let source = Source(name: "over and over", text: "while true { try { \(tried.line)\n } catch e { } }")
        var times = CancelTimes()
        for _ in 0..<samples {
            CancelTrial.waitForIdle()
            let run = Task.detached {
                let outcome = await session.run(source)
                return (outcome, ContinuousClock.now)
            }
            usleep(useconds_t(Int.random(in: 1_000...120_000, using: &chance)))
            let cancelled = ContinuousClock.now
            run.cancel()
            let (outcome, returned) = await run.value
            CancelTrial.waitForIdle()
            // What ended by itself, as with an error that nothing catches, was not cancelled.
            guard case .cancelled = outcome else { continue }
            times.returned.append(CancelTrial.seconds(returned - cancelled))
            times.idle.append(CancelTrial.seconds(.now - cancelled))
        }
        times.returned.sort()
        times.idle.sort()
        return failure.map { .refused($0, times) } ?? .times(times)
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }

    /// Waits until the process has used next to no processor for two milliseconds.
    private static func waitForIdle() {
        var before = processorTime()
        while true {
            usleep(2_000)
            let now = processorTime()
            if now - before < 0.000_3 { return }
            before = now
        }
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

/// Reads what is written, and keeps nothing.
private final class Nowhere: SessionOutput {
    private let count = Atomic(0)
    var terminal: TerminalSize? { nil }

    func write(_ bytes: UnsafeRawBufferPointer) { count.add(bytes.count, ordering: .relaxed) }
    func flush() {}
    func message(_ text: String) { count.add(text.utf8.count, ordering: .relaxed) }
}

/// Numbers that follow from a seed.
struct SeededChance: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
