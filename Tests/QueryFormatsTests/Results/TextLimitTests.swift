@testable import QueryFormats
import QueryFrames
import Testing

@Suite("results: more text than the ends of texts can tell")
struct TextLimitTests {
    /// One row whose text is said to have so many bytes; nobody may look at them.
    private func run(_ length: Int32, _ body: (ValueRun) throws -> Void) rethrows {
        let ends: [Int32] = [0, length], valid: [UInt8] = [1]
        try ends.withUnsafeBytes { ends in
            try valid.withUnsafeBufferPointer { valid in
                guard let values = ends.baseAddress, let valid = valid.baseAddress else { return }
                try body(ValueRun(shape: .text, count: 1, valid: valid, values: values, bytes: values, mark: 0, marks: nil))
            }
        }
    }

    private func isTooLong(_ body: () throws -> Void) -> Bool {
        do { try body() } catch { if case .textTooLong? = error as? RowFault { return true } }
        return false
    }

    @Test("the text of a segment is refused where its end is no number of 32 bits")
    func segment() {
        var slot = ColumnSlot(capacity: 1)
        #expect(isTooLong { try slot.reserveBytes(Int(Int32.max), used: 0) })
        #expect(!isTooLong { try slot.reserveBytes(100, used: 0) })
    }

    @Test("the texts of several segments are refused where they are too long together")
    func batch() {
        run(1_500_000_000) { run in
            #expect(isTooLong { _ = try BatchColumn([run, run]) })
        }
        run(.max) { run in
            var column = OpenColumn()
            #expect(isTooLong { try column.append([run], capacity: 1) })
        }
    }
}
