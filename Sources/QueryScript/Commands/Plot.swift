// `plot`: rows as a chart, in characters or as an SVG file.
import QueryFormats
import QueryFrames

extension CommandRow {
    static let plot = CommandRow(
        UsageLine(builtIn: "plot SUBJECT [bar|line|point|histogram] [x COL] [y COL, ...] [by COL] [to PATH]"),
        summary: "Draw rows as a chart, in characters or as an SVG file; what is not said follows from the columns.",
        example: "j | plot line x month y revenue by region to \"revenue.svg\""
    ) { (session, arguments) async throws(ScriptError) in
        let request = try arguments.chart()
        let path = try arguments.text("to")
        // What can be known to fail is found before the rows are waited for.
        if let path {
            guard path.lowercased().hasSuffix(".svg") else { throw ScriptError(.chartEnding(path: path), at: arguments.span("to")) }
            try session.requireFiles()
        }
        let subject = try arguments.required("subject")
        let words = path.map { " to \(Scalar.string($0).literal)" } ?? ""
        guard let frame = try await session.knownFrame(of: subject) else {
            _ = try session.rehearse("plot the rows of \(subject.text)\(words)")
            return .null
        }
        let chart: Chart
        do throws(ChartError) {
            chart = try Chart(frame, request, isCancelled: { [cancellation = session.cancellation] in cancellation.isRaised })
        } catch {
            if case .cancelled = error { throw ScriptError(.cancelled) }
            throw ScriptError(.chart(error), at: error.part.flatMap(arguments.span(ofChart:)))
        }
        if try session.rehearse("plot \(frame.count) rows\(words)") { return .null }
        guard let path else {
            try session.show(chart)
            return .null
        }
        try await session.write(chart, to: path)
        session.output.event(.exported(path: path, format: "svg", rows: frame.count))
        return .null
    }
}

extension Arguments {
    /// What is to be drawn.
    fileprivate func chart() throws(ScriptError) -> ChartRequest {
        var request = ChartRequest(kind: flag("bar").flatMap(ChartKind.init), x: try word("x"), by: try word("by"))
        for item in list("y") { request.y.append(try item.requiredWord("col")) }
        return request
    }

    /// The place of what an error of a chart is about.
    fileprivate func span(ofChart part: ChartPart) -> Span? {
        switch part {
        case .x: return span("x")
        case .by: return span("by")
        case .y(let index):
            let items = list("y")
            return index < items.count ? items[index].span("col") : nil
        }
    }
}

extension Session {
    /// Shows a chart to whoever looks on: it fits the terminal, and a usual one where there is none.
    fileprivate func show(_ chart: Chart) throws(ScriptError) {
        let size = output.terminal ?? TerminalSize(columns: 80, rows: 24)
        let text = chart.text(columns: settings.width ?? size.columns, rows: size.rows, isColoured: output.takesColour)
        try writeLine(String(text.dropLast()))
        tell(chart.notices)
    }

    /// Writes a chart as an SVG file, which appears whole or not at all.
    fileprivate func write(_ chart: Chart, to path: String) async throws(ScriptError) {
        let outlet = Outlet()
        try await leavable(outlet) { () -> Result<Void, ScriptError> in
            do throws(FormatError) {
                let file = try OutputFile(path: path, name: outlet.name)
                let sink = StoppableSink(file, outlet)
                let text = TextBuffer()
                text.append(chart.svg)
                try text.withBytes { (bytes) throws(FormatError) in try sink.write(bytes) }
                return .success(try outlet.commit(file))
            } catch {
                return .failure(ScriptError(.format(error)))
            }
        }
        tell(chart.notices)
    }

    private func tell(_ notices: [ChartNotice]) { for notice in notices { output.message(Diagnostic.message(of: notice)) } }
}

extension ChartError {
    /// The part of the command that the error is about.
    fileprivate var part: ChartPart? {
        switch self {
        case .unknownColumn(_, _, let part), .columnType(_, _, _, let part), .severalColumns(let part), .mixedMeasures(_, _, _, _, let part): part
        case .noRows, .nothingToDraw, .noValues, .evaluation, .cancelled: nil
        }
    }
}
