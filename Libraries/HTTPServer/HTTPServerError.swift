import Glibc

/// Why a server did not start, or a body could not be read or spooled.
public enum HTTPServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The configured address is none.
    case badAddress(String)
    /// A system call failed while the listening socket was made.
    case listenFailed(name: String, address: String, port: Int, code: Int32)
    /// The HTTP library refused to start.
    case startFailed(name: String)
    /// The server was started before.
    case alreadyStarted
    /// The client went away, or was cut off, before the body's end.
    case bodyInterrupted
    /// A route throws it to close the connection without an answer, as a server does that crashes at that moment.
    case abandoned
    /// A temporary file could not be made or written.
    case spoolFailed(code: Int32)

    /// What happened, without anything private.
    public var description: String {
        switch self {
        case .badAddress(let address): "\(address) is no IP address"
        case .listenFailed(let name, let address, let port, let code):
            "the \(name) listener cannot use \(address) port \(port): \(String(cString: strerror(code)))"
        case .startFailed(let name): "the \(name) listener did not start"
        case .alreadyStarted: "the server was started before"
        case .bodyInterrupted: "the request's body ended early"
        case .abandoned: "the connection was closed without an answer"
        case .spoolFailed(let code): "a temporary file failed: \(String(cString: strerror(code)))"
        }
    }
}
