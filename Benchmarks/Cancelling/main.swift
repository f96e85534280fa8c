// How long it takes from a cancel until the work has returned, for everything that the language can do over much data:
// `Cancelling FOLDER SEED SAMPLES TEXT_BYTES ROWS [PART OF A NAME]`. One line for each case, with blanks between its fields:
// group, name, p50, p99 and longest time until the return, longest time until the process is idle (seconds), and why it was refused.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

let arguments = CommandLine.arguments
guard arguments.count >= 6, let seed = UInt64(arguments[2]), let samples = Int(arguments[3]), let bytes = Int(arguments[4]), let rows = Int(arguments[5])
else {
    print("usage: Cancelling FOLDER SEED SAMPLES TEXT_BYTES ROWS [PART OF A NAME]")
    exit(2)
}
let data = LargeData(textBytes: bytes, count: rows, folder: arguments[1])
let trial = CancelTrial(samples: samples, folder: arguments[1])
var chance = SeededChance(seed)
for tried in CancelCase.all(data) where arguments.count < 7 || (tried.group + ": " + tried.name).contains(arguments[6]) {
    let times: CancelTimes, refusal: String
    switch await trial.run(tried, &chance) {
    case .times(let found): (times, refusal) = (found, "")
    case .refused(let why, let found): (times, refusal) = (found, why)
    }
    let figures = [
        CancelTimes.percentile(50, times.returned), CancelTimes.percentile(99, times.returned), times.returned.last ?? 0, times.idle.last ?? 0,
    ]
    print(([tried.group, tried.name] + figures.map { "\($0)" } + [refusal]).joined(separator: "\t").split(separator: "\n").joined(separator: " "))
    fflush(nil)
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
