// The end of a process that the system gives no memory. A limit of ours (`MemoryBudget`) is looked at before, and is an error that a
// script can catch; what the system refuses in the midst of a loop over columns has nobody left who could go on.

/// Ends the process with a line that says how much was asked for. A trap and no `exit`: a library does not decide about its process.
public func outOfMemory(bytes: Int, for purpose: StaticString) -> Never {
    fatalError("out of memory: the system does not give \(bytes) bytes for \(purpose)")
}
