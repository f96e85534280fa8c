// The tasks: what stands before the first round, and the step whose time is taken. The peers in Benchmarks/peers have the same tasks
// by the same names.
import QueryFormats
import QueryFrames

/// A task of the benchmark.
struct StepTask: Sendable {
    /// What a task is told of the command line.
    struct Paths {
        let data: String
        let customers: String
        /// Where to write to.
        let scratch: String
    }

    /// Makes the step; a step gives its result, or nil where that is a file.
    let prepare: @Sendable (Paths) throws -> () throws -> Frame?

    /// Tasks whose rows come in no order that was asked for: their checksums leave it out.
    static let unordered: Set<String> = ["join"]

    static let all: [String: StepTask] = [
        "csv_in": StepTask { paths in { try read(paths.data) } },
        "csv_out": writing("csv"),
        "parquet_in": reading("parquet"),
        "parquet_out": writing("parquet"),
        "arrow_in": reading("arrow"),
        "arrow_out": writing("arrow"),
        "filter": plan([
            .where(
                .column("region").isIn([.string("EU"), .string("UK")]) && .column("price") * .column("quantity") > 1000),
            .select(["id", "region", "customer", "price"].map { Projection(name: $0, expression: .column($0)) }),
        ]),
        "sort": plan([.sort([SortKey(.column("region")), SortKey(.column("price"), descending: true)])]),
        "top20": plan([.sort([SortKey(.column("price"), descending: true), SortKey(.column("id"))]), .take(20, by: [])]),
        "text": plan([
            .select([
                Projection(
                    name: "code",
                    expression: .call("upper", .column("region")) + "-" + .call("substr", .column("customer"), 1, 5)),
                Projection(name: "length", expression: .call("len", .column("customer"))),
                Projection(name: "is_ltd", expression: .column("customer").like("%Ltd%")),
                Projection(name: "low", expression: .call("lower", .column("customer"))),
            ])
        ]),
        "dates": plan([
            .select([
                Projection(name: "month", expression: .call("bin", .column("order_date"), "month")),
                Projection(name: "year", expression: .call("year", .column("order_date"))),
                Projection(name: "weekday", expression: .call("weekday", .column("order_date"))),
                Projection(name: "hour", expression: .call("hour", .column("ts"))),
                Projection(name: "label", expression: .call("format_date", .column("order_date"), "%Y-%m")),
            ])
        ]),
        "group_low": plan([
            .summarize(
                [
                    Projection(name: "total", expression: .call("sum", .column("price"))),
                    Projection(name: "quantity", expression: .call("avg", .column("quantity"))),
                    Projection(name: "orders", expression: .call("count")),
                    Projection(name: "customers", expression: .call("count_distinct", .column("customer"))),
                ],
                by: [
                    Projection(name: "region", expression: .column("region")),
                    Projection(name: "month", expression: .call("bin", .column("order_date"), "month")),
                ]),
            inKeyOrder("region", "month"),
        ]),
        "group_high": plan([
            .summarize(
                [
                    Projection(name: "total", expression: .call("sum", .column("price"))),
                    Projection(name: "quantity", expression: .call("avg", .column("quantity"))),
                    Projection(name: "orders", expression: .call("count")),
                ], by: [Projection(name: "customer", expression: .column("customer"))]),
            inKeyOrder("customer"),
        ]),
        "totals": plan([
            .summarize(
                [
                    Projection(name: "total", expression: .call("sum", .column("price"))),
                    Projection(name: "quantity", expression: .call("avg", .column("quantity"))),
                    Projection(name: "low", expression: .call("min", .column("discount"))),
                    Projection(name: "high", expression: .call("max", .column("discount"))),
                    Projection(name: "noted", expression: .call("count", .column("note"))),
                ], by: [])
        ]),
        "median": plan([
            .summarize(
                [Projection(name: "median", expression: .call("median", .column("price")))],
                by: [Projection(name: "region", expression: .column("region"))]),
            inKeyOrder("region"),
        ]),
        "join": StepTask { paths in
            let orders = try read(paths.data), customers = try read(paths.customers)
            let join = Transform.join(.inner, customers, on: [JoinKey("customer")])
            return { try Plan([join], schema: orders.schema).run(over: orders) }
        },
        "distinct": plan([
            .select(["region", "customer"].map { Projection(name: $0, expression: .column($0)) }), .distinct([]),
            inKeyOrder("region", "customer"),
        ]),
    ]

    /// Groups come in an order of each program's own; sorted, they can be compared.
    private static func inKeyOrder(_ names: String...) -> Transform { .sort(names.map { SortKey(.column($0)) }) }

    private static func plan(_ transforms: [Transform]) -> StepTask {
        StepTask { paths in
            let orders = try read(paths.data)
            return { try Plan(transforms, schema: orders.schema).run(over: orders) }
        }
    }

    /// The orders written in a format, which is the step.
    private static func writing(_ format: String) -> StepTask {
        StepTask { paths in
            let orders = try read(paths.data)
            return {
                try write(orders, format, to: paths.scratch)
                return nil
            }
        }
    }

    /// The orders read from a file of a format that is written before.
    private static func reading(_ format: String) -> StepTask {
        StepTask { paths in
            try write(try read(paths.data), format, to: paths.scratch)
            return { try read(paths.scratch, format) }
        }
    }

    private static func write(_ frame: Frame, _ format: String, to path: String) throws {
        let file = try OutputFile(path: path)
        guard let writer = try Formats.row(named: format)?.write?(file, FormatOptions()) else { return }
        try writer.write(frame)
        try file.commit()
    }

    private static func read(_ path: String, _ format: String = "csv") throws -> Frame {
        guard let read = Formats.row(named: format)?.read else { return Frame(schema: Schema([]), batches: []) }
        return try read(ByteSource(path: path), FormatOptions()).frame
    }
}
