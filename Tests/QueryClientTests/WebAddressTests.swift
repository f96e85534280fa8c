import QueryClient
import Testing

@Suite("Addresses of services")
struct WebAddressTests {
    @Test(
        "an address keeps what was written and knows its origin",
        arguments: [
            ("https://app.polytomic.com/api/queries/1?page=2", "https://app.polytomic.com/api/queries/1?page=2"),
            ("HTTPS://App.Polytomic.COM", "https://app.polytomic.com/"),
            ("https://a:443/x", "https://a/x"),
            ("http://a:443/x", "http://a:443/x"),
            ("http://a:/x", "http://a/x"),
            ("http://127.0.0.1:8080?q=1", "http://127.0.0.1:8080/?q=1"),
            ("http://[::1]:8080/a", "http://[::1]:8080/a"),
            ("https://[2001:DB8::1]", "https://[2001:db8::1]/"),
            ("https://a/b?c#d", "https://a/b?c"),
            ("https://a#d?e", "https://a/"),
            ("https://a/b?", "https://a/b?"),
            ("https://a/é?|\"", "https://a/%C3%A9?%7C%22"),
            ("https://a/?filter[id]={1}", "https://a/?filter%5Bid%5D=%7B1%7D"),
            ("https://a/%7Bid%7D", "https://a/%7Bid%7D"),
            ("https://a/b/../c", "https://a/c"),
            ("https://a//b//", "https://a//b//"),
        ])
    func keeps(text: String, expected: String) throws {
        #expect(try WebAddress(text).description == expected)
    }

    @Test(
        "what could mean another server, or nothing, is refused with its fact",
        arguments: [
            ("", AddressFault.noScheme), ("app.polytomic.com/api", .noScheme), ("localhost:8080/api", .noScheme), ("/api", .noScheme),
            ("file:///etc/passwd", .otherScheme("file")), ("ftp://a/", .otherScheme("ftp")),
            ("JavaScript:alert(1)", .otherScheme("javascript")),
            ("https:", .noHost), ("https:a", .noHost), ("https:///api", .noHost), ("https://", .noHost), ("https://:80/", .noHost),
            ("https://user@a/", .userInfo), ("https://user:secret@a/", .userInfo), ("https://a@b@c/", .userInfo),
            ("https://a:0/", .badPort("0")), ("https://a:65536/", .badPort("65536")), ("https://a:+80/", .badPort("+80")),
            ("https://a:8o/", .badPort("8o")), ("https://a:99999999999999999999/", .badPort("99999999999999999999")),
            ("https://a%2Fb/", .badHost("a%2fb")), ("https://exämple/", .badHost("exämple")), ("https://../", .badHost("..")),
            ("https://[::1/", .badHost("[::1")), ("https://[::1]x/", .badHost("[::1]x")), ("https://[1:2]/", .badHost("[1:2]")),
            ("https://[fe80::1%25eth0]/", .badHost("[fe80::1%25eth0]")), ("https://[:::]/", .badHost("[:::]")),
            ("https://a/b c", .badCharacter(offset: 11, byte: 0x20)), ("https://a/\r\nX: y", .badCharacter(offset: 10, byte: 13)),
            ("https://a/\u{0}", .badCharacter(offset: 10, byte: 0)), ("https://a\\@b/", .badCharacter(offset: 9, byte: 0x5c)),
            (" https://a/", .badCharacter(offset: 0, byte: 0x20)), ("https://a/\u{7f}", .badCharacter(offset: 10, byte: 0x7f)),
            ("https://a/%", .badEscape(offset: 10)), ("https://a/%2", .badEscape(offset: 10)), ("https://a/?q=%zz", .badEscape(offset: 13)),
        ])
    func refuses(text: String, fault: AddressFault) {
        #expect(throws: fault) { try WebAddress(text) }
    }

    @Test("no cut and no change of a byte makes a refused text trap")
    func survives() throws {
        let whole = Array("https://[2001:db8::1]:8080/a/../b;p?q=%41#f".utf8)
        for count in 0...whole.count {
            for byte in UInt8.min...UInt8.max {
                let text = String(decoding: whole[..<count] + [byte] + whole[count...], as: UTF8.self)
                guard let address = try? WebAddress(text) else { continue }
                #expect(try WebAddress(address.description) == address, "\(text)")
                #expect(!address.target.utf8.contains { $0 <= 0x20 || $0 >= 0x7f }, "\(text)")
            }
        }
    }

