// From text to an address, for what people configure and for what servers name as the next page (RFC 3986, sections 3 and 5).
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension WebAddress {
    /// Reads an absolute `http` or `https` URL. A fragment is left out; characters that URLs do not have, such as `|` and those
    /// beyond ASCII, are percent-encoded; what could mean two things to two readers is refused.
    public init(_ text: String) throws(AddressFault) {
        let bytes = try AddressBytes.checked(text)
        guard let schemeEnd = AddressBytes.schemeEnd(bytes) else { throw .noScheme }
        let scheme = AddressBytes.text(bytes[..<schemeEnd]).lowercased()
        guard scheme == "http" || scheme == "https" else {
            // `localhost:8080/api` is a host without a scheme, and no scheme of that name.
            throw bytes.dropFirst(schemeEnd + 1).first.map(isDigit) == true ? .noScheme : .otherScheme(scheme)
        }
        try self.init(isSecure: scheme == "https", afterScheme: bytes[(schemeEnd + 1)...])
    }

    /// What a reference in an answer from this address means, such as `/api/queries/1?page=2`, `?page=2` or a whole URL. It may
    /// well lead to another origin: whoever asks looks at that.
    public func resolved(_ reference: String) throws(AddressFault) -> WebAddress {
        let bytes = try AddressBytes.checked(reference)
        if AddressBytes.schemeEnd(bytes) != nil { return try WebAddress(reference) }
        if AddressBytes.isAuthority(bytes[...]) { return try WebAddress(isSecure: origin.isSecure, afterScheme: bytes[...]) }
        let given = AddressBytes.split(bytes)
        let own = AddressBytes.split(Array(target.utf8))
        guard !given.path.isEmpty else {
            let query = given.query ?? own.query
            return WebAddress(origin: origin, target: AddressBytes.target(path: own.path, query: query))
        }
        var path = given.path
        if path.first != AddressBytes.slash, let last = own.path.lastIndex(of: AddressBytes.slash) { path = own.path[...last] + path }
        return WebAddress(origin: origin, target: AddressBytes.target(path: AddressBytes.withoutDots(path), query: given.query))
    }

    /// From what follows the colon of the scheme: `//host:port/path?query`.
    private init(isSecure: Bool, afterScheme bytes: ArraySlice<UInt8>) throws(AddressFault) {
        guard AddressBytes.isAuthority(bytes) else { throw .noHost }
        let rest = bytes.dropFirst(2)
        let end = rest.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
        let (host, port) = try AddressBytes.hostAndPort(rest[..<end])
        let given = AddressBytes.split(Array(rest[end...]))
        self.init(
            origin: Origin(isSecure: isSecure, host: host, port: port ?? (isSecure ? 443 : 80)),
            target: AddressBytes.target(path: AddressBytes.withoutDots(given.path), query: given.query))
    }
}

/// The parts of a URL as bytes.
private enum AddressBytes {
    static let slash = UInt8(ascii: "/")
    static let question = UInt8(ascii: "?")
    static let fragment = UInt8(ascii: "#")
    static let colon = UInt8(ascii: ":")
    static let dot = UInt8(ascii: ".")

    /// The bytes of `text`, none of which can mean something else further on.
    static func checked(_ text: String) throws(AddressFault) -> [UInt8] {
        let bytes = Array(text.utf8)
        for (offset, byte) in bytes.enumerated() {
            if byte <= 0x20 || byte == 0x7f || byte == UInt8(ascii: "\\") { throw .badCharacter(offset: offset, byte: byte) }
            if byte == UInt8(ascii: "%") {
                let digits = bytes.dropFirst(offset + 1).prefix(2)
                guard digits.count == 2, digits.allSatisfy({ hexValue($0) != nil }) else { throw .badEscape(offset: offset) }
            }
        }
        return bytes
    }

    /// Where the colon of the scheme stands, if there is one.
    static func schemeEnd(_ bytes: [UInt8]) -> Int? {
        guard let first = bytes.first, isLetter(first) else { return nil }
        guard let end = bytes.firstIndex(where: { !(isLetter($0) || isDigit($0) || "+-.".utf8.contains($0)) }) else { return nil }
        return bytes[end] == colon ? end : nil
    }

