// The files that the program itself has open all the time, opened while there is room: what runs tasks ends the process, or lets
// them sleep for ever, where it gets none later.
import QueryFormats

enum Descriptors {
    /// Three queues of events and two clocks of what runs tasks, a pipe for signals, a file to read a script from, three for what is
    /// written down of jobs, and two that stay free: what runs tasks looks at its threads now and then.
    static let needed = 13

    /// Those that are free, as far as it matters.
    static var free: [Int32] { FreeDescriptors.numbers(upTo: needed) }

    /// Has those of the clocks and of other threads opened; they are open when it has ended.
    static func settle() -> Task<Void, Never> {
        Task.detached {
            // A clock is opened for a task that still sleeps when its turn comes, so one sleeps for ever.
            await withCheckedContinuation { begun in
                Task.detached {
                    begun.resume()
                    try? await Task.sleep(for: .seconds(1 << 30))
                }
            }
            // When the second one has slept, what was to be opened for the first one is.
            for _ in 0..<2 { try? await Task.sleep(for: .milliseconds(1)) }
        }
    }

    /// Waits until all of them are open: that of the main thread is once it has left what it does to others.
    @MainActor
    static func settled(_ settling: Task<Void, Never>) async {
        await settling.value
        await Task.yield()
    }
}
