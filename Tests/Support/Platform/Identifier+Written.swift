import Contracts

extension Identifier {
    /// An identifier that a test writes down.
    public static func written(_ text: StaticString) -> Self {
        guard let identifier = Self(rawValue: "\(text)") else { preconditionFailure("\(text) is not \(rule)") }
        return identifier
    }
}
