// Where the bytes of one command leave its session. A run that is cancelled closes it and goes on: what still works on the bytes is left
// behind, and nothing comes of it any more.
import QueryFormats
import QueryFrames
import Synchronization

/// The ways out that a command such as `export` may take: a file that appears when it is whole, a command of the shell, the session's output.
final class Outlet: Sendable {
    /// The name of the file until it is whole.
    let name = TemporaryName()
    /// What the bytes pass on their way; not started where they pass nothing.
    let command: ShellCommand?
    /// Held while bytes are on their way to where others see them at once.
    private let isOpen = Mutex(true)

    init(through command: ShellCommand? = nil) { self.command = command }

    /// Lets something out, unless it is closed: to a writer that looks as if nobody read any more.
    fileprivate func pass(_ letOut: () throws(FormatError) -> Void) throws(FormatError) {
        try isOpen.withLock { (isOpen) throws(FormatError) in
            guard isOpen else { throw .closedPipe(path: "") }
            try letOut()
        }
    }

    /// Puts the file in its place, unless it is closed.
    func commit(_ file: OutputFile) throws(FormatError) {
        // A file with a name of its own loses that when this is closed, and may be put onto the disk meanwhile, which takes long.
        guard file.isWrittenStraight else { return try file.commit() }
        try pass { () throws(FormatError) in try file.commit() }
    }

    /// Lets nothing more out: the file is gone, or was whole before; the output gets no more; the command has ended. Blocks for as long as
    /// the command takes to end, or whoever reads the output to take what is on its way.
    func close() {
        command?.stop()
        name.remove()
        isOpen.withLock { $0 = false }
        command?.waitUntilGone()
    }
}

/// Takes no more bytes once the run is cancelled, or its outlet closed.
final class StoppableSink: ByteSink {
    private let sink: any ByteSink
    /// Nil where nobody sees the bytes before all of them are there.
    private let outlet: Outlet?
    private let cancellation = Cancellation.current

    /// Bytes of the session's output.
    init(_ output: any SessionOutput, _ outlet: Outlet) { (sink, self.outlet) = (OutputSink(output), outlet) }

    /// Bytes of a file.
    init(_ file: OutputFile, _ outlet: Outlet) { (sink, self.outlet) = (file, file.isWrittenStraight ? outlet : nil) }

    /// To a writer it looks as if nobody read any more; what comes of it is thrown away.
    func write(_ bytes: UnsafeRawBufferPointer) throws(FormatError) {
        var rest = bytes[...]
        repeat {
            if let cancellation, cancellation.isRaised { throw .closedPipe(path: "") }
            let stretch = UnsafeRawBufferPointer(rebasing: rest.prefix(Cancellation.stretch))
            if let outlet { try outlet.pass { () throws(FormatError) in try sink.write(stretch) } } else { try sink.write(stretch) }
            rest = rest.dropFirst(Cancellation.stretch)
        } while !rest.isEmpty
    }
}

extension Session {
    /// Does work that lets bytes out, where it holds up nothing. A run that is cancelled leaves it behind, with the outlet closed.
    func leavable<T: Sendable>(
        _ outlet: Outlet, _ work: @escaping @Sendable () -> Result<T, ScriptError>
    ) async throws(ScriptError) -> T {
        do throws(ScriptError) {
            return try await BlockingWork.leavable(work)
        } catch {
            guard Task.isCancelled else { throw error }
            await BlockingWork.run { outlet.close() }
            throw ScriptError(.cancelled)
        }
    }
}
