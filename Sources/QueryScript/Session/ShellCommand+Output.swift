// What a command of the shell writes, for parts of a program that are no script, such as one that asks a password manager.
import QueryFormats

extension ShellCommand {
    /// The bytes that `text` writes to its standard output; nil where it fails, writes more than `limit` bytes, or takes longer than
    /// `patience`. It shares this process's terminal, so that it can ask its person for something.
    public static func output(of text: String, limit: Int, patience: Duration, hiding variables: Set<String>) async -> [UInt8]? {
        let command = ShellCommand(isApart: false, hiding: variables)
        let timer = Task {
            try await Task.sleep(for: patience)
            command.stop()
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await BlockingWork.run {
                guard let ends = try? command.start(ShellText(text: text), .nothing, .pipe) else { return nil }
                let bytes = try? command.readAll(ends.output, limit: limit)
                return command.wait() == nil && !command.isStopped ? bytes : nil
            }
        } onCancel: {
            command.stop()
        }
    }
}
