// Random expressions of a wanted type over random columns full of nulls and extremes; the same for the same seed.
@testable import QueryFrames

struct RandomExpressions {
    var generator: SeededNumbers

    /// Whether operands are now and then of the wrong type. Then nothing chooses between operands: with single values, whose
    /// types are known only one at a time, a choice between types is another thing than with columns.
    private var isSloppy = false

    /// Whether lists, JSON and bytes take part.
    private let isNested: Bool

    init(seed: UInt64, nested: Bool = false) {
        isNested = nested
        generator = SeededNumbers(seed: seed)
    }

    static let types: [DataType] = [
        .int64, .float64, .string, .bool, .date, .timestamp(utc: false), .timestamp(utc: true), .duration, .decimal(scale: 2), .decimal(scale: 21),
    ]

    static let nested: [DataType] = [.json, .binary, .list(.int64), .list(.string)]

    /// The types that take part.
    private var all: [DataType] { isNested ? RandomExpressions.types + RandomExpressions.nested : RandomExpressions.types }

    static let variables: [String: Scalar] = [
        "limit": .int(10), "words": .list([.string("a"), .string("é"), .null]), "numbers": .list([.int(0), .float(2), .int(-7)]),
        "nothing": .null,
    ]

    static let dayMicros: Int64 = 86_400_000_000

    mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &generator)] }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

    /// A value of `type`; often one at an edge.
    mutating func scalar(_ type: DataType) -> Scalar {
        switch type {
        case .null: return .null
        case .bool: return .bool(Bool.random(using: &generator))
        case .int64:
            return .int(pick([
                0, 1, -1, 2, 3, 7, -7, 10, .max, .min, .max - 1, 1 << 53, (1 << 53) + 1, 4_611_686_018_427_387_904,
                Int64.random(in: -100...100, using: &generator), Int64.random(in: .min ... .max, using: &generator),
            ]))
        case .float64:
            return .float(pick([
                0.0, -0.0, 1, -1, 0.5, 2.5, -2.5, 1e300, -1e300, .leastNonzeroMagnitude, 0x1p53, 0x1p63, -0x1p63, .nan, .infinity, -.infinity, 7, 0.1,
                Double.random(in: -100...100, using: &generator),
            ]))
        case .string:
            return .string(pick([
                "", "a", "b", "A", "ab", "abc", "é", "e\u{301}", "ÀÉß", "日本語", "🇩🇪", " a ", "\u{a0}x\u{2003}", "a%b_c", "a(", "[ab]+$", "12", "-7",
                "2.5", "true", "2024-05-01", "2024-02-30", "0001-01-01", "2024-05-01T10:00:00Z", "aaaaaaaaaaaaaaaaaaaaaaaa", "\0", "x\0y",
            ]))
        case .date: return .date(pick([0, 19_844, 19_782, -1, -719_162, 2_932_896, 2_932_895, .max, .min, 11_016, 59]))
        case .timestamp(let utc):
            return .timestamp(
                pick([
                    0, -1, 1, 1_714_557_600_000_000, 1_714_557_600_123_456, .max, .min, -62_135_596_800_000_000, 253_402_300_799_999_999,
                ]),
                utc: utc)
        case .duration:
            return .duration(pick([
                0, 1, -1, RandomExpressions.dayMicros, -RandomExpressions.dayMicros, 30 * RandomExpressions.dayMicros, 3_600_000_000, .max, .min,
                90_000_000,
            ]))
        case .binary: return .binary(pick([[], [0], [255, 0], [1, 2, 3], Array("text".utf8)]))
        case .json:
            return .json(pick([
                "1", "-7", "2.50", "1e3", "true", "false", "\"a\"", "\"\"", "\"2024-05-01\"", "\"\\u00e9\\n\"", "[]", "{}", "[1,2,\"a\",null]",
                "[[1],{\"a\":2}]", "{\"a\":1,\"b\":[1,2]}", "{\"a\":\"x\",\"a\":\"a\"}", "{\"\\u0061\":true,\"b\":null}", "123456789012345678901234567890",
                "9007199254740993", "\"12\"", "-0", "0.1",
            ]))
        case .list(let element):
            let count = pick([0, 0, 1, 2, 5])
            return .list((0..<count).map { _ in chance(15) ? .null : chance(60) ? tameScalar(element) : scalar(element) })
        case .decimal(let scale):
            let limit = Int128(Decimal128.limit)
            return .decimal(Decimal128(
                unscaled: pick([
                    0, 1, -1, 99, 100, -100, 150, 250, limit - 1, 1 - limit, limit / 2, 10_000_000_000_000_000_000,
                    Int128.random(in: -100_000...100_000, using: &generator), Int128.random(in: (1 - limit)...(limit - 1), using: &generator),
                ]), scale: scale))
        }
    }

    /// A column of each type, twice, and one of the type `null`; named by their types.
    mutating func data(rows: Int) -> [Data] {
        var data: [Data] = [Data("none", .null, Array(repeating: .null, count: rows))]
        for (index, type) in all.enumerated() {
            for copy in ["x", "y"] {
                let nulls = pick([0, 0, 20, 100])
                let tame = chance(50)
                data.append(Data("\(copy)\(index)", type, (0..<rows).map { _ in
                    if chance(nulls) { return .null }
                    return tame ? tameScalar(type) : scalar(type)
                }))
            }
        }
        return data
    }

    /// A value with which most operations succeed.
    private mutating func tameScalar(_ type: DataType) -> Scalar {
        switch type {
        case .int64: .int(Int64.random(in: -20...20, using: &generator))
        case .float64: .float(Double(Int.random(in: -80...80, using: &generator)) / 4)
        case .decimal(let scale): .decimal(Decimal128(unscaled: Int128.random(in: -9_000...9_000, using: &generator), scale: scale))
        case .date: .date(Int32.random(in: 0...30_000, using: &generator))
        case .timestamp(let utc): .timestamp(Int64.random(in: 0...30_000, using: &generator) * 43_200_000_000, utc: utc)
        case .duration: .duration(Int64.random(in: -40...40, using: &generator) * RandomExpressions.dayMicros)
        default: scalar(type)
        }
    }

    /// An expression of any type.
    mutating func expression(depth: Int) -> Sample {
        isSloppy = chance(30)
        return expression(pick(all), depth)
    }

    private mutating func leaf(_ type: DataType) -> Sample {
        if chance(4) { return value(.null) }
        if chance(3) { return name("none") }
        if type == .int64, chance(5) { return chance(50) ? name("limit") : variable("limit") }
        if chance(25) { return value(chance(60) ? tameScalar(type) : scalar(type)) }
        guard let index = all.firstIndex(of: type) else { return value(.null) }
        return name((chance(50) ? "x" : "y") + "\(index)")
    }

    /// An expression of this type, or now and then of another.
    mutating func expression(_ wanted: DataType, _ depth: Int) -> Sample {
        let type = isSloppy && chance(3) ? pick(all) : wanted
        if depth == 0 || chance(15) { return leaf(type) }
        func e(_ type: DataType) -> Sample { expression(type, depth - 1) }
        if !isSloppy, chance(12) { return choice(type, depth) }
        if isNested, chance(40), let asked = question(type, depth) { return asked }
        let number: DataType = chance(50) ? .int64 : .float64
        let decimal = pick(RandomExpressions.types.filter(\.isDecimal))
        let exact = chance(70) ? decimal : .int64
        let day: DataType = pick([.date, .timestamp(utc: false), .timestamp(utc: true)])
        let units = ["year", "quarter", "month", "week", "day"] + (day == .date ? [] : ["hour", "minute", "second"])
        switch type {
        case .null: return value(.null)
        case .int64:
            switch Int.random(in: 0..<13, using: &generator) {
            case 12: return call("hash", e(pick(all)))
            case 0...3: return binary(e(.int64), pick([.add, .subtract, .multiply, .floorDivide, .remainder]), e(.int64))
            case 4: return unary(.negate, e(.int64))
            case 5: return call("abs", e(.int64))
            case 6: return call("len", e(.string))
            case 7: return call(pick(["year", "quarter", "month", "week", "weekday", "day"]), e(day))
            case 8: return call(pick(["hour", "minute"]), e(.timestamp(utc: Bool.random(using: &generator))))
            case 9: return call("int", e(pick([.float64, .string, .bool, decimal])))
            case 10: return call("date_diff", e(day), e(chance(80) ? day : .date), value(.string(pick(units))))
            default: return call("round", e(.int64), e(.int64))
            }
        case .float64:
            switch Int.random(in: 0..<11, using: &generator) {
            // A literal would be a decimal here.
            case 9: return binary(name(pick(["x1", "y1"])), pick([.add, .subtract, .multiply, .divide, .floorDivide, .remainder]), e(decimal))
            case 10: return call(pick(["sqrt", "ln", "exp", "float"]), e(decimal))
            case 0...2: return binary(e(.float64), pick([.add, .subtract, .multiply, .divide, .floorDivide, .remainder]), e(number))
            case 3: return binary(e(number), .divide, e(.int64))
            case 4: return call(pick(["floor", "ceil", "sqrt", "ln", "exp", "abs", "round"]), e(.float64))
            case 5: return call("round", e(.float64), e(.int64))
            case 6: return call("power", e(number), e(number))
            case 7: return call("float", e(pick([.int64, .string])))
            default: return unary(.negate, e(.float64))
            }
        case .string:
            switch Int.random(in: 0..<9, using: &generator) {
            case 8:
                let decimals = value(.int(pick([0, 1, 2, 17, 100])))
                return chance(50) ? call("format", e(chance(50) ? decimal : number), decimals) : call("format", e(number), decimals, value(.string(pick([",", "", "\u{202f}"]))))
            case 0: return binary(e(.string), .add, e(.string))
            case 1: return call(pick(["lower", "upper", "trim"]), e(.string))
            case 2: return chance(50) ? call("substr", e(.string), e(.int64)) : call("substr", e(.string), e(.int64), e(.int64))
            case 3: return call("replace", e(.string), e(.string), e(.string))
            case 4:
                let pad = pick(["pad_left", "pad_right"])
                let width = pick([0, 1, 5, 30, -4, Int64.max, .min])
                return chance(50) ? call(pad, e(.string), value(.int(width))) : call(pad, e(.string), value(.int(width)), e(.string))
            case 5: return call("format_date", e(day), value(.string(pick(["%Y-%m-%d", "%G-W%V-%u", "%j %H:%M:%S.%f %%", "%a %A %b %B %y"]))))
            default: return call("string", e(pick(all)))
            }
        case .bool:
            switch Int.random(in: 0..<14, using: &generator) {
            case 12:
                let pattern = pick(["^a", "b$", "a.c", "^(a|b)*$", "(?i)A", "", "é", "\\pL", "[0-9]+", "^.$", "x\0"])
                return binary(e(.string), .matches, chance(60) ? value(.string(pattern)) : e(.string))
            case 0...2:
                let comparison = pick(BinaryOperator.allCases.filter(\.isComparison))
                let compared = pick(all)
                let other: DataType = compared == .int64 && chance(50) ? pick([.float64, decimal]) : compared.isDecimal && chance(50) ? pick([.float64, decimal]) : compared == .date && chance(30) ? day : compared
                return chance(50) ? binary(e(compared), comparison, e(other)) : binary(e(other), comparison, e(compared))
            case 3, 4: return binary(e(.bool), pick([.and, .or]), e(.bool))
            case 5: return unary(.not, e(.bool))
            case 6: return unary(pick([.isNull, .isNotNull]), e(pick(all)))
            case 7: return membership(depth)
            case 8: return call(pick(["starts_with", "ends_with", "contains"]), e(.string), e(.string))
            case 9:
                let pattern = pick(["%", "a%", "%b", "%a%", "a", "", "_", "__", "%_", "a_c", "%b_c%", "a%b%c", "%é", "\u{65}_", "%%"])
                return binary(e(.string), .like, chance(70) ? value(.string(pattern)) : e(.string))
            case 10: return call("bool", e(pick([.int64, .string, decimal])))
            case 13: return binary(e(decimal), pick([.less, .equal, .greaterOrEqual]), value(pick([.string("12.5"), .string("-1e3"), .float(1.5), .float(0.01)])))
            default: return binary(e(.date), pick([.less, .equal, .greaterOrEqual]), value(.string("2024-05-01")))
            }
        case .date:
            switch Int.random(in: 0..<6, using: &generator) {
            case 5: return call("parse_date", e(.string), value(.string(pick(["%Y-%m-%d", "%d.%m.%y", "%B %d, %Y"]))))
            case 0: return binary(e(.date), pick([.add, .subtract]), e(.duration))
            case 1: return call("date", e(pick([.timestamp(utc: true), .string, .date])))
            case 2: return call("date_add", e(.date), e(.int64), value(.string(pick(["year", "quarter", "month", "week", "day"]))))
            case 3: return call("bin", e(.date), value(.string(pick(["year", "quarter", "month", "week", "day"]))))
            default: return call("bin", e(.date), value(.duration(pick([1, 7, 30]) * RandomExpressions.dayMicros)))
            }
        case .timestamp(let utc):
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: return binary(e(type), pick([.add, .subtract]), e(.duration))
            case 1: return binary(e(.duration), .add, e(type))
            case 2: return utc ? leaf(type) : call("timestamp", e(pick([.date, .string])))
            case 3: return call("date_add", e(type), e(.int64), value(.string(pick(TimeUnit.allCases.map(\.rawValue)))))
            case 4: return call("bin", e(type), value(.string(pick(TimeUnit.allCases.map(\.rawValue)))))
            default: return call("bin", e(type), value(.duration(pick([1, 900_000_000, 7 * RandomExpressions.dayMicros, .max]))))
            }
        case .duration:
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: return binary(e(.date), .subtract, e(day))
            case 1: return binary(e(day), .subtract, e(day))
            case 2: return binary(e(.duration), pick([.add, .subtract, .remainder]), e(.duration))
            case 3: return chance(50) ? binary(e(.duration), .multiply, e(.int64)) : binary(e(.int64), .multiply, e(.duration))
            case 4: return unary(.negate, e(.duration))
            default: return call("abs", e(.duration))
            }
        case .decimal:
            switch Int.random(in: 0..<10, using: &generator) {
            case 0...2: return binary(e(decimal), pick([.add, .subtract, .multiply, .divide, .floorDivide, .remainder]), e(exact))
            case 3, 4: return binary(e(exact), pick([.add, .subtract, .multiply, .divide, .floorDivide, .remainder]), e(decimal))
            case 5: return binary(e(decimal), pick([.add, .multiply, .divide]), value(.float(pick([0.81, -1.5, 1e-3, 0.0]))))
            case 6: return unary(.negate, e(decimal))
            case 7: return call(pick(["abs", "floor", "ceil", "round"]), e(decimal))
            case 8: return call("round", e(decimal), value(.int(pick([0, 1, 2, -1, 5, 40, -40]))))
            default: return call("decimal", e(pick([.int64, .string, .float64, decimal])), value(.int(pick([0, 2, 18, 38]))))
            }
        case .list(.string):
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: return call("split", e(.string), chance(50) ? value(.string(pick(["a", "", ",", "é"]))) : e(.string))
            case 1: return list(e(.string), e(.string))
            default: return binary(e(type), .add, e(type))
            }
        case .list(let element): return chance(50) ? list(e(element), e(element), e(element)) : binary(e(type), .add, e(type))
        case .json:
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: return call("json", chance(50) ? e(.string) : e(pick([.list(.string), .list(.int64)])))
            case 1: return member(e(.json), pick(["a", "b", "é"]))
            case 2: return index(e(.json), value(.string("a")))
            default: return index(e(.json), e(.int64))
            }
        case .binary: return leaf(type)
        }
    }

    /// What lists, JSON and bytes are asked, as a value of a plain type.
    private mutating func question(_ type: DataType, _ depth: Int) -> Sample? {
        func e(_ type: DataType) -> Sample { expression(type, depth - 1) }
        let list: DataType = chance(50) ? .list(.int64) : .list(.string)
        switch type {
        case .int64: return pick([index(e(.list(.int64)), e(.int64)), call("len", e(pick(RandomExpressions.nested))), call("int", e(.json))])
        case .float64: return call("float", e(.json))
        case .string: return pick([index(e(.list(.string)), value(.int(pick([0, 1, -1, 7])))), call("string", e(pick(RandomExpressions.nested)))])
        case .date, .timestamp(utc: false): return call(type == .date ? "date" : "timestamp", e(.json))
        case .bool:
            let plain: DataType = pick([.int64, .float64, .string, .date, .bool])
            let element: DataType = list == .list(.string) ? .string : pick([.int64, .float64])
            return pick([
                binary(e(.json), pick(BinaryOperator.allCases.filter(\.isComparison)), e(plain)),
                binary(e(plain), pick([.less, .equal]), e(.json)), binary(e(.json), pick([.equal, .notEqual]), e(.json)),
                binary(e(list), pick([.equal, .notEqual]), e(list)), binary(e(element), .in, e(list)), call("contains", e(list), e(element)),
                binary(e(plain), .in, e(.json)), binary(e(.binary), pick([.less, .equal, .notEqual]), e(.binary)), call("bool", e(.json)),
            ])
        default: return nil
        }
    }

    /// `if`, `case`, `coalesce`, `??`, `min_of`, `max_of`.
    private mutating func choice(_ type: DataType, _ depth: Int) -> Sample {
        // The scale of decimals, which their columns have in common, is that of each value only where they come from no other.
        func e(_ type: DataType) -> Sample { type.isDecimal ? leaf(type) : expression(type, depth - 1) }
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: return call("if", e(.bool), e(type), e(type))
        case 1: return call("case", e(.bool), e(type), e(.bool), e(type), e(type))
        case 2: return call("coalesce", e(type), e(type), e(type))
        case 3: return binary(e(type), .coalesce, e(type))
        default: return type.isOrdered ? call(pick(["min_of", "max_of"]), e(type), e(type), e(type)) : e(type)
        }
    }

    /// `x in [...]`.
    private mutating func membership(_ depth: Int) -> Sample {
        let type = pick(all)
        let operand = expression(type, depth - 1)
        if type == .string, chance(30) { return binary(operand, .in, name("words")) }
        if type == .int64 || type == .float64, chance(30) { return binary(operand, .in, name("numbers")) }
        if chance(10) { return binary(operand, .in, name("nothing")) }
        let count = pick([0, 1, 2, 5])
        let varies = chance(30)
        let elements = (0..<count).map { _ -> Sample in
            if chance(10) { return value(.null) }
            let kind: DataType = type == .int64 && chance(30) ? .float64 : type.isDecimal && chance(30) ? .int64 : type
            return varies ? expression(kind, depth - 1) : value(scalar(kind))
        }
        return binary(operand, .in, Sample(elements) { .list($0) })
    }
}
