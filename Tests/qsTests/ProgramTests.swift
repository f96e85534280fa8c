import TestSupport
import Testing

/// The programs of Tests/Programs, run by the real binary.
@Suite("programs")
struct ProgramTests {
    static let folder = Files.package + "/Tests/Programs"

    static func names(_ part: String) -> [String] {
        Files.names(in: "\(folder)/\(part)").filter { $0.hasSuffix(".qs") }.map { String($0.dropLast(3)) }
    }

    private func run(_ script: String) throws -> Command.Result {
        let scratch = try ScratchFolder()
        let command = Command(
            builtProgram("qs"), ["--workspace", scratch.path("workspace"), script], folder: ProgramTests.folder, timeout: 60)
        return try command.run(input: "")
    }

    @Test("a program prints what stands beside it", arguments: names("run"))
    func runs(name: String) throws {
        let result = try run("run/\(name).qs")
        #expect(result.output == Files.text("\(ProgramTests.folder)/run/\(name).out"))
        #expect(result.error == "")
        #expect(result.ending == .exited(0))
    }

    @Test("a failing program says what stands beside it", arguments: names("fail"))
    func fails(name: String) throws {
        let result = try run("fail/\(name).qs")
        let expected = try #require(Files.text("\(ProgramTests.folder)/fail/\(name).err"))
        guard case .exited(let status) = result.ending else {
            Issue.record("ended by \(result.ending)")
            return
        }
        #expect("exit \(status)\n" + stable(result.error) == expected)
        #expect(result.output == "", "data was written before the error")
    }

    @Test("both folders are there")
    func found() {
        #expect(ProgramTests.names("run").count >= 10 && ProgramTests.names("fail").count >= 80)
    }

    /// The text without what differs between runs: names of jobs, and the folder of this checkout.
    private func stable(_ text: String) -> String {
        var out = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "job_") {
            out += rest[..<start.lowerBound]
            let id = rest[start.upperBound...].prefix { $0.isLetter || $0.isNumber }
            out += "job_ID"
            rest = rest[id.endIndex...]
        }
        return (out + rest).replacing(ProgramTests.folder, with: "FOLDER")
    }
}
