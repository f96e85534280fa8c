// One JSON value to look into: its members, its elements, and what it says as a value of the language.

/// A JSON value, copied to where JSONSyntax can step over it. One document serves value after value.
public final class JSONDocument {
    private let memory = MutableBuffer(capacity: 1024)
    private var syntax: JSONSyntax
    private let cancellation = Cancellation.current
    private var loads = 0
    /// Whether the work was cancelled: whatever is loaded from then on counts as `null`, which is read fastest and is no fault.
    private var isUnwanted = false

    /// No value; `load` puts one in.
    public init() { syntax = JSONSyntax(memory.pointer, count: 0) }

    /// A document of this text.
    public convenience init(_ text: String) {
        self.init()
        var text = text
        text.withUTF8 { load(UnsafeRawBufferPointer($0)) }
    }

    /// Takes other text.
    public func load(_ text: UnsafeRawBufferPointer) {
        if isUnwanted { return }
        loads &+= 1
        if loads & 0xff == 0, let cancellation, cancellation.isRaised {
            isUnwanted = true
            _ = "null".utf8.withContiguousStorageIfAvailable { copy(UnsafeRawBufferPointer($0)) }
            return
        }
        copy(text)
    }

    private func copy(_ text: UnsafeRawBufferPointer) {
        memory.reserve(text.count + 8, used: 0)
        if let start = text.baseAddress { memory.pointer.copyMemory(from: start, byteCount: text.count) }
        (memory.pointer + text.count).storeBytes(of: 0, as: UInt64.self)
        syntax = JSONSyntax(memory.pointer, count: text.count)
    }

    /// The bytes of a part of the text, valid until the next `load`.
    public subscript(part: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: memory.pointer + part.lowerBound, count: part.count)
    }

    /// Where the one value is that the text has to be; blanks may stand around it.
    public func value() throws(JSONFault) -> Range<Int> {
        let start = syntax.skipBlanks(0)
        let end = try syntax.value(start).end
        guard syntax.skipBlanks(end) >= syntax.count else { throw syntax.fault(end, "the end of the value") }
        return start..<end
    }

    /// Writes the value without blanks, if the text is one.
    func appendCompact(to sink: inout TextSink) -> Bool {
        guard let part = try? value() else { return false }
        guard let room = sink.room(part.count) else { return false }
        let text = self[part].assumingMemoryBound(to: UInt8.self)
        guard let start = text.baseAddress else { return false }
        sink.giveBack(part.count - JSONText.compact(start, part.count, room))
        return true
    }

    // What follows is asked of values that were checked before; of anything else it finds nothing.

    /// Where the member `name` of a record is, the last of that name; nil where there is none.
    public func member(_ name: [UInt8]) -> Range<Int>? {
        var found: Range<Int>?
        forEachMember { key, value in
            if key.elementsEqual(name) { found = value }
            return true
        }
        return found
    }

    /// Where element `index` of a list is, from 0 or, if negative, from the end; nil where there is none.
    public func element(_ index: Int64) -> Range<Int>? {
        if index < 0 {
            let all = elements()
            let place = index &+ Int64(all.count)
            return place >= 0 && place < all.count ? all[Int(place)] : nil
        }
        var found: Range<Int>?
        var left = index
        forEachElement { value in
            if left == 0 { found = value }
            left -= 1
            return left >= 0
        }
        return found
    }

    /// Where the elements of a list are.
    public func elements() -> [Range<Int>] {
        var all: [Range<Int>] = []
        forEachElement { value in
            all.append(value)
            return true
        }
        return all
    }

    /// The members of a record, in their order.
    public func members() -> [(name: String, value: Range<Int>)] {
        var all: [(name: String, value: Range<Int>)] = []
        forEachMember { key, value in
            all.append((String(decoding: key, as: UTF8.self), value))
            return true
        }
        return all
    }

    /// How many elements or members there are; nil where the value is neither list nor record.
    public var elementCount: Int? {
        var count = 0
        switch syntax.bytes[0] {
        case UInt8(ascii: "["): forEachElement { _ in count += 1; return true }
        case UInt8(ascii: "{"): forEachMember { _, _ in count += 1; return true }
        default: return nil
        }
        return count
    }

    /// Whether the value is `null`, blanks around it or not.
    public var isNull: Bool {
        guard let part = try? value() else { return false }
        return syntax.bytes[part.lowerBound] == UInt8(ascii: "n")
    }

    /// Whether the value is a list.
    public var isList: Bool { syntax.bytes[0] == UInt8(ascii: "[") }

    /// Whether the value is a record.
    public var isRecord: Bool { syntax.bytes[0] == UInt8(ascii: "{") }

    private func forEachElement(_ body: (Range<Int>) -> Bool) {
        guard isList else { return }
        var at = syntax.skipBlanks(1)
        while syntax.bytes[at] != UInt8(ascii: "]") {
            guard let end = try? syntax.value(at).end, body(at..<end) else { return }
            at = next(end)
        }
    }

    private func forEachMember(_ body: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Bool) {
        guard isRecord else { return }
        var at = syntax.skipBlanks(1)
        while syntax.bytes[at] == UInt8(ascii: "\"") {
            guard let (end, escaped) = try? syntax.string(at) else { return }
            let value = syntax.skipBlanks(syntax.skipBlanks(end) + 1)
            guard let after = try? syntax.value(value).end else { return }
            let key = UnsafeBufferPointer(start: syntax.bytes + at + 1, count: end - at - 2)
            let goesOn = escaped ? JSONText.string(key).withUnsafeBufferPointer { body($0, value..<after) } : body(key, value..<after)
            guard goesOn else { return }
            at = next(after)
        }
    }

    /// The place after the comma at `end`, if there is one.
    private func next(_ end: Int) -> Int {
        let at = syntax.skipBlanks(end)
        return syntax.bytes[at] == UInt8(ascii: ",") ? syntax.skipBlanks(at + 1) : at
    }
}

