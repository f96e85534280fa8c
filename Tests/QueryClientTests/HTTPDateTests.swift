import QueryClient
import Testing

@Suite("Dates of HTTP")
struct HTTPDateTests {
    @Test(
        "the three forms of RFC 9110 are one second",
        arguments: ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
    func forms(text: String) {
        #expect(HTTPDate(text)?.seconds == 784_111_777)
    }

    @Test("a later date is greater, before 1970 too")
    func order() throws {
        #expect(HTTPDate("Thu, 01 Jan 1970 00:00:00 GMT")?.seconds == 0)
        #expect(HTTPDate("Wed, 31 Dec 1969 23:59:59 GMT")?.seconds == -1)
        #expect(HTTPDate("Saturday, 29-Feb-20 00:00:00 GMT")?.seconds == 1_582_934_400)
        #expect(HTTPDate("Sun, 31 Dec 2016 23:59:60 GMT") == HTTPDate("Sun, 01 Jan 2017 00:00:00 GMT"))
        #expect(try #require(HTTPDate("Fri Dec 31 23:59:59 9999")) > HTTPDate(seconds: 1 << 32))
    }

    @Test(
        "what is no date is none",
        arguments: [
            "", "soon", "120", "-5", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 29 Feb 2023 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
            "Sun, 06 Nov 1994 8:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Xyz, 06 Nov 1994 08:49:37 GMT", "Sun, +6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, 06-Nov-94 08:49:37 GMT", "Sun Nov 6 08:49:37 94", "2024-05-01T00:00:00Z",
            "Sun, 06 Nov 99999 08:49:37 GMT",
        ])
    func refuses(text: String) {
        #expect(HTTPDate(text) == nil)
    }
}
