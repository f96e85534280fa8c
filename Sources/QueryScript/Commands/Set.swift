// `set`: how the rest of a session behaves.

extension CommandRow {
    static let set = CommandRow(
        UsageLine(builtIn: "set NAME = VALUE"),
        summary: "Change a setting for the rest of the session; null makes it what it was. " + Setting.list,
        example: "set timeout = 5m", effect: .changesSetting
    ) { (session, arguments) async throws(ScriptError) in
        let name = try arguments.requiredWord("name")
        guard let setting = Setting(rawValue: name) else {
            throw ScriptError(.unknownSetting(name, known: Setting.allCases.map(\.rawValue)), at: arguments.span("name"))
        }
        let value = try arguments.required("value")
        guard session.settings.change(setting, to: value) else { throw arguments.fault("value", setting.expected, value.text) }
        return .null
    }
}
