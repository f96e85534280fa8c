// Finds the name that was probably meant.

/// The nearest of known names.
public enum Nearest {
    /// The name of `known` that differs least from `name`, where it differs little enough to be a slip.
    public static func name(to name: String, in known: [String]) -> String? {
        let wanted = Array(name.lowercased().utf8.prefix(64))
        let limit = max(1, min(3, wanted.count / 3))
        // What could have been any other name is none that was meant.
        let isSlip = { (distance: Int, candidate: [UInt8]) in distance <= limit && distance < max(wanted.count, candidate.count) }
        var best: (name: String, distance: Int)?
        for candidate in known where candidate != name {
            let letters = Array(candidate.lowercased().utf8.prefix(64))
            let distance = distance(wanted, letters, limit: limit)
            if isSlip(distance, letters), distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        if let best { return best.name }
        // A name that was cut short: the only one that begins with it.
        let longer = known.filter { $0.lowercased().hasPrefix(name.lowercased()) && $0 != name }
        return name.count >= 2 && longer.count == 1 ? longer[0] : nil
    }

    /// `did you mean ...`, or nil.
    static func hint(_ name: String, in known: [String]) -> String? {
        Nearest.name(to: name, in: known).map { "did you mean `\($0)`?" }
    }

    /// How many insertions, deletions, changes and swaps of neighbours lead from one to the other; past `limit` it no longer matters.
    private static func distance(_ a: [UInt8], _ b: [UInt8], limit: Int) -> Int {
        if abs(a.count - b.count) > limit { return limit + 1 }
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            for j in 0..<b.count {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}

extension Sequence<String> {
    /// The names as a list in a message, the first ones where there are many.
    func listed(limit: Int = 20) -> String {
        let names = Array(self)
        if names.count <= limit { return names.joined(separator: ", ") }
        return names.prefix(limit).joined(separator: ", ") + " and \(names.count - limit) more"
    }
}
