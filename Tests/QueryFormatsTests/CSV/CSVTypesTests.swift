import QueryFormats
import QueryFrames
import Testing

@Suite("csv: types of columns")
struct CSVTypesTests {
    @Test(
        "a column has a type if all its values have it",
        arguments: [
            (["1", "-5", "9223372036854775807", "-9223372036854775808"], .int64), (["1.5", "2", "1e3", ".5", "-0"], .float64),
            (["NaN", "Infinity", "-Infinity"], .float64),
            (["true", "false"], .bool), (["2024-05-01", "0001-01-01"], .date),
            (["2024-05-01T10:00:00Z", "2024-05-01 10:00:00+02:00"], .timestamp(utc: true)),
            (["2024-05-01T10:00:00", "2024-05-01 10:00"], .timestamp(utc: false)),
            (["2024-05-01T10:00:00Z", "2024-05-01T10:00:00"], .string),
            (["2024-05-01", "2024-05-01T10:00:00"], .string), (["1", "true"], .string), (["1", "x"], .string), (["true", "True"], .string),
            (["007"], .string),
            (["+5"], .string), (["1_000"], .string), (["0x10"], .string), (["1 "], .string), (["1,5"], .string), (["-007"], .string),
            (["00.5"], .string),
            (["+1.5"], .string), (["2024-02-30"], .string), (["-"], .string), (["1e"], .string), (["nan"], .string),
            (["0", "00"], .string), (["1.", "2."], .float64),
        ] as [([String], DataType)])
    func types(_ values: [String], _ type: DataType) throws {
        for order in [values, values.reversed()] {
            let frame = try read("csv", "v,w\n" + order.map { "\"\($0)\",x\n" }.joined() + ",x\n").frame
            #expect(frame.schema.fields[0].type == type)
            if type == .string { #expect(column(frame) == order.map { .string($0) } + [.null]) }
        }
    }

    @Test("a column without any value is text")
    func allNull() throws {
        let frame = try read("csv", "a,b\n,1\n,2\n").frame
        #expect(frame.schema.fields[0].type == .string)
        #expect(column(frame) == [.null, .null])
    }

    @Test("integers of 64 bits are exact, larger ones make the column one of decimals, and what has more than 38 digits keeps it text")
    func largeIntegers() throws {
        let exact = try read("csv", "n\n9007199254740993\n9223372036854775807\n")
        #expect(column(exact.frame) == [.int(9_007_199_254_740_993), .int(.max)])
        #expect(exact.warnings.isEmpty)
        let large = try read("csv", "n\n1\n\n9223372036854775808\n-5\n")
        #expect(large.frame.schema.fields[0].type == .decimal(scale: 0))
        let numbers: [Int128?] = [1, nil, 1 << 63, -5]
        #expect(column(large.frame) == numbers.map { $0.map { .decimal(Decimal128(unscaled: $0, scale: 0)) } ?? .null })
        #expect(large.warnings.isEmpty)
        let digits = String(repeating: "9", count: 38)
        for order in [[digits, "7"], ["7", digits]] {
            let longest = try read("csv", "n\n" + order.joined(separator: "\n") + "\n")
            #expect(column(longest.frame) == order.map { .decimal(Decimal128($0) ?? Decimal128(0)) })
        }
        for text in [digits + "0", "0.5"] {
            // Neither has a place in a column beside the other.
            let kept = try read("csv", "n\n1\n9223372036854775808\n\(text)\n")
            #expect(column(kept.frame) == [.string("1"), .string("9223372036854775808"), .string(text)])
            let example = text == "0.5" ? (2, "9223372036854775808") : (3, text)
            #expect(kept.warnings == [.numbersKeptAsText(column: "n", row: example.0, example: example.1)])
        }
        let text = try read("csv", "n\n1\n9223372036854775808\nabc\n")
        #expect(text.warnings.isEmpty)
    }

    @Test("integers that need more than 64 bits come in any batch, and those before them stay what they are")
    func lateLargeIntegers() throws {
        let rows = RecordBatch.rows + 3
        var text = "n,m\n"
        for row in 0..<rows { text += row % 7 == 0 ? ",1\n" : "\(row),1\n" }
        text += "123456789012345678901234567890,0.5\n"
        let result = try read("csv", text)
        #expect(result.frame.schema.fields.map(\.type) == [.decimal(scale: 0), .float64])
        let values = column(result.frame)
        for row in [0, 1, 7, RecordBatch.rows - 1, RecordBatch.rows, rows - 1] {
            #expect(values[row] == (row % 7 == 0 ? .null : .decimal(Decimal128(Int64(row)))), "row \(row)")
        }
        #expect(values[rows].text == "123456789012345678901234567890")
    }

    @Test("ints beside floats become floats only if each of them is exactly one", arguments: [false, true])
    func mixedNumbers(_ reversed: Bool) throws {
        func numbers(_ values: [String]) -> String { "n\n" + (reversed ? values.reversed() : values).joined(separator: "\n") }
        let exact = try read("csv", numbers(["9007199254740992", "0.5"]))
        #expect(exact.frame.schema.fields[0].type == .float64)
        let inexact = try read("csv", numbers(["9007199254740993", "0.5"]))
        #expect(inexact.frame.schema.fields[0].type == .string)
        #expect(inexact.warnings == [.numbersKeptAsText(column: "n", row: reversed ? 2 : 1, example: "9007199254740993")])
    }

    @Test("a number larger than any float keeps the column text, with a warning")
    func tooLargeFloat() throws {
        let result = try read("csv", "n\n1.5\n1e400\n")
        #expect(column(result.frame) == [.string("1.5"), .string("1e400")])
        #expect(result.warnings == [.numbersKeptAsText(column: "n", row: 2, example: "1e400")])
    }

    @Test("-0 keeps its sign")
    func negativeZero() throws {
        guard case .float(let value) = try read("csv", "n\n-0\n").frame.scalar(row: 0, column: 0) else {
            Issue.record("not a float")
            return
        }
        #expect(value.sign == .minus && value == 0)
    }

    @Test(
        "a value that does not fit widens the column, in whatever row it stands",
        arguments: [0, 1, 5_000, 65_535, 65_536, 65_537, 150_000, 199_999])
    func widening(_ odd: Int) throws {
        var text = "i,f,d,s,n\n"
        for row in 0..<200_000 {
            text += row == odd ? "x1,2.5,2024-05-01T00:00:00,\"a\"\"b\",7\n" : "\(row),\(row),2024-05-01,\(row % 7),\n"
        }
        let frame = try read("csv", text).frame
        #expect(frame.count == 200_000)
        #expect(frame.schema.fields.map(\.type) == [.string, .float64, .string, .string, .int64])
        for row in [0, 1, odd, 4_095, 4_096, 65_535, 65_536, 199_999] {
            let expected: [Scalar] =
                row == odd
                ? [.string("x1"), .float(2.5), .string("2024-05-01T00:00:00"), .string("a\"b"), .int(7)]
                : [.string("\(row)"), .float(Double(row)), .string("2024-05-01"), .string("\(row % 7)"), .null]
            #expect((0..<5).map { frame.scalar(row: row, column: $0) } == expected)
        }
        #expect(frame.batches.allSatisfy { $0.count <= RecordBatch.rows })
    }

    @Test("options change delimiter, header, null and quotes")
    func options() throws {
        let delimited = try read("csv", "a;b\n1;NA\n;\"NA\"\n", ["delimiter": .string(";"), "null": .string("NA")]).frame
        #expect(rows(delimited) == [[.int(1), .null], [.null, .string("NA")]])
        let bare = try read("csv", "1,x\n2,y\n", ["header": .bool(false)]).frame
        #expect(bare.schema.names == ["column_1", "column_2"])
        #expect(rows(bare) == [[.int(1), .string("x")], [.int(2), .string("y")]])
        let unquoted = try read("csv", "a,b\n5\" pipe,\"x\n", ["quotes": .bool(false)]).frame
        #expect(rows(unquoted) == [[.string("5\" pipe"), .string("\"x")]])
        #expect(rows(try read("tsv", "a\tb\n1\t\"x\ty\"\n").frame) == [[.int(1), .string("x\ty")]])
    }

    @Test("an option that is not there, or of the wrong type or value, is an error")
    func badOptions() {
        #expect(
            formatError { try read("csv", "a", ["headr": .bool(true)]) }
                == .unknownOption(format: "csv", name: "headr", known: ["header", "delimiter", "null", "quotes"]))
        #expect(
            formatError { try read("csv", "a", ["header": .int(1)]) }
                == .optionType(format: "csv", name: "header", expected: "bool", found: "int"))
        for delimiter in ["", ";;", "é", "\"", "\n", "\0"] {
            #expect(
                formatError { try read("csv", "a", ["delimiter": .string(delimiter)]) }
                    == .optionValue(
                        format: "csv", name: "delimiter", value: delimiter, expected: "one ASCII character, no quote or line end"))
        }
        #expect(
            formatError { try read("json", "[]", ["header": .bool(true)]) } == .unknownOption(format: "json", name: "header", known: []))
    }
}
