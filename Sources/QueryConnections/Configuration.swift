// What the configuration files say: which services there are, and which one is used where nothing else is said.
import QueryClient
import QueryFormats
import QueryFrames

/// The services of the configuration files, the later file's word before the earlier one's.
public struct Configuration: Sendable {
    /// The service that is used unless something else is said; nil for the embedded one.
    public var standard: String?
    /// In the order of the files. A table of a later file takes the place of an earlier one's as a whole, so that no file can send
    /// the credential that another one names to an address of its own.
    public var services: [ServiceDescription] = []

    public init() {}

    /// A configuration file.
    public struct File: Sendable {
        public var path: String
        /// Whether it belongs to the person who runs the program, and not to whatever folder that happens in. Only then it may
        /// name commands to run and files to read credentials from.
        public var isOwn: Bool

        public init(path: String, isOwn: Bool) {
            self.path = path
            self.isOwn = isOwn
        }
    }

    /// Reads those of `files` that are there. A path that begins with `~/` counts from `home`.
    public init(files: [File], home: String?) throws(ConfigurationFault) {
        for file in files {
            guard let text = try ConfigurationText.read(file.path) else { continue }
            try add(text, from: file, home: home)
        }
    }

    private mutating func add(_ text: String, from file: File, home: String?) throws(ConfigurationFault) {
        let table = try ConfigurationText.table(text, path: file.path)
        for key in table.keys.sorted() {
            switch key {
            case "default":
                guard let name = table[key]?.string else { throw .wrongValue(path: file.path, key: key, expected: "the name of a service in quotes") }
                standard = name
            case "service":
                guard let services = table[key]?.table else { throw .wrongValue(path: file.path, key: key, expected: "tables such as [service.warehouse]") }
                for name in services.keys.sorted() { try add(services[name]?.table, name, from: file, home: home) }
            default: throw .unknownKey(path: file.path, key: key, known: ["default", "service"])
            }
        }
    }

    private mutating func add(_ table: [String: TOMLValue]?, _ name: String, from file: File, home: String?) throws(ConfigurationFault) {
        guard let table else { throw .wrongValue(path: file.path, key: "service.\(name)", expected: "a table: [service.\(name)]") }
        guard name != Connections.embedded else { throw .reserved(path: file.path, name: name) }
        var settings: [(key: String, value: ServiceSetting.Value)] = []
        for key in table.keys.sorted() {
            let place = "service.\(name).\(key)"
            if let token = table[key]?.table {
                settings.append((key, .token(try ConfigurationText.token(token, place, file, home: home))))
            } else if let scalar = table[key].flatMap(ConfigurationText.scalar) {
                settings.append((key, .scalar(scalar)))
            } else {
                throw .wrongValue(path: file.path, key: place, expected: "a single value")
            }
        }
        do throws(SettingFault) {
            var service = try ServiceDescription(name: name, settings: settings)
            service.file = file.path
            services.removeAll { $0.name == name }
            services.append(service)
        } catch {
            throw .setting(path: file.path, service: name, error)
        }
    }
}
