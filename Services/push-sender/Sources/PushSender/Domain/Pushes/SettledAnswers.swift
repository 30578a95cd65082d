/// What the breaker of a topic has seen, with the answers that were just written down.
struct SettledAnswers: Sendable, Hashable {
    let window: Breaker.Window
    /// What the window belongs to: an emptied one is another.
    let epoch: Int
    let isOpen: Bool
}
