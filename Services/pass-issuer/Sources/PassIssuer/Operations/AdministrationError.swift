/// Why an administrator's request changes nothing.
enum AdministrationError: Error, Sendable {
    /// Every fault of the body.
    case faulty([PassFault])
    /// It contradicts what is there; the text says what to do.
    case conflict(String)
    /// Named by what it would have been: "campaign", "image".
    case unknown(String)
    case tooLarge(String)
}
