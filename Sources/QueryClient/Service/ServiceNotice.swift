// What a person should know while a service is spoken to, as facts; the words are made where diagnostics are rendered.
import QueryFormats

/// Something that is worth a line, and no error.
public enum ServiceNotice: Hashable, Sendable {
    /// A request has failed for the reason in it, and goes out again as try `number` after `wait` microseconds.
    case retrying(service: String, job: String, because: ServiceError, number: Int, wait: Int64)
    /// The service calls the state of a job by a word that is not known, or not at all; it is taken for running.
    case unknownStatus(service: String, job: String, word: String?)
    /// The service has no jobs yet: what is run there runs within one long request, which ends with this program.
    case withoutJobs(service: String)
    /// The service cannot save queries yet: this one is kept here.
    case savedHere(service: String, query: String)
    /// Nothing could be written down of a job, for the reason in it: other sessions will not find it.
    case notRecorded(service: String, job: String, because: ServiceError)
    /// What is to be known of the rows of a job.
    case result(service: String, job: String, ResultWarning)
}
