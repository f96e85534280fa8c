// Sorting 64-bit words by some of their bits: the engine under every sort.

enum RadixSort {
    /// Sorts `count` words by the bits `low ..< high`, stably, with room for as many in `scratch`. Gives whichever of the two
    /// the result stands in, or nil once `isCancelled`, which is asked after each pass, says so.
    static func sort(
        _ words: UnsafeMutablePointer<UInt64>, _ scratch: UnsafeMutablePointer<UInt64>, _ count: Int, low: Int, high: Int,
        _ isCancelled: () -> Bool
    ) -> UnsafeMutablePointer<UInt64>? {
        let digits = (high - low + 7) / 8
        guard digits > 0 else { return words }
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: digits * 256) { counts in
            guard let counts = counts.baseAddress else { return words }
            counts.update(repeating: 0, count: digits * 256)
            // All digits are counted in one pass over the words.
            var index = 0
            while index < count {
                var rest = words[index] &>> UInt64(truncatingIfNeeded: low)
                var at = counts
                for _ in 0..<digits {
                    at[Int(truncatingIfNeeded: rest & 0xff)] &+= 1
                    rest &>>= 8
                    at += 256
                }
                index &+= 1
            }
            var from = words, to = scratch
            for digit in 0..<digits {
                let starts = counts + digit * 256
                let shift = UInt64(truncatingIfNeeded: low + digit * 8)
                if starts[Int(truncatingIfNeeded: from[0] &>> shift & 0xff)] == count { continue }
                var total = 0
                for value in 0..<256 {
                    let count = starts[value]
                    starts[value] = total
                    total &+= count
                }
                index = 0
                while index < count {
                    let word = from[index]
                    let bucket = Int(truncatingIfNeeded: word &>> shift & 0xff)
                    to[starts[bucket]] = word
                    starts[bucket] &+= 1
                    index &+= 1
                }
                swap(&from, &to)
                if isCancelled() { return nil }
            }
            return from
        }
    }
}
