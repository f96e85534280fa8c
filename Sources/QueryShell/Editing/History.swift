// The statements typed so far, of this session and of earlier ones. HistoryFile keeps them; HistoryCursor walks them.
import Synchronization

/// A list of statements, oldest first. Its file is not touched before the first use.
public final class History: Sendable {
    /// More than so many are not loaded: the last ones are.
    public static let limit = 10_000

    private struct State {
        var texts: [String] = []
        var isLoaded = false
    }

    private let file: HistoryFile?
    private let state = Mutex(State())

    /// `path` names the file; its folder is made when the first statement is kept. Nil, or a path that cannot be read or
    /// written, makes a history that ends with the session.
    public init(path: String?) { file = path.map { HistoryFile(path: $0) } }

    /// All statements, oldest first.
    public var texts: [String] {
        state.withLock { state in
            load(&state)
            return state.texts
        }
    }

    /// Adds a statement and writes it to the file; left out are one that is blank, one that begins with a space, and one
    /// that equals the last.
    public func add(_ text: String) {
        guard text.first != " ", text.contains(where: { !$0.isWhitespace }) else { return }
        state.withLock { state in
            load(&state)
            guard state.texts.last != text else { return }
            state.texts.append(text)
            if state.texts.count > 2 * History.limit { state.texts.removeFirst(History.limit) }
            file?.append(text)
        }
    }

    /// The latest statement that begins with a text and goes on; nil for none.
    public func latest(beginningWith text: String) -> String? {
        guard !text.isEmpty else { return nil }
        return state.withLock { state in
            load(&state)
            return state.texts.last { $0.utf8.count > text.utf8.count && $0.utf8.starts(with: text.utf8) }
        }
    }

    private func load(_ state: inout State) {
        guard !state.isLoaded else { return }
        state.isLoaded = true
        state.texts = file?.load(limit: History.limit) ?? []
    }
}
