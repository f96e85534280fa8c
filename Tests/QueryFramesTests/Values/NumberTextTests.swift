import QueryFrames
import Testing

@Suite("numbers and text")
struct NumberTextTests {
    @Test("integers at every length of digits are written as they are and read back")
    func integers() {
        var values: [Int64] = [0, .min, .max, .min + 1, .max - 1]
        var power: Int64 = 1
        for _ in 0..<18 {
            power *= 10
            values += [power, power - 1, power + 1, -power, 1 - power, -power - 1]
        }
        for value in values {
            let text = written { $0.appendInt(value) }
            #expect(text == String(value))
            #expect(parsed(text, TextParsing.int) == value)
        }
    }

    @Test(
        "text that is no integer of 64 bits is not taken",
        arguments: [
            "", "-", "+", "--1", "1 ", " 1", "1.0", "1e3", "0x10", "9223372036854775808", "-9223372036854775809", "99999999999999999999",
            "1_000", "١",
        ])
    func notIntegers(_ text: String) {
        #expect(parsed(text, TextParsing.int) == nil)
    }

    @Test(
        "floats are written in their shortest form",
        arguments: [
            (5.0, "5.0"), (0.1, "0.1"), (-0.0, "-0.0"), (0.0, "0.0"), (1e300, "1e+300"), (.leastNonzeroMagnitude, "5e-324"), (.nan, "NaN"),
            (.infinity, "Infinity"),
            (-.infinity, "-Infinity"), (123456789.125, "123456789.125"), (1e15, "1000000000000000.0"),
            (8_000_000_000_000.123, "8000000000000.123"),
            (0.001, "0.001"), (0.0001, "0.0001"), (1e-5, "1e-05"), (999_999_999.999999, "999999999.999999"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (0.30000000000000004, "0.30000000000000004"), (-2.5, "-2.5"),
        ] as [(Double, String)])
    func floats(_ value: Double, _ text: String) {
        #expect(written { $0.appendFloat(value) } == text)
        let back = parsed(text, TextParsing.float)
        #expect(back?.bitPattern == value.bitPattern)
    }

    @Test(
        "text that is no float, or too large for one, is not taken",
        arguments: [
            "", "-", ".", "1e", "1e+", "e1", "1.5.", "1,5", "0x1p3", "inf", "nan", "1e400", "-1e400", "1e99999999999", "1 ", "١.٥",
        ])
    func notFloats(_ text: String) {
        #expect(parsed(text, TextParsing.float) == nil)
    }

    @Test("a number too small for a float is zero of its sign")
    func underflow() {
        #expect(parsed("1e-999", TextParsing.float)?.bitPattern == 0)
        #expect(parsed("-1e-999", TextParsing.float)?.bitPattern == (-0.0).bitPattern)
    }

    @Test("any float is written as the standard library writes it, and reads back bit for bit")
    func randomFloats() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededNumbers(seed: seed)
        for round in 0..<200_000 {
            let value: Double =
                switch round % 4 {
                case 0: Double(bitPattern: random.next())
                case 1: Double(Int64(bitPattern: random.next()) >> Int64(random.next() % 60)) / 100
                case 2: Double(random.next() % 1_000_000_000_000_000) / 1_000_000
                default:
                    Double(Int64(bitPattern: random.next()) >> Int64(random.next() % 64))
                        * Double(sign: .plus, exponent: Int(random.next() % 100) - 50, significand: 1)
                }
            guard value.isFinite else { continue }
            let text = written { $0.appendFloat(value) }
            guard text == value.description, parsed(text, TextParsing.float)?.bitPattern == value.bitPattern else {
                Issue.record("seed \(seed): \(value) was written as \(text)")
                return
            }
        }
    }

    @Test("any decimal text is rounded as the standard library rounds it")
    func randomDecimals() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededNumbers(seed: seed)
        for _ in 0..<200_000 {
            let digits = Int(random.next() % 22) + 1
            var text = random.next() % 2 == 0 ? "-" : ""
            let point = Int(random.next() % UInt64(digits + 1))
            for index in 0..<digits {
                if index == point { text += "." }
                text += String(random.next() % 10)
            }
            if random.next() % 2 == 0 { text += "e" + String(Int(random.next() % 700) - 350) }
            if random.next() % 4 == 0 { text += "e" + String(Int(random.next() % 60) - 30) }
            let expected = text.filter { $0 == "e" }.count > 1 ? nil : Double(text).flatMap { $0.isFinite ? $0 : nil }
            guard parsed(text, TextParsing.float)?.bitPattern == expected?.bitPattern else {
                Issue.record("seed \(seed): \(text) was read as \(String(describing: parsed(text, TextParsing.float)))")
                return
            }
        }
    }

    @Test(
        "decimals halfway between two floats are rounded to the even one",
        arguments: [
            "9007199254740993", "9007199254740995", "9007199254740993.0", "18014398509481985e0", "4503599627370496.5", "4503599627370497.5",
            "0.500000000000000055511",
            "9223372036854775807e-1", "1234567890123456789e27", "1234567890123456789e-27",
        ])
    func halfway(_ text: String) {
        #expect(parsed(text, TextParsing.float)?.bitPattern == Double(text)?.bitPattern)
    }

    @Test("a number of very many digits takes time in proportion, not more")
    func manyDigits() {
        let text = String(repeating: "9", count: 100_000) + "e-99999"
        #expect(parsed(text, TextParsing.float) == Double(text))
        #expect(parsed(String(repeating: "0", count: 100_000) + "1", TextParsing.float) == 1)
    }

    @Test("only true and false are bools")
    func bools() {
        #expect(parsed("true", TextParsing.bool) == true)
        #expect(parsed("false", TextParsing.bool) == false)
        for text in ["", "True", "TRUE", "t", "1", "truee", "fals"] { #expect(parsed(text, TextParsing.bool) == nil) }
    }
}
