// A session over the embedded service, with what it has written and the errors of its scripts at hand.
import QueryFormats
import QueryLocal
import Synchronization
import TestSupport

@testable import QueryScript

/// Runs scripts in process, in a workspace of its own.
struct TestSession {
    let session: Session
    private let output: CollectedOutput
    let folder: ScratchFolder

    /// `wrote` is called after each time that bytes were written.
    init(limits: Limits = Limits(), shell: Bool = false, wrote: @escaping @Sendable () -> Void = {}) throws {
        output = CollectedOutput(wrote: wrote)
        folder = try ScratchFolder()
        let service = LocalService(workspace: folder.path("workspace"))
        session = Session(service: service, output: output, grants: Session.Grants(files: true, shell: shell), limits: limits)
    }

    /// Runs a script; gives the error that ended it, or nil.
    func error(_ text: String, limits: Limits? = nil) async -> Diagnostic? {
        if let limits { await session.setLimits(limits) }
        switch await session.run(Source(name: "test", text: text)) {
        case .failed(let diagnostics): return diagnostics.first
        default: return nil
        }
    }

    /// How a script ends.
    func outcome(_ text: String) async -> Session.RunOutcome { await session.run(Source(name: "test", text: text)) }

    /// What was written since this was asked last.
    func written() -> String { output.taken() }
}

private final class CollectedOutput: SessionOutput {
    private let bytes = Mutex<[UInt8]>([])
    private let wrote: @Sendable () -> Void

    init(wrote: @escaping @Sendable () -> Void) { self.wrote = wrote }

    func write(_ bytes: UnsafeRawBufferPointer) {
        self.bytes.withLock { $0.append(contentsOf: bytes) }
        wrote()
    }
    func flush() {}
    func message(_ text: String) {}
    func event(_ event: SessionEvent) {}
    var followsEvents: Bool { false }
    var terminal: TerminalSize? { nil }

    func taken() -> String {
        bytes.withLock { bytes in
            defer { bytes = [] }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
