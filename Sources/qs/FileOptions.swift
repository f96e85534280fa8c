// What may stand behind `qs check` and `qs fmt`.
import ArgumentParser

/// The files that a script tool works on, and how.
struct FileOptions: ParsableArguments {
    @OptionGroup var shared: SharedOptions

    @Flag(name: .customLong("check"), help: "Only tell which files would change.")
    var isCheck = false

    @Argument(help: ArgumentHelp("Scripts; - is standard input.", valueName: "file"))
    var files: [String] = []
}

/// The tools of the program that run no script.
enum Tool: String {
    case check
    case format = "fmt"
    case login
}
