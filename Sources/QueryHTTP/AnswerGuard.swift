// What stands between the decoder of HTTP and the client on each connection, and sees what neither looks at.
import NIOCore
import NIOHTTP1
import QueryClient

/// Refuses an answer that is followed by more bytes, floods of interim answers, and transfer encodings that nobody undoes.
///
/// The end of an answer waits here until all that was read with it has been decoded: bytes behind it make the decoder fail, and
/// then the answer is not trusted either, because the server and we disagree where it ends.
final class AnswerGuard: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias InboundOut = HTTPClientResponsePart

    private static let mostInterim = 16
    private var interim = 0
    private var end: HTTPClientResponsePart?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch part {
        case .head(let head) where head.status.code < 200:
            interim += 1
            if head.status == .switchingProtocols { refuse(context, "101 Switching Protocols, which nobody asked for") }
            if interim > AnswerGuard.mostInterim { refuse(context, "more than \(AnswerGuard.mostInterim) interim answers") }
        case .head(let head):
            interim = 0
            if let fault = AnswerGuard.fault(of: head.headers) { return refuse(context, fault) }
            context.fireChannelRead(data)
        case .body:
            context.fireChannelRead(data)
        case .end:
            end = part
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        handOnEnd(context)
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        handOnEnd(context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset behind a whole answer takes nothing from it; bytes that the decoder refuses do.
        if error is HTTPParserError || error is NIOHTTPDecoderError { end = nil }
        handOnEnd(context)
        context.fireErrorCaught(error)
    }

    private func handOnEnd(_ context: ChannelHandlerContext) {
        guard let held = end else { return }
        end = nil
        context.fireChannelRead(wrapInboundOut(held))
    }

    private func refuse(_ context: ChannelHandlerContext, _ reason: String) {
        context.fireErrorCaught(HTTPFault.malformed(reason: reason))
        context.close(promise: nil)
    }

    /// Where two readers of these headers could see two ends of the body.
    private static func fault(of headers: HTTPHeaders) -> String? {
        let lengths = headers["Content-Length"]
        let encodings = headers["Transfer-Encoding"]
        if encodings.isEmpty { return lengths.count > 1 ? "more than one Content-Length" : nil }
        if !lengths.isEmpty { return "Content-Length beside Transfer-Encoding" }
        return encodings.count == 1 && encodings[0].lowercased() == "chunked" ? nil : "a Transfer-Encoding other than chunked"
    }
}
