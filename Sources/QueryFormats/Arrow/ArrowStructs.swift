// The structs of the Arrow C data interface over the buffers of a file: the way by which they become columns.
import CArrow
import QueryFrames

/// Memory of structs, and what else has to live as long as they do.
final class ArrowStructs {
    private var blocks: [UnsafeMutableRawPointer] = []
    private var owners: [AnyObject]
    /// How many structs hold on to this object, and arrays of others that one of them holds.
    private var holders = 0
    private var adopted: [ArrowArray] = []

    init(owner: AnyObject) { owners = [owner] }

    deinit { for block in blocks { block.deallocate() } }

    /// Keeps what buffers lie in.
    func keep(_ owner: AnyObject) { owners.append(owner) }

    private func retained() -> UnsafeMutableRawPointer {
        holders += 1
        return Unmanaged.passRetained(self).toOpaque()
    }

    /// Takes an array of somebody else's, which is to become the dictionary of one made here.
    func adopt(_ array: ArrowArray) -> ArrowArray {
        adopted.append(array)
        return array
    }

    /// Forgets all structs made here, none of which is used any more: the way out where not all could be made.
    func abandon() {
        for var array in adopted { array.release.map { $0(&array) } }
        adopted = []
        for _ in 0..<holders { Unmanaged.passUnretained(self).release() }
        holders = 0
    }

    /// Memory of `values`; nil where there are none.
    func memory<T>(_ values: [T]) -> UnsafeMutablePointer<T>? {
        guard !values.isEmpty else { return nil }
        let block = UnsafeMutablePointer<T>.allocate(capacity: values.count)
        block.initialize(from: values, count: values.count)
        blocks.append(UnsafeMutableRawPointer(block))
        return block
    }

    private func pointers<T>(_ values: [T]) -> UnsafeMutablePointer<UnsafeMutablePointer<T>?>? {
        guard let first = memory(values) else { return nil }
        return memory(values.indices.map { Optional(first + $0) })
    }

    private func text(_ text: String) -> UnsafePointer<CChar>? {
        memory(text.utf8.map { CChar(bitPattern: $0) } + [0]).map { UnsafePointer($0) }
    }

    /// The metadata of a JSON column: one pair of key and value.
    private func metadataOfJSON() -> UnsafePointer<CChar>? {
        var bytes: [UInt8] = []
        func append(_ number: Int32) { withUnsafeBytes(of: number) { bytes += $0 } }
        append(1)
        for text in ["ARROW:extension:name", "arrow.json"] {
            append(Int32(text.utf8.count))
            bytes += text.utf8
        }
        return memory(bytes.map { CChar(bitPattern: $0) }).map { UnsafePointer($0) }
    }

    /// A schema; children and dictionary go with it.
    func schema(format: String, name: String, isJSON: Bool = false, children: [ArrowSchema] = [], dictionary: ArrowSchema? = nil) -> ArrowSchema {
        ArrowSchema(
            format: text(format), name: text(name), metadata: isJSON ? metadataOfJSON() : nil, flags: Int64(ARROW_FLAG_NULLABLE),
            n_children: Int64(children.count), children: pointers(children), dictionary: dictionary.flatMap { memory([$0]) },
            release: { schema in
                guard let schema, schema.pointee.release != nil else { return }
                for index in 0..<Int(schema.pointee.n_children) {
                    if let child = schema.pointee.children?[index] { child.pointee.release.map { $0(child) } }
                }
                if let values = schema.pointee.dictionary { values.pointee.release.map { $0(values) } }
                schema.pointee.release = nil
                if let owner = schema.pointee.private_data { Unmanaged<ArrowStructs>.fromOpaque(owner).release() }
            },
            private_data: retained())
    }

    /// An array; children and dictionary go with it, unless somebody has moved them elsewhere.
    func array(
        length: Int, nullCount: Int, buffers: [UnsafeRawPointer?], children: [ArrowArray] = [], dictionary: ArrowArray? = nil
    ) -> ArrowArray {
        ArrowArray(
            length: Int64(length), null_count: Int64(nullCount), offset: 0, n_buffers: Int64(buffers.count),
            n_children: Int64(children.count), buffers: memory(buffers), children: pointers(children),
            dictionary: dictionary.flatMap { memory([$0]) },
            release: { array in
                guard let array, array.pointee.release != nil else { return }
                for index in 0..<Int(array.pointee.n_children) {
                    if let child = array.pointee.children?[index] { child.pointee.release.map { $0(child) } }
                }
                if let values = array.pointee.dictionary { values.pointee.release.map { $0(values) } }
                array.pointee.release = nil
                if let owner = array.pointee.private_data { Unmanaged<ArrowStructs>.fromOpaque(owner).release() }
            },
            private_data: retained())
    }
}
