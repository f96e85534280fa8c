// Imported structs: each row becomes a JSON object of its fields.
import CArrow

extension ArrowImport {
    /// The text of the objects, in the order of the fields. Numbers that are not finite, which JSON lacks, become null.
    func records() throws(ArrowError) -> Column.Storage {
        var fields: [Column] = []
        for (index, type) in type.elements.enumerated() {
            guard let child = array.children?[index] else { throw malformed(.missingChild(index)) }
            guard try ArrowImport.length(of: child.pointee, path: type.path) >= start + count else { throw malformed(.shortChild(index)) }
            fields.append(try ArrowImport(child, type, rows: start..<start + count, owner: owner).column())
        }
        let builder = StringBuilder(.json, capacity: count), text = TextBuffer()
        for row in 0..<count {
            guard isValid(row) else {
                builder.appendNull()
                continue
            }
            text.removeAll()
            text.append(UInt8(ascii: "{"))
            for (index, field) in fields.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                var name = type.names[index]
                name.withUTF8 { text.appendJSON(UnsafeRawBufferPointer($0)) }
                text.append(UInt8(ascii: ":"))
                text.appendJSON(field.scalar(row))
            }
            text.append(UInt8(ascii: "}"))
            guard builder.byteCount + text.count <= StringBuilder.byteLimit else { throw .tooLarge(field: type.path) }
            text.withBytes { builder.append($0) }
        }
        return builder.finish().storage
    }
}
