// Frames as a workbook: a sheet each, with a header that stays in sight, numbers as numbers and times as times.
import QueryFrames

/// Writes a workbook once all rows are known to fit; the sink gets it when it is finished.
final class XLSXWriter: FramesWriter {
    private let sink: any ByteSink
    private let options: XLSXOptions
    private var workbook: Workbook?
    private var sheet: SheetWriter?
    private var counts = CellCounts()

    init(_ sink: any ByteSink, _ options: XLSXOptions) {
        (self.sink, self.options) = (sink, options)
    }

    var warnings: [FormatWarning] { counts.warnings }

    func begin(_ schema: Schema) throws(FormatError) {
        try SheetLimits.check(schema)
        workbook = try Workbook()
        try open(options.sheet, schema)
    }

    func write(_ batch: RecordBatch) throws(FormatError) {
        guard let sheet else { return }
        try SheetLimits.check(rows: sheet.rows + batch.count)
        try SheetLimits.check(batch, sheet.schema, after: sheet.rows)
        sheet.append(batch, &counts)
    }

    func finish() throws(FormatError) {
        sheet?.finish()
        sheet = nil
        try workbook?.finish(to: sink)
    }

    func write(_ frame: Frame, _ workers: Workers) throws(FormatError) { try write([NamedFrame(options.sheet, frame)], workers) }

    func write(_ frames: [NamedFrame], _ workers: Workers) throws(FormatError) {
        try SheetLimits.check(frames.map(\.name))
        for named in frames {
            let frame = named.frame
            try SheetLimits.check(frame.schema)
            try SheetLimits.check(rows: frame.count)
            var first = 0
            for batch in frame.batches {
                try SheetLimits.check(batch, frame.schema, after: first)
                first += batch.count
            }
        }
        workbook = try Workbook()
        for named in frames {
            try open(named.name, named.frame.schema)
            for batch in named.frame.batches { sheet?.append(batch, &counts) }
            sheet?.finish()
        }
        try finish()
    }

    private func open(_ name: String, _ schema: Schema) throws(FormatError) {
        guard let workbook else { return }
        sheet = SheetWriter(try workbook.addSheet(name), workbook.styles, schema)
    }
}

/// Values of a workbook that are not what they were, or not of the type that they had.
struct CellCounts {
    var notFinite = 0
    var numbersAsText = 0
    var timesAsText = 0
    var rounded = 0

    var warnings: [FormatWarning] {
        var warnings: [FormatWarning] = []
        if notFinite > 0 { warnings.append(.notFinite(count: notFinite)) }
        if numbersAsText > 0 { warnings.append(.numbersAsText(count: numbersAsText)) }
        if timesAsText > 0 { warnings.append(.timesAsText(count: timesAsText)) }
        if rounded > 0 { warnings.append(.rounded(count: rounded)) }
        return warnings
    }
}
