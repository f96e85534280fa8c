// Entry point: the command line, the program, the exit status.
import ArgumentParser
import QueryFormats
import QueryScript
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Exits with a message about the command line.
func refuse(_ error: any Error) -> Never {
    StandardError.write(Options.fullMessage(for: error) + "\n")
    exit(2)
}

StandardStreams.open()
// A closed pipe and a full file are answers of write(2), not the end of the process.
signal(SIGPIPE, SIG_IGN)
signal(SIGXFSZ, SIG_IGN)
let options: Options
do {
    options = try Options.parse()
} catch {
    refuse(error)
}
if options.asksForHelp {
    print(Options.text)
    fflush(nil)
    exit(0)
}
if let name = options.unknownOption {
    let meant = Nearest.name(to: name, in: Options.names).map { "did you mean \($0)? " } ?? ""
    StandardError.write("error[usage]: there is no option \(DisplayText.escaped(name))\n  \(meant)qs --help lists the options\n")
    exit(2)
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
