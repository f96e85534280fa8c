// The structs that a struct of the Arrow interfaces points to: an array of them, and the array of pointers that C wants.

/// So many structs side by side. The memory goes with this object; what the structs hold is released by whoever holds them.
final class ArrowChildren<Element> {
    let count: Int
    /// What `children` of the parent is; nil where there are none.
    let pointers: UnsafeMutablePointer<UnsafeMutablePointer<Element>?>?
    private let elements: UnsafeMutablePointer<Element>?

    init(_ count: Int, empty: Element) {
        self.count = count
        elements = count > 0 ? .allocate(capacity: count) : nil
        pointers = count > 0 ? .allocate(capacity: count) : nil
        elements?.initialize(repeating: empty, count: count)
        if let elements, let pointers { for index in 0..<count { (pointers + index).initialize(to: elements + index) } }
    }

    deinit {
        elements?.deallocate()
        pointers?.deallocate()
    }

    /// The first of them.
    var first: UnsafeMutablePointer<Element>? { elements }

    subscript(index: Int) -> UnsafeMutablePointer<Element>? { elements.map { $0 + index } }

    func forEach(_ body: (UnsafeMutablePointer<Element>) -> Void) {
        for index in 0..<count { if let element = self[index] { body(element) } }
    }
}
