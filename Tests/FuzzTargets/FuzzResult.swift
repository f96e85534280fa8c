// The answer of a service in several pieces by several workers, which has to become what it becomes in one.
import QueryFormats
import QueryFrames

enum FuzzResult {
    /// What is wrong with the ways in which the bytes are read; nil where they agree.
    static func fault(of bytes: [UInt8]) -> String? {
        for layout in [ResultLayout.toolkit, .polytomic] {
            let whole = read(layout, bytes, pieces: bytes.count, segments: 1 << 20, workers: 1)
            for (size, segment, workers) in [(1, 16, 1), (7, 64, 1), (100, 24, 3)] where read(layout, bytes, pieces: size, segments: segment, workers: workers) != whole {
                return "in pieces of \(size) bytes it is something else"
            }
        }
        return nil
    }

    private enum Answer: Equatable {
        case rows(Schema, [[Scalar]], [ResultWarning])
        /// A document with several faults is refused for the one that is met first, which depends on the pieces.
        case refused
    }

    private static func read(_ layout: ResultLayout, _ bytes: [UInt8], pieces: Int, segments: Int, workers: Int) -> Answer {
        var sizes = ReadingSizes()
        (sizes.segmentBytes, sizes.batchedRows) = (segments, max(segments / 16, 1))
        let reader = ResultReader(layout, workers: Workers(workers), sizes: sizes)
        do throws(ResultError) {
            reader.beginPage()
            var at = 0
            while at < bytes.count {
                let piece = Array(bytes[at..<min(bytes.count, at + pieces)])
                try hand(piece, to: reader)
                at += piece.count
            }
            _ = try reader.endPage()
            let (frame, warnings) = try reader.finish()
            let rows = frame.batches.flatMap { batch in (0..<batch.count).map { row in batch.columns.map { $0.scalar(row) } } }
            return .rows(frame.schema, rows, warnings)
        } catch { return .refused }
    }

    private static func hand(_ piece: [UInt8], to reader: ResultReader) throws(ResultError) {
        var failure: ResultError?
        piece.withUnsafeBytes { bytes in
            do throws(ResultError) { try reader.receive(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }
}
