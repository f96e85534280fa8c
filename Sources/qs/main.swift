// Entry point: the command line, the program, the exit status.
import ArgumentParser
import QueryFormats
import QueryScript
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes an answer about the program itself to standard output and exits.
func answer(_ text: String) -> Never {
    let output = StandardOutput(noColor: true)
    do throws(FormatError) {
        try output.write(line: text)
        try output.flush()
        exit(0)
    } catch {
        if case .closedPipe = error { dieBySignal(SIGPIPE) }
        StandardError.write("error[io]: \(Diagnostic.message(of: error))\n")
        exit(Diagnostic.Code.io.exitStatus)
    }
}

/// Exits with a message about the command line.
func refuse(_ message: String, hint: String = "") -> Never {
    StandardError.write("error[usage]: \(message)\n  \(hint)qs --help lists the options\n")
    exit(Diagnostic.Code.usage.exitStatus)
}

/// Reads what stands behind a tool's name, or exits with what is wrong with it, or with the help that it asks for.
func parse<Arguments: ParsableArguments>(_ arguments: [String]) -> Arguments {
    do {
        return try Arguments.parse(arguments)
    } catch {
        // `--help` is thrown too; the tools have no help but that of the program.
        if Arguments.exitCode(for: error).isSuccess { answer(Options.text) }
        refuse(DisplayText.escaped(Arguments.message(for: error)))
    }
}

MachineMemory.keepFreed()
StandardStreams.open()
// A closed pipe and a full file are answers of write(2), not the end of the process.
signal(SIGPIPE, SIG_IGN)
signal(SIGXFSZ, SIG_IGN)
let free = Descriptors.free
// Meanwhile the command line is read.
let settling = free.count < Descriptors.needed ? nil : Descriptors.settle()
let options: Options
do {
    options = try Options.parse()
} catch {
    refuse(DisplayText.escaped(Options.message(for: error)))
}
if options.asksForHelp { answer(Options.text) }
if options.version { answer("qs \(Program.version)") }
if let name = options.unknownOption {
    let meant = Nearest.name(to: name, in: Options.names).map { "did you mean \($0)? " } ?? ""
    refuse("there is no option \(DisplayText.escaped(name))", hint: meant)
}
if let (tool, arguments) = options.tool {
    switch tool {
    case .check: exit(await ScriptTools(parse(arguments), options).check())
    case .format: exit(ScriptTools(parse(arguments), options).format())
    case .login: exit(Login(parse(arguments), options.shared).run())
    }
}
guard let settling else {
    StandardError.write("error[io]: \(Diagnostic.tooFewFiles(needed: Descriptors.needed, free: free.count))\n")
    exit(Diagnostic.Code.io.exitStatus)
}
// What was opened meanwhile is nobody's to write to.
if let events = options.events, free.contains(events) || !EventStream.isOpen(events) {
    refuse("the descriptor \(events) of --events is not open for writing")
}
await Descriptors.settled(settling)
// A global, so that nothing of it is torn down at the end: the process takes all of its memory with it.
let program = Program(options)
switch await program.run() {
case .status(let status): exit(status)
case .signal(let number): dieBySignal(number)
}
