// Numbers as the axes and bars of a chart write them: short, in groups of three digits.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Numbers as people read them.
enum ChartNumberText {
    /// `1,234.50` for 1234.5 and 2 digits; a number too large for that in its shortest form.
    static func fixed(_ value: Double, digits: Int) -> String {
        let scaled = (abs(value) * pow(10, Double(digits))).rounded()
        guard scaled < 9e17 else { return scientific(value, digits: 12) }
        var text = String(Int64(scaled))
        while text.utf8.count <= digits { text = "0" + text }
        let whole = grouped(String(text.dropLast(digits)))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        return digits == 0 ? sign + whole : sign + whole + "." + text.suffix(digits)
    }

    /// `1.5e20`, with at most so many digits after the point.
    static func scientific(_ value: Double, digits: Int) -> String {
        guard value != 0, value.isFinite else { return "\(value)" }
        var exponent = Int(log10(abs(value)).rounded(.down))
        var mantissa = exponent > -300 ? abs(value) / pow(10, Double(exponent)) : abs(value) * 1e300 / pow(10, Double(exponent + 300))
        let limit = pow(10, Double(digits))
        mantissa = (mantissa * limit).rounded() / limit
        if mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        if mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        let text = "\(mantissa)"
        return (value < 0 ? "-" : "") + (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + "e\(exponent)"
    }

    /// A value beside what shows it: a whole number as it is, any other with 2 digits after the point or, where it is small, 3 digits.
    static func short(_ value: Double) -> String {
        let size = abs(value)
        if size >= 1e15 || (size < 1e-4 && size > 0) { return scientific(value, digits: 2) }
        if value == value.rounded() { return fixed(value, digits: 0) }
        if size >= 1 { return fixed(value, digits: 2) }
        return fixed(value, digits: 2 - Int(log10(size).rounded(.down)))
    }

    /// `1234567` as `1,234,567`.
    private static func grouped(_ digits: String) -> String {
        var text = digits
        var place = digits.utf8.count - 3
        while place > 0 {
            text.insert(",", at: text.index(text.startIndex, offsetBy: place))
            place -= 3
        }
        return text
    }
}
