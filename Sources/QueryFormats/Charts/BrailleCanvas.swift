// Dots of a plane, two by four in each character, as braille has them.

/// A plane of dots; a character is of the series that came there last.
struct BrailleCanvas {
    /// Dots across and down.
    let size: (x: Int, y: Int)
    private let columns: Int
    private var bits: [UInt8]
    private var owners: [Int?]

    init(columns: Int, rows: Int) {
        self.columns = columns
        size = (columns * 2, rows * 4)
        bits = Array(repeating: 0, count: columns * rows)
        owners = Array(repeating: nil, count: columns * rows)
    }

    /// The dots of a character, by the column and row of each.
    private static let dots: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

    mutating func set(_ x: Int, _ y: Int, series: Int) {
        guard x >= 0, x < size.x, y >= 0, y < size.y else { return }
        let index = y / 4 * columns + x / 2
        bits[index] |= BrailleCanvas.dots[x % 2][y % 4]
        owners[index] = series
    }

    /// The character at a place and its series; nil where there is no dot.
    func character(_ column: Int, _ row: Int) -> (text: String, series: Int?)? {
        let index = row * columns + column
        guard bits[index] != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(bits[index])) else { return nil }
        return (String(scalar), owners[index])
    }
}

/// The whole places that a straight line passes.
enum RasterLine {
    /// Calls `body` with each place from one end to the other, both included.
    static func each(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int), _ body: (Int, Int) -> Void) {
        let steps = max(abs(to.x - from.x), abs(to.y - from.y))
        guard steps > 0 else { return body(from.x, from.y) }
        for step in 0...steps {
            let share = Double(step) / Double(steps)
            body(from.x + Int((Double(to.x - from.x) * share).rounded()), from.y + Int((Double(to.y - from.y) * share).rounded()))
        }
    }
}