    static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.starts(with: [slash, slash]) }

    static func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

    /// `host`, `host:port` or `[address]:port`, the host in lower case.
    static func hostAndPort(_ authority: ArraySlice<UInt8>) throws(AddressFault) -> (host: String, port: Int?) {
        if authority.contains(UInt8(ascii: "@")) { throw .userInfo }
        var host = authority
        var after = authority[authority.endIndex...]
        let isBracketed = authority.first == UInt8(ascii: "[")
        if isBracketed {
            guard let close = authority.firstIndex(of: UInt8(ascii: "]")) else { throw .badHost(text(authority)) }
            (host, after) = (authority[(authority.startIndex + 1)..<close], authority[(close + 1)...])
            guard after.isEmpty || after.first == colon else { throw .badHost(text(authority)) }
        } else if let found = authority.firstIndex(of: colon) {
            (host, after) = (authority[..<found], authority[found...])
        }
        if host.isEmpty { throw .noHost }
        let name = text(host).lowercased()
        guard isBracketed ? isIPv6(host) : isName(host) else { throw .badHost(isBracketed ? "[\(name)]" : name) }
        let digits = after.dropFirst()
        if digits.isEmpty { return (name, nil) }
        guard digits.count <= 5, digits.allSatisfy(isDigit), let port = Int(text(digits)), (1...65_535).contains(port) else {
            throw .badPort(text(digits))
        }
        return (name, port)
    }

    /// Letters, digits, `-`, `_` and dots: what the name service knows, and IPv4 addresses.
    private static func isName(_ host: ArraySlice<UInt8>) -> Bool {
        host.count <= 253 && host.allSatisfy { isLetter($0) || isDigit($0) || "-_.".utf8.contains($0) } && host.contains { $0 != dot }
    }

    private static func isIPv6(_ host: ArraySlice<UInt8>) -> Bool {
        var address = in6_addr()
        return host.allSatisfy { hexValue($0) != nil || $0 == colon || $0 == dot } && inet_pton(AF_INET6, text(host), &address) == 1
    }

    /// The path and, where there is a `?`, the query; without the fragment.
    static func split(_ bytes: [UInt8]) -> (path: ArraySlice<UInt8>, query: ArraySlice<UInt8>?) {
        let whole = bytes[..<(bytes.firstIndex(of: fragment) ?? bytes.endIndex)]
        guard let mark = whole.firstIndex(of: question) else { return (whole, nil) }
        return (whole[..<mark], whole[(mark + 1)...])
    }

    /// The path without `.` and `..` (RFC 3986, 5.2.4); nothing climbs above the root.
    static func withoutDots(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let parts = path.split(separator: slash, omittingEmptySubsequences: false)
        var kept: [ArraySlice<UInt8>] = []
        for (index, part) in parts.enumerated().dropFirst() {
            let isLast = index == parts.count - 1
            if part == [dot] || part == [dot, dot] {
                if part.count == 2 { _ = kept.popLast() }
                if isLast { kept.append([]) }
            } else {
                kept.append(part)
            }
        }
        return [slash] + kept.joined(separator: [slash])
    }

    static func target(path: ArraySlice<UInt8>, query: ArraySlice<UInt8>?) -> String {
        var target: [UInt8] = []
        for byte in path { append(byte, to: &target) }
        if let query {
            target.append(question)
            for byte in query { append(byte, to: &target) }
        }
        return text(target)
    }

    /// Escapes what RFC 3986 leaves no place for, and a second `#`.
    private static func append(_ byte: UInt8, to target: inout [UInt8]) {
        if byte < 0x80, !"\"<>[]^`{|}#".utf8.contains(byte) {
            target.append(byte)
        } else {
            target += PercentEncoding.escape(byte)
        }
    }
}

func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }
func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

/// The value of a hexadecimal digit.
func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70: byte - 55
    case 97...102: byte - 87
    default: nil
    }
}
