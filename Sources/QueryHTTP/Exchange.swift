// One request and its answer, from the first byte sent to the last one handed on, with all the clocks that may end it.
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import QueryClient

/// What the client calls while a request is under way. All of it, and all of this object's state, belongs to one event loop.
final class Exchange: HTTPClientResponseDelegate, @unchecked Sendable {
    typealias Response = Void

    private let request: OutgoingRequest
    private let limits: HTTPLimits
    private let receiver: any HTTPReceiver
    private let loop: any EventLoop

    private var task: HTTPClient.Task<Void>?
    /// What ended the request, if anything but its proper end did. The first cause counts.
    private var fault: HTTPFault?
    private var intake: BodyIntake?
    private var isEmptyByRight = false
    private var isSent = false
    private var isOver = false
    private var wholeTimer: Scheduled<Void>?
    /// For the part that is under way: the connection, the head, or the body's next window.
    private var partTimer: Scheduled<Void>?

    init(_ request: OutgoingRequest, _ limits: HTTPLimits, _ receiver: any HTTPReceiver, on loop: any EventLoop) {
        (self.request, self.limits, self.receiver, self.loop) = (request, limits, receiver, loop)
    }

    /// Begins; `continuation` gets the fault, or nil once the answer is complete.
    func start(_ client: HTTPClient, _ continuation: CheckedContinuation<HTTPFault?, Never>) {
        loop.execute { [self] in
            if let fault { return continuation.resume(returning: fault) }
            wholeTimer = limits.whole.map { timer($0) { .timeout } }
            partTimer = timer(limits.connect) { .connectTimeout }
            let task = client.execute(request: request.request, delegate: self, eventLoop: .delegate(on: loop))
            self.task = task
            task.futureResult.whenComplete { [self] result in
                isOver = true
                wholeTimer?.cancel()
                partTimer?.cancel()
                self.task = nil
                guard case .failure(let error) = result else { return continuation.resume(returning: nil) }
                continuation.resume(returning: fault ?? HTTPFault(error, origin: request.origin, isSent: isSent, received: arrived))
            }
        }
    }

    /// From any thread, before or after the start.
    func cancel() {
        loop.execute { self.end(.cancelled) }
    }

    private var arrived: Int { intake?.arrived ?? 0 }

    private func end(_ fault: HTTPFault) {
        guard !isOver, self.fault == nil else { return }
        self.fault = fault
        task?.fail(reason: fault)
    }

    private func timer(_ time: Duration, _ fault: @escaping () -> HTTPFault) -> Scheduled<Void> {
        let box = NIOLoopBound(fault, eventLoop: loop)
        return loop.scheduleTask(in: TimeAmount(time)) { self.end(box.value()) }
    }

    // What the client calls, in this order.

    func didSendRequestHead(task: HTTPClient.Task<Void>, _ head: HTTPRequestHead) { waitForHead() }

    func didSendRequest(task: HTTPClient.Task<Void>) { waitForHead() }

    private func waitForHead() {
        isSent = true
        guard intake == nil else { return }
        partTimer?.cancel()
        partTimer = timer(limits.firstByte) { .firstByteTimeout }
    }

    func didReceiveHead(task: HTTPClient.Task<Void>, _ head: NIOHTTP1.HTTPResponseHead) -> EventLoopFuture<Void> {
        taking { () throws(HTTPFault) in
            partTimer?.cancel()
            isEmptyByRight = head.status == .noContent || head.status == .notModified || head.headers["Content-Length"] == ["0"]
            let encodings = head.headers["Content-Encoding"]
            intake = try BodyIntake(
                encoding: encodings.isEmpty ? nil : encodings.joined(separator: ", "), limits: limits, receiver: receiver)
            receiver.begin(
                QueryClient.HTTPResponseHead(
                    status: Int(head.status.code), headers: head.headers.map { HTTPHeader($0.name, $0.value) }))
            watchRate(from: 0)
        }
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        taking { () throws(HTTPFault) in
            try buffer.withUnsafeReadableBytes { (bytes) throws(HTTPFault) in try intake?.take(bytes) }
        }
    }

    func didFinishRequest(task: HTTPClient.Task<Void>) throws {
        try intake?.finish(isEmptyByRight: isEmptyByRight)
    }

    /// Does what may fail with a part of the answer, unless the request has ended already.
    private func taking(_ body: () throws(HTTPFault) -> Void) -> EventLoopFuture<Void> {
        guard !isOver, fault == nil else { return loop.makeFailedFuture(fault ?? .cancelled) }
        do throws(HTTPFault) {
            try body()
            return loop.makeSucceededVoidFuture()
        } catch {
            fault = error
            return loop.makeFailedFuture(error)
        }
    }

    /// Looks once in a while at how much has come since the last time.
    private func watchRate(from before: Int) {
        let window = max(TimeAmount(limits.rateWindow), .milliseconds(1))
        let box = NIOLoopBound(self, eventLoop: loop)
        partTimer = loop.scheduleTask(in: window) {
            let exchange = box.value
            let rate = Double(exchange.arrived - before) * 1e9 / Double(window.nanoseconds)
            if rate < Double(exchange.limits.leastRate) { return exchange.end(.tooSlow(bytesPerSecond: Int(rate))) }
            exchange.watchRate(from: exchange.arrived)
        }
    }
}