    @Test("loopback is what the machine keeps to itself")
    func loopback() throws {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "[::1]"] {
            #expect(try WebAddress("http://\(host)/").origin.isLoopback)
        }
        for host in ["127.0.0.1.evil.example", "localhost.example", "128.0.0.1", "0.0.0.0", "[::2]", "127.1"] {
            #expect(try !WebAddress("http://\(host)/").origin.isLoopback)
        }
    }
}

@Suite("References of answers")
struct AddressReferenceTests {
    /// RFC 3986, section 5.4, for `http://a/b/c/d;p?q`.
    static let table = [
        ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"), ("//g", "http://g/"),
        ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q"), ("g#s", "http://a/b/c/g"),
        ("g?y#s", "http://a/b/c/g?y"), (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"), ("g;x?y#s", "http://a/b/c/g;x?y"),
        ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"),
        ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"), ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
        ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"), ("g?y/./x", "http://a/b/c/g?y/./x"),
        ("g?y/../x", "http://a/b/c/g?y/../x"), ("g#s/./x", "http://a/b/c/g"), ("g#s/../x", "http://a/b/c/g"),
    ]

    @Test("a reference means what RFC 3986 says", arguments: table)
    func resolves(reference: String, expected: String) throws {
        #expect(try WebAddress("http://a/b/c/d;p?q").resolved(reference).description == expected)
    }

    @Test("a reference to another server says so in its origin, and a hostile one is refused")
    func hostile() throws {
        let base = try WebAddress("https://a/api/queries/1?page=1")
        #expect(try base.resolved("//evil/x").origin == WebAddress.Origin(isSecure: true, host: "evil", port: 443))
        #expect(try base.resolved("http://a/x").origin != base.origin)
        #expect(try base.resolved("https://a:8443/x").origin != base.origin)
        #expect(try base.resolved("HTTPS://A:443/x").origin == base.origin)
        #expect(try base.resolved("/%2f%2fevil").origin == base.origin)
        #expect(throws: AddressFault.otherScheme("file")) { try base.resolved("file:///etc/passwd") }
        #expect(throws: AddressFault.otherScheme("g")) { try base.resolved("g:h") }
        #expect(throws: AddressFault.noHost) { try base.resolved("https:g") }
        #expect(throws: AddressFault.userInfo) { try base.resolved("//user:secret@a/") }
        #expect(throws: AddressFault.badCharacter(offset: 2, byte: 13)) { try base.resolved("/x\r\nAuthorization: y") }
        #expect(throws: AddressFault.badCharacter(offset: 0, byte: 0x5c)) { try base.resolved("\\\\evil/x") }
        #expect(throws: AddressFault.noHost) { try base.resolved("///evil") }
    }
}

@Suite("Values within addresses")
struct AddressEncodingTests {
    @Test("a value stays a value wherever it goes")
    func encodes() {
        let text = "a/b c&d=é+%~"
        #expect(WebAddress.encoded(text, in: .segment) == "a%2Fb%20c%26d%3D%C3%A9%2B%25~")
        #expect(WebAddress.encoded(text, in: .path) == "a/b%20c%26d%3D%C3%A9%2B%25~")
        #expect(WebAddress.encoded(text, in: .query) == "a%2Fb%20c%26d%3D%C3%A9%2B%25~")
        #expect(WebAddress.encoded(text, in: .form) == "a%2Fb+c%26d%3D%C3%A9%2B%25~")
        #expect(WebAddress.encoded("..", in: .segment) == "%2E%2E")
        #expect(WebAddress.encoded("{query_id}", in: .segment) == "%7Bquery_id%7D")
        #expect(WebAddress.encoded("select 1\nfrom t", in: .form) == "select+1%0Afrom+t")
    }

    @Test("every character comes back from where it went")
    func allASCII() throws {
        for byte in UInt8.min...0x7f {
            let value = WebAddress.encoded(String(UnicodeScalar(byte)), in: .query)
            let address = try WebAddress("https://a/x?v=\(value)")
            #expect(address.target == "/x?v=\(value)")
        }
    }
}
