// Times the way from a service's answer to a frame: `Decode LAYOUT FILE WORKERS ROUNDS`, where LAYOUT is toolkit, polytomic or json, the
// last of which is `open`.
//
// The bytes come from the file in pieces, as they come from a connection. Prints one JSON object: the seconds of each round on the clock and
// on the processor, the rows and the checksum of the last result, the bytes that its columns take, and the memory that was resident before
// the first round and at most during all of them.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Figures
@preconcurrency import QueryFormats
import QueryFrames

/// Bytes that arrive at a time.
let pieceBytes = 256 << 10

func decode(_ layout: ResultLayout, _ path: String, _ workers: Workers) throws -> Frame {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw FormatError.io(path: path, operation: "open", code: errno) }
    defer { close(descriptor) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceBytes, alignment: 64)
    defer { piece.deallocate() }
    let reader = ResultReader(layout, workers: workers)
    reader.beginPage()
    while true {
        let count = read(descriptor, piece.baseAddress, pieceBytes)
        guard count > 0 else { break }
        try reader.receive(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
    _ = try reader.endPage()
    return try reader.finish().frame
}

/// What all threads of the process have taken of the processors so far.
func processorSeconds() -> Double {
    var time = timespec()
    guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func run(_ arguments: [String]) throws {
    let layouts = ["toolkit": ResultLayout.toolkit, "polytomic": .polytomic]
    guard arguments.count == 5, layouts[arguments[1]] != nil || arguments[1] == "json", let workers = Int(arguments[3]), let rounds = Int(arguments[4]) else {
        complain("usage: Decode toolkit|polytomic|json FILE WORKERS ROUNDS")
        exit(2)
    }
    var memory = ResidentMemory()
    var seconds: [Double] = [], processor: [Double] = []
    var result: Frame?
    let budget = MemoryBudget(limit: .max)
    var frameBytes = 0
    try MemoryBudget.$current.withValue(budget) {
        for _ in 0..<rounds {
            result = nil
            let before = processorSeconds()
            let elapsed = try ContinuousClock().measure {
                if let layout = layouts[arguments[1]] {
                    result = try decode(layout, arguments[2], Workers(workers))
                } else {
                    result = try Formats.row(named: "json")?.read?(ByteSource(path: arguments[2]), FormatOptions()).frame
                }
            }
            processor.append(processorSeconds() - before)
            seconds.append(Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
            frameBytes = budget.used
        }
    }
    memory.stop()
    let checks = result.map { Checksum.of($0, isOrdered: true) } ?? []
    print(
        "{\"seconds\": \(seconds), \"cpu\": \(processor), \"rows\": \(result?.count ?? 0), \"checks\": \(checks), \"frame\": \(frameBytes), "
            + "\"before\": \(memory.before), \"peak\": \(memory.peak)}")
}

func complain(_ text: String) {
    let line = Array("Decode: \(text)\n".utf8)
    _ = write(2, line, line.count)
}

do {
    try run(CommandLine.arguments)
} catch {
    complain("\(error)")
    exit(1)
}
