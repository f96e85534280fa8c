// Sorting 64-bit words by some of their bits: the engine under every sort.

enum RadixSort {
    /// Sorts `count` words by the bits `low ..< high`, stably, with room for as many in `scratch`. Gives whichever of the two
    /// the result stands in, or nil once `isCancelled`, which is asked after each pass, says so.
    static func sort(
        _ words: UnsafeMutablePointer<UInt64>, _ scratch: UnsafeMutablePointer<UInt64>, _ count: Int, low: Int, high: Int,
        _ isCancelled: () -> Bool
    ) -> UnsafeMutablePointer<UInt64>? {
        // Digits of 11 bits need fewer passes, and are worth their 2,048 counts once there are many words.
        let width = count >= 1 << 14 && (high - low + 10) / 11 < (high - low + 7) / 8 ? 11 : 8
        let digits = (high - low + width - 1) / width
        guard digits > 0 else { return words }
        let values = 1 << width, mask = UInt64(values - 1), step = UInt64(width)
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: digits * values) { counts in
            guard let counts = counts.baseAddress else { return words }
            counts.update(repeating: 0, count: digits * values)
            // All digits are counted in one pass over the words.
            var index = 0
            while index < count {
                var rest = words[index] &>> UInt64(truncatingIfNeeded: low)
                var at = counts
                for _ in 0..<digits {
                    at[Int(truncatingIfNeeded: rest & mask)] &+= 1
                    rest &>>= step
                    at += values
                }
                index &+= 1
            }
            var from = words, to = scratch
            for digit in 0..<digits {
                let starts = counts + digit * values
                let shift = UInt64(truncatingIfNeeded: low + digit * width)
                if starts[Int(truncatingIfNeeded: from[0] &>> shift & mask)] == count { continue }
                var total = 0
                for value in 0..<values {
                    let count = starts[value]
                    starts[value] = total
                    total &+= count
                }
                index = 0
                while index < count {
                    let word = from[index]
                    let bucket = Int(truncatingIfNeeded: word &>> shift & mask)
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
