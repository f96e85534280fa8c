// Times steps of frames without the start of a process and the reading of a file: `FrameSteps DATA.csv CUSTOMERS.csv TASK ROUNDS SCRATCH`.
//
// Prints one JSON object: the seconds of each round, the checksum of the last result, and the memory that was resident before the
// first round and at most during all of them.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Figures
import QueryFormats
import QueryFrames

func run(_ arguments: [String]) throws {
    guard arguments.count == 6, let task = StepTask.all[arguments[3]], let rounds = Int(arguments[4]), rounds > 0 else {
        complain("usage: FrameSteps DATA.csv CUSTOMERS.csv \(StepTask.all.keys.sorted().joined(separator: "|")) ROUNDS SCRATCH")
        exit(2)
    }
    let step = try task.prepare(StepTask.Paths(data: arguments[1], customers: arguments[2], scratch: arguments[5]))
    var memory = ResidentMemory()
    var seconds: [Double] = []
    var result: Frame?
    for _ in 0..<rounds {
        result = nil
        let clock = ContinuousClock()
        let elapsed = try clock.measure { result = try step() }
        seconds.append(Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
    }
    memory.stop()
    let checks = result.map { Checksum.of($0, isOrdered: !StepTask.unordered.contains(arguments[3])) } ?? []
    print(
        "{\"seconds\": \(seconds), \"rows\": \(result?.count ?? 0), \"checks\": \(checks), "
            + "\"before\": \(memory.before), \"peak\": \(memory.peak)}")
}

func complain(_ text: String) {
    let line = Array("FrameSteps: \(text)\n".utf8)
    _ = write(2, line, line.count)
}

do {
    try run(CommandLine.arguments)
} catch {
    complain("\(error)")
    exit(1)
}
