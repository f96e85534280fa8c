// C functions by which Tests/Peers/exchange.py hands columns and streams to QueryFrames and takes them back, all in one process.
import CArrow
import QueryFrames
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a handle stands for.
private final class Held {
    let frame: Frame
    init(_ frame: Frame) { self.frame = frame }

    static func of(_ handle: UnsafeRawPointer) -> Frame { Unmanaged<Held>.fromOpaque(handle).takeUnretainedValue().frame }
}

private func hold(_ make: () throws(ArrowError) -> Frame, _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> UnsafeMutableRawPointer? {
    do throws(ArrowError) {
        return Unmanaged.passRetained(Held(try make())).toOpaque()
    } catch let fault {
        error.pointee = strdup("\(fault)")
        return nil
    }
}

/// A frame of the column that `schema` and `array` hold. On failure NULL, and what was wrong in `error`.
@c(probe_import_column)
public func probeImportColumn(
    _ schema: UnsafeMutablePointer<ArrowSchema>, _ array: UnsafeMutablePointer<ArrowArray>,
    _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> UnsafeMutableRawPointer? {
    hold({ () throws(ArrowError) in
        let column = try Column.importing(schema, array)
        return Frame(schema: Schema([Field("x", column.type)]), columns: [column])
    }, error)
}

/// A frame of all that `stream` gives.
@c(probe_import_stream)
public func probeImportStream(
    _ stream: UnsafeMutablePointer<ArrowArrayStream>, _ error: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> UnsafeMutableRawPointer? {
    hold({ () throws(ArrowError) in try Frame(importing: stream) }, error)
}

/// A frame of every type, made here, in two batches of which the second is a slice.
@c(probe_samples)
public func probeSamples() -> UnsafeMutableRawPointer {
    Unmanaged.passRetained(Held(samples())).toOpaque()
}

/// Fills `schema` and `array` with the first batch of column `index`. 0, or 1 where that fails.
@c(probe_export_column)
public func probeExportColumn(
    _ handle: UnsafeRawPointer, _ index: Int, _ schema: UnsafeMutablePointer<ArrowSchema>, _ array: UnsafeMutablePointer<ArrowArray>
) -> Int32 {
    let frame = Held.of(handle)
    let column = frame.batches.first?.columns[index] ?? Column(frame.schema.fields[index].type, [])
    do throws(ArrowError) {
        try column.export(name: frame.schema.fields[index].name, to: schema, array)
        return 0
    } catch {
        return 1
    }
}

@c(probe_export_stream)
public func probeExportStream(_ handle: UnsafeRawPointer, _ stream: UnsafeMutablePointer<ArrowArrayStream>) {
    Held.of(handle).export(to: stream)
}

/// The rows `from ..< to` of the frame, as a slice that shares its memory.
@c(probe_slice)
public func probeSlice(_ handle: UnsafeRawPointer, _ from: Int, _ to: Int) -> UnsafeMutableRawPointer {
    let frame = Held.of(handle)
    return Unmanaged.passRetained(Held(Frame(schema: frame.schema, batches: frame.batches.map { $0.slice(from, to - from) }))).toOpaque()
}

/// The value of a row as the language writes it; the caller frees it.
@c(probe_text)
public func probeText(_ handle: UnsafeRawPointer, _ column: Int, _ row: Int) -> UnsafeMutablePointer<CChar>? {
    strdup("\(Held.of(handle).scalar(row: row, column: column))")
}

@c(probe_count)
public func probeCount(_ handle: UnsafeRawPointer) -> Int { Held.of(handle).count }

/// The name of a column's type.
@c(probe_type)
public func probeType(_ handle: UnsafeRawPointer, _ column: Int) -> UnsafeMutablePointer<CChar>? {
    strdup("\(Held.of(handle).schema.fields[column].type)")
}

@c(probe_release)
public func probeRelease(_ handle: UnsafeRawPointer) { Unmanaged<Held>.fromOpaque(handle).release() }
