import HTTPTypes

/// What the issuer has of a pass.
enum PassAnswer: Sendable {
    /// The signed package with the headers that phones get.
    case package([UInt8], HTTPHeaders)
    /// The phone has the newest package already.
    case notModified(HTTPHeaders)
    /// The issuer never made this pass.
    case unknown
}
