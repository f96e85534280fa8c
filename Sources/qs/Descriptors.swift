// The files that the program itself has open all the time, opened while there is room: what runs tasks ends the process, or lets
// them sleep for ever, where it gets none later.
import QueryFormats

enum Descriptors {
    /// Two queues of events and two clocks of what runs tasks, a pipe for signals, and a file to read a script from.
    static let needed = 8

    /// What is plenty, so that nobody has to wait until those that are needed are open.
    private static let plenty = 16

    /// How many are free, as far as it matters.
    static var free: Int { FreeDescriptors.count(upTo: plenty) }

    /// Has them opened, by a task that sleeps for a moment.
    static func settle(_ free: Int) async {
        let sleeping = Task { try? await Task.sleep(for: .milliseconds(1)) }
        if free < plenty { await sleeping.value }
    }
}
