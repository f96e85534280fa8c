import TestSupport
import Testing

/// The example script, checked against sums that this test makes by itself.
@Suite("example")
struct ExampleTests {
    @Test("Examples/monthly.qs leaves exactly the month's rows as CSV, from whatever folder it is run")
    func monthly() throws {
        let bench = try Workbench()
        let result = try bench.qs(Files.package + "/Examples/monthly.qs")
        #expect(result.error == "")
        #expect(result.ending == .exited(0))
        let rows = try ExampleTests.rows(ofMonth: "2024-05")
        #expect(rows.count > 10)
        #expect(result.output == "region,product,orders,revenue\n" + rows.map { $0 + "\n" }.joined())
        // A second run finds what the first one has kept, and says the same.
        #expect(try bench.qs(Files.package + "/Examples/monthly.qs").output == result.output)
        #expect(try bench.qs("-c", "queries | select name, dataset").output == "name,dataset\nqry_xyz,orders\n")
    }

    /// The lines that the query gives, made from the file: sums in whole cents, in order of region and product.
    private static func rows(ofMonth month: String) throws -> [String] {
        let text = try #require(Files.text(Files.package + "/Examples/orders.csv"))
        let lines = text.split(separator: "\n")
        let names = fields(of: lines[0])
        func index(_ name: String) throws -> Int { try #require(names.firstIndex(of: name)) }
        let (date, region, product) = (try index("order_date"), try index("region"), try index("product"))
        let (quantity, price) = (try index("quantity"), try index("price"))
        var sums: [[String]: (orders: Int, cents: Int)] = [:]
        for line in lines.dropFirst() {
            let row = fields(of: line)
            guard row[date].hasPrefix(month) else { continue }
            let cents = Int((try #require(Double(row[price])) * 100).rounded())
            let sum = sums[[row[region], row[product]]] ?? (0, 0)
            sums[[row[region], row[product]]] = (sum.orders + 1, sum.cents + cents * (try #require(Int(row[quantity]))))
        }
        return sums.sorted { $0.key[0].utf8.lexicographicallyPrecedes($1.key[0].utf8) || $0.key[0] == $1.key[0] && $0.key[1].utf8.lexicographicallyPrecedes($1.key[1].utf8) }
            .map { key, sum in
                let product = key[1].contains { $0 == "," || $0 == "\"" } ? "\"" + key[1].replacing("\"", with: "\"\"") + "\"" : key[1]
                return "\(key[0]),\(product),\(sum.orders),\(Double(sum.cents) / 100)"
            }
    }

    /// The fields of one line, quotes taken off; no field of the example holds a line's end.
    private static func fields(of line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false, wasQuote = false
        for character in line {
            if character == "\"" {
                if wasQuote { fields[fields.count - 1].append("\"") }
                wasQuote = isQuoted
                isQuoted.toggle()
                continue
            }
            wasQuote = false
            if character == ",", !isQuoted { fields.append("") } else { fields[fields.count - 1].append(character) }
        }
        return fields
    }
}
