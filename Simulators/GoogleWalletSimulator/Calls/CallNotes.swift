/// What is learnt of a call while it is answered, for the log.
struct CallNotes: Sendable {
    var issuerID: String?
    var clientEmail: String?
}