extension JSONText {
    /// What stands between the quotes of a string, its escapes undone.
    public static func string(_ inner: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: inner.count) { memory, count in
            guard let from = inner.baseAddress, let to = memory.baseAddress else { return }
            count = unescape(from, inner.count, to)
        }
    }
}

extension Scalar {
    /// What the text of a JSON value says: null, a bool, an int, a decimal where an int is too short, a float, a string; lists and
    /// records, and numbers that no type holds, stay JSON.
    public init(json text: UnsafeRawBufferPointer) {
        guard let first = text.first else {
            self = .null
            return
        }
        switch first {
        case UInt8(ascii: "n"): self = .null
        case UInt8(ascii: "t"): self = .bool(true)
        case UInt8(ascii: "f"): self = .bool(false)
        case UInt8(ascii: "\""):
            let inner = UnsafeBufferPointer(rebasing: text.assumingMemoryBound(to: UInt8.self)[1..<max(1, text.count - 1)])
            self = .string(String(decoding: JSONText.string(inner), as: UTF8.self))
        case UInt8(ascii: "["), UInt8(ascii: "{"): self = .json(String(decoding: text, as: UTF8.self))
        default:
            let isInteger = text.allSatisfy { $0 &- 0x30 <= 9 || $0 == UInt8(ascii: "-") }
            if isInteger, text.count > 1, first == UInt8(ascii: "-"), text[1] == UInt8(ascii: "0") {
                self = .float(-0.0)
            } else if isInteger, let value = TextParsing.int(text) {
                self = .int(value)
            } else if isInteger, let value = Int128(String(decoding: text, as: UTF8.self)), value.magnitude < Decimal128.limit {
                self = .decimal(Decimal128(unscaled: value, scale: 0))
            } else if !isInteger, let value = TextParsing.float(text), value.isFinite {
                self = .float(value)
            } else {
                self = .json(String(decoding: text, as: UTF8.self))
            }
        }
    }

    /// The same of a string.
    public init(json text: String) {
        var text = text
        self = text.withUTF8 { Scalar(json: UnsafeRawBufferPointer($0)) }
    }
}
