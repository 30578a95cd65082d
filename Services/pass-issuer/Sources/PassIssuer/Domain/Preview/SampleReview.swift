import Contracts

/// What is wrong with content only once its tokens have values, found by filling in samples.
///
/// A sample is a guess, so what it shows is told as a warning: real values decide, and each pass is checked with its own.
enum SampleReview {
    private static let samples: [(sample: PreviewSample, words: String)] = [
        (.typical, "typical sample values"), (.longest, "long sample values"),
    ]

    /// What phones would refuse of a pass with typical values, and with long ones.
    static func warnings(about definition: CampaignDefinition, hasOrganizationName: Bool) -> [PassFault] {
        // Content that can't be read has faults of its own, which are told first.
        guard
            let content = try? CampaignContent(definition, hasOrganizationName: hasOrganizationName, accepting: .all),
            !content.pass.tokens.isEmpty || !content.ownLocalizations.isEmpty
        else { return [] }
        var found: [PassFault] = []
        for (sample, words) in samples {
            do {
                _ = try content.content(for: SampleValues(for: content, sample).values)
            } catch {
                for fault in error.faults where !found.contains(where: { $0.pointer == fault.pointer }) {
                    found.append(
                        PassFault(
                            fault.pointer, "With \(words) for its tokens: \(fault.reason)",
                            "\(fault.remedy) Links with such values are answered 422; see POST …/preview.",
                            severity: .warning))
                }
            }
        }
        return found
    }
}
