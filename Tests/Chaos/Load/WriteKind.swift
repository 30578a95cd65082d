/// The kinds of writes whose answers are counted.
enum WriteKind: String, CaseIterable, Sendable {
    case pass = "passes made by links"
    case patch = "changes of a pass"
    case massUpdate = "mass updates"
    case campaign = "changes of the campaign"
    case registration = "registrations"
    case unregistration = "unregistrations"
    case googlePass = "passes saved at Google"
}
