/// Everything that keeps a template from being read or rendered; never empty.
struct TemplateFaults: Error, Equatable, Sendable {
    /// The faults in the order of their places.
    let faults: [PassFault]
}
