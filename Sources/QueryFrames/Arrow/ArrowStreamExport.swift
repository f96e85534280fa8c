// A frame as a stream for another program: the callbacks of an ArrowArrayStream.
import CArrow
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What one ArrowArrayStream reads from; the stream owns it.
final class ArrowStreamExport {
    private let frame: Frame
    /// The columns that are dictionaries in all batches.
    private let dictionaries: [Bool]
    private var next = 0
    /// The words of the last error, for C.
    private var message: UnsafeMutablePointer<CChar>?

    init(_ frame: Frame) {
        self.frame = frame
        dictionaries = frame.schema.fields.indices.map { index in
            !frame.batches.isEmpty && frame.batches.allSatisfy { $0.columns[index].isArrowDictionary }
        }
    }

    deinit { free(message) }

    /// Fills `stream`, which owns this object from then on.
    func fill(_ stream: UnsafeMutablePointer<ArrowArrayStream>) {
        stream.pointee = ArrowArrayStream(
            get_schema: { stream, schema in
                guard let export = ArrowStreamExport.of(stream), let schema else { return EINVAL }
                return export.answer { () throws(ArrowError) in try export.frame.schema.export(to: schema, dictionaries: export.dictionaries) }
            },
            get_next: { stream, array in
                guard let export = ArrowStreamExport.of(stream), let array else { return EINVAL }
                return export.answer { () throws(ArrowError) in try export.exportNext(to: array) }
            },
            get_last_error: { stream in ArrowStreamExport.of(stream).flatMap { UnsafePointer($0.message) } },
            release: { stream in
                guard let stream, let memory = stream.pointee.private_data else { return }
                stream.pointee.release = nil
                stream.pointee.private_data = nil
                Unmanaged<ArrowStreamExport>.fromOpaque(memory).release()
            },
            private_data: Unmanaged.passRetained(self).toOpaque())
    }

    private static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> ArrowStreamExport? {
        stream?.pointee.private_data.map { Unmanaged<ArrowStreamExport>.fromOpaque($0).takeUnretainedValue() }
    }

    private func exportNext(to array: UnsafeMutablePointer<ArrowArray>) throws(ArrowError) {
        guard next < frame.batches.count else { return array.pointee = ArrowArray() }
        try frame.batches[next].export(to: array, schema: frame.schema, dictionaries: dictionaries)
        next += 1
    }

    /// Does it, and gives the code that C expects; the facts of an error are its message there.
    private func answer(_ body: () throws(ArrowError) -> Void) -> Int32 {
        free(message)
        message = nil
        do throws(ArrowError) {
            try body()
            return 0
        } catch {
            message = strdup("\(error)")
            return EOVERFLOW
        }
    }
}
