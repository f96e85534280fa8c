import Testing

@testable import QueryScript

@Suite("the nearest name")
struct NearestTests {
    @Test("a slip is recognized, another word is not", arguments: [
        ("revnue", "revenue"), ("exprot", "export"), ("Region", "region"), ("wehre", "where"), ("tke", "take"), ("zzz", nil), ("customer", nil), ("reven", "revenue"), ("wh", "where"), ("re", nil),
        ("x", nil), ("", nil),
    ] as [(String, String?)])
    func nearest(name: String, found: String?) {
        #expect(Nearest.name(to: name, in: ["revenue", "region", "export", "where", "take", "cost"]) == found)
    }
}
