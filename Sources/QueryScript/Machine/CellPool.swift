// Memory for the heap's small objects: blocks of cells of one size each, so that making an object is a few instructions, objects made
// one after another lie side by side, and a sweep reads memory in order.

/// Blocks of cells.
final class CellPool {
    /// The sizes of cells are multiples of this.
    private static let unit = 16
    /// Objects above this size are no cells.
    static let largestCell = 256
    private static let blockSize = 1 << 16

    /// A cell that holds no object; it has the header of one, so that a sweep can tell.
    private struct FreeCell {
        var header: ObjectHeader
        var next: UnsafeMutablePointer<FreeCell>?
    }

    /// The cells of one size that can be had: free ones among others, and those of the newest block that were never used.
    private struct Supply {
        var free: UnsafeMutablePointer<FreeCell>?
        var next = 0
        var end = 0
    }

    private struct Block {
        let start: UnsafeMutableRawPointer
        let cellSize: Int
        var end: UnsafeMutableRawPointer { start + CellPool.blockSize / cellSize * cellSize }
    }

    private let supplies: UnsafeMutablePointer<Supply>
    private var blocks: ContiguousArray<Block> = []

    init() {
        supplies = .allocate(capacity: CellPool.largestCell / CellPool.unit + 1)
        supplies.initialize(repeating: Supply(), count: CellPool.largestCell / CellPool.unit + 1)
    }

    /// Frees the blocks; what the objects in them hold was released before.
    deinit {
        for block in blocks { block.start.deallocate() }
        supplies.deallocate()
    }

    /// A cell for an object of `byteCount` bytes, at most `largestCell`.
    @inline(__always)
    func cell(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let size = (byteCount &+ (CellPool.unit - 1)) & ~(CellPool.unit - 1)
        let supply = supplies + size / CellPool.unit
        if let cell = supply.pointee.free {
            supply.pointee.free = cell.pointee.next
            return UnsafeMutableRawPointer(cell)
        }
        let next = supply.pointee.next
        if next < supply.pointee.end {
            supply.pointee.next = next &+ size
            return UnsafeMutableRawPointer(bitPattern: next).unsafelyUnwrapped
        }
        return cellOfNewBlock(size)
    }

    @inline(never)
    private func cellOfNewBlock(_ size: Int) -> UnsafeMutableRawPointer {
        let block = Block(start: .allocate(byteCount: CellPool.blockSize, alignment: CellPool.unit), cellSize: size)
        blocks.append(block)
        supplies[size / CellPool.unit].next = Int(bitPattern: block.start) + size
        supplies[size / CellPool.unit].end = Int(bitPattern: block.end)
        return block.start
    }

    /// Takes back every cell whose object `keeps` denies, a block at a time, and blocks without any object, until `goesOn` denies.
    /// What is not looked at then cannot be had before the next sweep.
    func sweep(keeps: (UnsafeMutablePointer<ObjectHeader>) -> Bool, goesOn: () -> Bool) -> Bool {
        for size in 0...CellPool.largestCell / CellPool.unit { supplies[size].free = nil }
        var kept: ContiguousArray<Block> = []
        kept.reserveCapacity(blocks.count)
        for (index, block) in blocks.enumerated() {
            guard goesOn() else {
                kept.append(contentsOf: blocks[index...])
                blocks = kept
                return false
            }
            if sweep(block, keeps) { kept.append(block) } else { block.start.deallocate() }
        }
        blocks = kept
        return true
    }

    /// Sweeps one block; false where no object is left in it, and none of its cells can be had.
    private func sweep(_ block: Block, _ keeps: (UnsafeMutablePointer<ObjectHeader>) -> Bool) -> Bool {
        let supply = supplies + block.cellSize / CellPool.unit
        let before = supply.pointee.free
        let isNewest = Int(bitPattern: block.end) == supply.pointee.end
        var isUsed = false
        var cell = isNewest ? UnsafeMutableRawPointer(bitPattern: supply.pointee.next) ?? block.end : block.end
        // Backwards, so that the free cells are had in the order in which they lie.
        while cell > block.start {
            cell -= block.cellSize
            let header = cell.assumingMemoryBound(to: ObjectHeader.self)
            if header.pointee.kind != .none, keeps(header) {
                isUsed = true
            } else {
                cell.initializeMemory(
                    as: FreeCell.self, repeating: FreeCell(header: ObjectHeader(byteCount: 0, kind: .none), next: supply.pointee.free), count: 1)
                supply.pointee.free = cell.assumingMemoryBound(to: FreeCell.self)
            }
        }
        if isUsed { return true }
        supply.pointee.free = before
        if isNewest { (supply.pointee.next, supply.pointee.end) = (0, 0) }
        return false
    }

    /// Calls `body` for every object.
    func forEach(_ body: (UnsafeMutablePointer<ObjectHeader>) -> Void) {
        for block in blocks {
            let supply = supplies[block.cellSize / CellPool.unit]
            let end = Int(bitPattern: block.end) == supply.end ? UnsafeMutableRawPointer(bitPattern: supply.next) ?? block.end : block.end
            var cell = block.start
            while cell < end {
                let header = cell.assumingMemoryBound(to: ObjectHeader.self)
                if header.pointee.kind != .none { body(header) }
                cell += block.cellSize
            }
        }
    }
}
