// Files of datasets as frames: each is read once as long as it does not change, however many jobs want it.
import QueryEngines
import QueryFormats
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The frames of one session.
final class FrameCache: Sendable {
    /// What tells one state of a file from another.
    private struct Stamp: Hashable, Sendable {
        var device: UInt64
        var inode: UInt64
        var size: Int64
        var seconds: Int64
        var nanoseconds: Int64

        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = UInt64(truncatingIfNeeded: status.st_dev)
            inode = UInt64(status.st_ino)
            size = Int64(status.st_size)
            #if canImport(Glibc)
            let time = status.st_mtim
            #else
            let time = status.st_mtimespec
            #endif
            seconds = Int64(time.tv_sec)
            nanoseconds = Int64(time.tv_nsec)
        }
    }

    /// One reading of a file, which several jobs may wait for.
    private final class Load {
        let stamp: Stamp
        var result: Result<Frame, FormatError>?
        /// What is to be told of the file, until somebody has taken it.
        var warnings: [FormatWarning] = []
        init(_ stamp: Stamp) { self.stamp = stamp }
    }

    private let loads = Monitor<[String: Load]>([:])
    /// Files are read on threads of their own, so that a job that is cancelled does not have to wait for one.
    private let readers: Threads

    init(readers: Threads) { self.readers = readers }

    /// The rows of the file at `path`, read as `format`, with what is to be told of it: the first one who gets the rows gets that.
    ///
    /// - Throws: `FormatError`, or `EngineError.cancelled` once `cancellation` is raised and `wake` called.
    func frame(_ path: String, format: String, _ cancellation: Cancellation) throws -> (frame: Frame, warnings: [FormatWarning]) {
        guard let stamp = Stamp(path) else { throw FormatError.io(path: path, operation: "stat", code: errno) }
        let (load, isNew) = loads.withLock { loads in
            if let load = loads[path], load.stamp == stamp { return (load, false) }
            let load = Load(stamp)
            loads[path] = load
            return (load, true)
        }
        if isNew { read(path, format, load) }
        let result: Result<Frame, FormatError>? = loads.wait { _ in cancellation.isRaised ? .some(nil) : load.result.map { $0 } }
        guard let result else { throw EngineError.cancelled }
        let frame = try result.get()
        let warnings = loads.withLock { _ in
            defer { load.warnings = [] }
            return load.warnings
        }
        return (frame, warnings)
    }

    /// Makes those who wait look at their cancellation.
    func wake() { loads.wake() }

    private func read(_ path: String, _ format: String, _ load: Load) {
        // The load is only touched under the lock from here on.
        nonisolated(unsafe) let load = load
        readers.start {
            var (result, warnings) = FrameCache.read(path, format)
            // Files that are kept for the next job make room for one that is wanted now.
            if case .failure(.memory) = result, self.dropOthers(path) { (result, warnings) = FrameCache.read(path, format) }
            let isCurrent = Stamp(path) == load.stamp
            self.loads.withLock { loads in
                load.result = result
                load.warnings = warnings
                // What failed, or was written while it was read, is read again when it is wanted again.
                if case .success = result, isCurrent { return }
                if loads[path] === load { loads[path] = nil }
            }
            self.loads.wake()
        }
    }

    /// Forgets all files but the one at `path`; false where there are none.
    private func dropOthers(_ path: String) -> Bool {
        let others = loads.withLock { loads in
            let others = loads.filter { $0.key != path && $0.value.result != nil }
            for path in others.keys { loads[path] = nil }
            return others
        }
        return !others.isEmpty
    }

    private static func read(_ path: String, _ format: String) -> (Result<Frame, FormatError>, [FormatWarning]) {
        do throws(FormatError) {
            guard let read = Formats.row(named: format)?.read else { throw .io(path: path, operation: "read", code: ENOTSUP) }
            let result = try read(try ByteSource(path: path), FormatOptions())
            return (.success(result.frame), result.warnings)
        } catch {
            return (.failure(error), [])
        }
    }
}
