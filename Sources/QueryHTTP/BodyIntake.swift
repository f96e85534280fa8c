// The body of an answer on its way to its receiver: counted, inflated, counted again. Nothing here knows a socket.
import QueryClient
import QueryFormats

/// Takes the bytes of a body as they arrive, without their chunks, and hands them on inflated.
struct BodyIntake: ~Copyable {
    private let encoding: Encoding
    private let limits: HTTPLimits
    private let receiver: any HTTPReceiver
    private var inflater: Inflater?
    /// The first byte of a body whose second one decides what it is.
    private var first: UInt8?
    private let room: UnsafeMutableRawBufferPointer
    /// Bytes that arrived, and what they became.
    private(set) var arrived = 0
    private var inflated = 0

    private enum Encoding: String {
        case identity, gzip, deflate
    }

    /// `encoding` is what `Content-Encoding` says, if anything.
    init(encoding: String?, limits: HTTPLimits, receiver: any HTTPReceiver) throws(HTTPFault) {
        let name = (encoding ?? "identity").lowercased()
        guard let known = name == "x-gzip" ? .gzip : Encoding(rawValue: name) else { throw .unknownEncoding(name) }
        self.encoding = known
        self.limits = limits
        self.receiver = receiver
        room = .allocate(byteCount: known == .identity ? 0 : 1 << 16, alignment: 16)
    }

    deinit { room.deallocate() }

    /// Takes the next bytes.
    mutating func take(_ bytes: UnsafeRawBufferPointer) throws(HTTPFault) {
        if bytes.isEmpty { return }
        arrived += bytes.count
        if arrived > limits.bytes { throw .tooLarge(limit: limits.bytes, inflated: false) }
        switch encoding {
        case .identity:
            inflated += bytes.count
            if inflated > limits.inflatedBytes { throw .tooLarge(limit: limits.inflatedBytes, inflated: true) }
            if !receiver.receive(bytes) { throw .refused }
        case .gzip:
            try inflate(bytes, .gzip)
        case .deflate:
            try inflateDeflate(bytes)
        }
    }

    /// Call it after the last byte. `isEmptyByRight` where the head has said that there is no body.
    func finish(isEmptyByRight: Bool) throws(HTTPFault) {
        if encoding == .identity || arrived == 0 && isEmptyByRight { return }
        guard let inflater, inflater.isComplete else { throw .corrupt(encoding: encoding.rawValue) }
    }

    /// What HTTP calls `deflate` is zlib; some servers leave its frame away, which the first two bytes tell.
    private mutating func inflateDeflate(_ bytes: UnsafeRawBufferPointer) throws(HTTPFault) {
        if inflater != nil { return try inflate(bytes, .zlib) }
        let start = [first, bytes.first, bytes.dropFirst().first].compactMap { $0 }
        guard start.count > 1 else { return first = start.first }
        let isZlib = start[0] & 15 == 8 && (Int(start[0]) << 8 | Int(start[1])) % 31 == 0
        if let first { try withUnsafeBytes(of: first) { (one) throws(HTTPFault) in try inflate(one, isZlib ? .zlib : .bare) } }
        try inflate(bytes, isZlib ? .zlib : .bare)
    }

    private mutating func inflate(_ bytes: UnsafeRawBufferPointer, _ wrapping: Inflater.Wrapping) throws(HTTPFault) {
        if inflater == nil { inflater = Inflater(wrapping) }
        guard let inflater else { throw .corrupt(encoding: encoding.rawValue) }
        var rest = bytes
        while true {
            guard let (taken, made) = inflater.step(rest, into: room) else { throw .corrupt(encoding: encoding.rawValue) }
            if taken + made == 0 { break }
            rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
            try handOn(made)
        }
    }

    /// Looks at the limits before the receiver gets the bytes.
    private mutating func handOn(_ count: Int) throws(HTTPFault) {
        if count == 0 { return }
        inflated += count
        if inflated > limits.inflatedBytes { throw .tooLarge(limit: limits.inflatedBytes, inflated: true) }
        // The counts are far below 2^63, but the ratio is anybody's.
        let (allowed, isOver) = arrived.multipliedReportingOverflow(by: limits.ratio)
        if !isOver, inflated > max(allowed, 1 << 20) { throw .tooLarge(limit: max(allowed, 1 << 20), inflated: true) }
        if !receiver.receive(UnsafeRawBufferPointer(rebasing: room[..<count])) { throw .refused }
    }
}
