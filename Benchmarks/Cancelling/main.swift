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
for (number, tried) in CancelCase.all(data).enumerated() where arguments.count < 7 || (tried.group + ": " + tried.name).contains(arguments[6]) {
    let times: CancelTimes, refusal: String
    switch await trial.run(tried, SeededChance(seed &+ UInt64(number) &* 1_000_003)) {
    case .times(let found): (times, refusal) = (found, "")
    case .refused(let why, let found): (times, refusal) = (found, why)
    }
    let figures = [
        CancelTimes.percentile(50, times.returned), CancelTimes.percentile(99, times.returned), times.returned.last ?? 0, times.idle.last ?? 0,
    ]
    print(([tried.group, tried.name] + figures.map { "\($0)" } + [refusal]).joined(separator: "\t").split(separator: "\n").joined(separator: " "))
    fflush(nil)
}
