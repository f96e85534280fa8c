// Runs a script as a program does that embeds the language: `Scripting FILE`. What it prints goes to standard output.
import QueryFormats
import QueryLocal
import QueryScript
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Standard output, of which data and lines for people are one.
private final class Printed: SessionOutput {
    let terminal: TerminalSize? = nil

    func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
        let sink = DescriptorSink(descriptor: STDOUT_FILENO, name: "standard output")
        try sink.write(bytes)
        try sink.flush()
    }

    func flush() {}
    func message(_ text: String) { print(text) }
}

guard CommandLine.arguments.count == 2 else {
    print("usage: Scripting FILE")
    exit(2)
}
let file = CommandLine.arguments[1]
let bytes = try ByteSource(path: file)
// The scripts of benchmarks touch no service; the embedded one opens its workspace when it is asked for something.
let session = Session(service: LocalService(workspace: "/dev/null/none"), output: Printed())
guard case .finished = await session.run(Source(name: file, text: String(decoding: bytes.array, as: UTF8.self))) else { exit(1) }
