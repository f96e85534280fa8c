// The shell as a session uses it: a command's output as text, and rows through a command.
import QueryFormats

extension Session {
    /// Refuses the shell where the host has not granted it.
    func requireShell() throws(ScriptError) {
        if !grants.shell { throw ScriptError(.notGranted("the shell")) }
    }

    /// What the command writes, without the line ends at its end, as the shell's own `$(...)` has it.
    func shellOutput(_ text: ShellText) async throws(ScriptError) -> String {
        try requireShell()
        try handOn()
        let command = ShellCommand(isApart: true, hiding: services.secretVariables)
        let result = await stoppable(command) { () -> Result<String, ScriptError> in
            do throws(FormatError) {
                let ends = try command.start(text, .nothing, .pipe)
                let bytes: [UInt8]
                do throws(FormatError) {
                    bytes = try command.readAll(ends.output, limit: 64 << 20)
                } catch {
                    _ = command.wait()
                    throw error
                }
                if let failure = command.wait() { return .failure(ScriptError(.shell(failure))) }
                let source = ByteSource(bytes: bytes, name: "the output of sh")
                try source.checkUTF8()
                var end = bytes.count
                while end > 0, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
                return .success(String(decoding: bytes[..<end], as: UTF8.self))
            } catch {
                return .failure(ScriptError(.format(error)))
            }
        }
        return try result.get()
    }

    /// Does blocking work with a command, which is stopped where the script is.
    func stoppable<T: Sendable>(
        _ command: ShellCommand, _ body: @escaping @Sendable () -> Result<T, ScriptError>
    ) async -> Result<T, ScriptError> {
        let result = await withTaskCancellationHandler {
            await BlockingWork.run(body)
        } onCancel: {
            command.stop()
        }
        return Task.isCancelled ? .failure(ScriptError(.cancelled)) : result
    }
}
