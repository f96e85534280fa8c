// Schemas for other programs: a field's type as an ArrowSchema, which owns all it points to until it is released.
import CArrow
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What one ArrowSchema points to.
private final class SchemaMemory {
    let format: UnsafeMutablePointer<CChar>?
    let name: UnsafeMutablePointer<CChar>?
    let metadata: UnsafeMutablePointer<CChar>?
    let children: ArrowChildren<ArrowSchema>
    let dictionary: ArrowChildren<ArrowSchema>

    init(format: String, name: String, metadata: [UInt8]?, children: Int, hasDictionary: Bool) {
        self.format = strdup(format)
        self.name = strdup(name)
        self.metadata = metadata.map { bytes in
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
            for (index, byte) in bytes.enumerated() { copy[index] = CChar(bitPattern: byte) }
            return copy
        }
        self.children = ArrowChildren(children, empty: ArrowSchema())
        dictionary = ArrowChildren(hasDictionary ? 1 : 0, empty: ArrowSchema())
    }

    deinit {
        free(format)
        free(name)
        metadata?.deallocate()
    }

    /// Fills `schema`, which owns this object from then on.
    func fill(_ schema: UnsafeMutablePointer<ArrowSchema>, flags: Int64) {
        schema.pointee = ArrowSchema(
            format: format, name: name, metadata: metadata, flags: flags,
            n_children: Int64(children.count), children: children.pointers, dictionary: dictionary.first,
            release: { schema in
                guard let schema, let memory = schema.pointee.private_data else { return }
                schema.pointee.release = nil
                schema.pointee.private_data = nil
                Unmanaged<SchemaMemory>.fromOpaque(memory).takeRetainedValue().releaseChildren()
            },
            private_data: Unmanaged.passRetained(self).toOpaque())
    }

    /// Releases what nobody has moved elsewhere.
    private func releaseChildren() {
        for part in [children, dictionary] {
            part.forEach { child in child.pointee.release.map { $0(child) } }
        }
    }
}

extension Field {
    /// Fills `schema` with the field. As a dictionary, its format is that of the indexes.
    func export(to schema: UnsafeMutablePointer<ArrowSchema>, asDictionary: Bool = false) throws(ArrowError) {
        if name.utf8.contains(0) { throw .nameWithNull(name) }
        var element: DataType?
        if case .list(let type) = type { element = type }
        let memory = SchemaMemory(
            format: asDictionary ? "i" : type.arrowFormat, name: name, metadata: type == .json ? ArrowMetadata.ofJSON : nil,
            children: element == nil ? 0 : 1, hasDictionary: asDictionary)
        if let element, let child = memory.children.first { try Field("item", element).export(to: child) }
        if let values = memory.dictionary.first { try Field("", type).export(to: values) }
        memory.fill(schema, flags: Int64(ARROW_FLAG_NULLABLE))
    }
}

extension Schema {
    /// Fills `schema` with a struct of the columns; `dictionaries` tells which are given as such.
    func export(to schema: UnsafeMutablePointer<ArrowSchema>, dictionaries: [Bool]) throws(ArrowError) {
        for field in fields where field.name.utf8.contains(0) { throw .nameWithNull(field.name) }
        let memory = SchemaMemory(format: "+s", name: "", metadata: nil, children: fields.count, hasDictionary: false)
        for (index, field) in fields.enumerated() {
            if let child = memory.children[index] { try field.export(to: child, asDictionary: dictionaries[index]) }
        }
        memory.fill(schema, flags: 0)
    }
}
