// Entry point: the command line, the program, the exit status.
import ArgumentParser
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Exits with a message about the command line.
func refuse(_ error: any Error) -> Never {
    let text = Options.fullMessage(for: error)
    if Options.exitCode(for: error) == .success {
        print(Options.text)
        fflush(nil)
        exit(0)
    }
    StandardError.write(text + "\n")
    exit(2)
}

// A closed pipe and a full file are answers of write(2), not the end of the process.
signal(SIGPIPE, SIG_IGN)
signal(SIGXFSZ, SIG_IGN)
let options: Options
do {
    options = try Options.parse()
} catch {
    refuse(error)
}
if options.version {
    print("qs \(Program.version)")
    fflush(nil)
    exit(0)
}
switch await Program(options).run() {
case .status(let status): exit(status)
case .signal(let number): dieBySignal(number)
}
