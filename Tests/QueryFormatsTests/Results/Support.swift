// What the tests of results share: a document in, a frame out, by pieces of any size.
@testable import QueryFormats
import QueryFrames
import Testing

/// Reads pages, each in pieces of `size` bytes; segments of `segment` bytes over `workers` threads, and `batched` rows at a time are put
/// into batches.
func readResult(
    _ layout: ResultLayout, _ pages: [[UInt8]], pieces size: Int = .max, segment: Int = ReadingSizes().segmentBytes, workers: Int = 1,
    batched: Int = ReadingSizes().batchedRows
) throws(ResultError) -> (frame: Frame, warnings: [ResultWarning], pages: [ResultPage]) {
    let reader = resultReader(layout, segment: segment, workers: workers, batched: batched)
    var read: [ResultPage] = []
    for page in pages {
        reader.beginPage()
        try receive(page, reader, size)
        read.append(try reader.endPage())
    }
    let (frame, warnings) = try reader.finish()
    return (frame, warnings, read)
}

/// A reader of such sizes.
func resultReader(
    _ layout: ResultLayout, segment: Int, workers: Int = 1, batched: Int, rowLimit: Int = ReadingSizes().rowLimit
) -> ResultReader {
    var sizes = ReadingSizes()
    (sizes.segmentBytes, sizes.batchedRows, sizes.rowLimit) = (segment, batched, rowLimit)
    return ResultReader(layout, workers: Workers(workers), sizes: sizes)
}

/// Hands a page over in pieces.
func receive(_ page: [UInt8], _ reader: ResultReader, _ size: Int) throws(ResultError) {
    var at = 0
    while at < page.count {
        let end = min(page.count, size == .max ? page.count : at + size)
        // A copy of its own, so that nobody can read past the piece.
        let piece = Array(page[at..<end])
        var failure: ResultError?
        piece.withUnsafeBytes { bytes in
            do throws(ResultError) { try reader.receive(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
        at = end
    }
}

/// The same of one page of text.
func readResult(_ layout: ResultLayout, _ text: String) throws(ResultError) -> (frame: Frame, warnings: [ResultWarning], page: ResultPage) {
    let result = try readResult(layout, [Array(text.utf8)])
    return (result.frame, result.warnings, result.pages[0])
}

/// A page of Polytomic's with these rows.
func polytomicPage(_ rows: [String], fields: String? = nil) -> String {
    #"{"data":{"id":"q","status":"done",\#(fields.map { "\"fields\":\($0)," } ?? "")"results":[\#(rows.joined(separator: ","))]}}"#
}

/// The error that `body` throws.
func resultError(_ body: () throws -> some Any) -> ResultError? {
    do {
        _ = try body()
        return nil
    } catch { return error as? ResultError }
}
