// The one thing of the process's locale that editing needs: that characters are UTF-8, and how wide they are.
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The character type of the process.
public enum TerminalLocale {
    /// Takes the character type, and nothing else, of the user's locale, or a UTF-8 one where the user's is not; false if
    /// there is none. It changes the whole process: only an executable may call it, before the first `read`.
    @discardableResult
    public static func useUnicode() -> Bool {
        for name in ["", "C.UTF-8", "en_US.UTF-8", "UTF-8"] where setlocale(LC_CTYPE, name) != nil {
            if let codeset = nl_langinfo(nl_item(CODESET)), String(cString: codeset) == "UTF-8" { return true }
        }
        return false
    }
}
