import GoogleWalletSchema
import JSON
import Testing

@testable import GoogleBridge

/// What holds for every content, on contents over the whole vocabulary.
@Suite struct MappingPropertyTests {
    /// Contents that are right by Apple's rules, mapped as google-bridge does it.
    private static let mapped: Result<[(seed: UInt64, mapped: RandomContent.MappedPair)], any Error> = Result {
        try (UInt64(0)..<500).map { seed in
            var random = RandomContent(seed: seed)
            return (seed, try random.mappedPair())
        }
    }

    private func forEach(_ check: (RandomContent.MappedPair, Comment) throws -> Void) throws {
        for (seed, mapped) in try Self.mapped.get() {
            try check(mapped, "seed \(seed), \(mapped.object.kind)")
        }
    }

    @Test func givesWhatGoogleTakes() throws {
        try forEach { mapped, seed in
            let kind = mapped.object.kind
            #expect(mapped.ofCampaign.faults == [], seed)
            #expect(mapped.object.faults == [], seed)
            #expect(GoogleSchema.validate(mapped.classOfObject.resource, kind, .class, mode: .strict) == [], seed)
            #expect(GoogleSchema.validate(mapped.object.resource, kind, .object, mode: .strict) == [], seed)
        }
    }

    @Test func refersToFieldsThatAreThere() throws {
        try forEach { mapped, seed in
            let classResource = mapped.classOfObject.resource
            for text in fieldPaths(in: .object(classResource)) {
                let path = try #require(GoogleFieldPath(text))
                #expect(path.exists(in: mapped.object.kind), seed)
                let value = path.value(class: classResource, object: mapped.object.resource)
                #expect(value != nil, "\(seed): \(text)")
            }
        }
    }

    @Test func namesModulesAndLinksApart() throws {
        try forEach { mapped, seed in
            let modules = mapped.object.resource["textModulesData"]?.arrayValue ?? []
            let links = mapped.object.resource["linksModuleData"]?["uris"]?.arrayValue ?? []
            for elements in [modules, links] {
                let ids = elements.compactMap { $0["id"]?.stringValue }
                #expect(ids.count == elements.count && Set(ids).count == ids.count, seed)
            }
        }
    }

    @Test func givesEveryPassTheClassThatItNames() throws {
        try forEach { mapped, seed in
            let classID = mapped.object.resource["classId"]?.stringValue
            #expect(classID == mapped.classOfObject.resource["id"]?.stringValue, seed)
            #expect(mapped.ofCampaign.hasVariants == (mapped.object.variantKey != nil), seed)
            guard !mapped.ofCampaign.hasVariants else { return }
            // Then nothing that a pass has is on the class.
            expectSame(mapped.ofPass.resource, mapped.ofCampaign.resource, "\(seed)")
            #expect(!JSONValue.object(mapped.ofCampaign.resource).description.contains("{{"), seed)
        }
    }

    @Test func isTheSameEachTime() throws {
        try forEach { mapped, seed in
            let again = GoogleMapping.objectResource(
                of: mapped.pair.pass, serialNumber: mapped.pair.serialNumber, in: mapped.pair.context)
            #expect(again.resource == mapped.object.resource, seed)
        }
    }

    @Test func hasOneCanonicalForm() throws {
        try forEach { mapped, seed in
            let kind = mapped.object.kind
            let resources = [(GoogleLevel.class, mapped.classOfObject.resource), (.object, mapped.object.resource)]
            for (level, resource) in resources {
                let canonical = GoogleCanonical.canonical(resource, kind, level)
                #expect(GoogleCanonical.canonical(canonical, kind, level) == canonical, seed)
                let answer = GoogleSchema.answered(resource, kind, level)
                #expect(
                    GoogleComparison.differences(wanted: resource, pushed: resource, remote: answer, kind, level) == [],
                    seed)
            }
        }
    }

    @Test func meetsEveryKind() throws {
        var kinds: [GoogleKind: Int] = [:]
        try forEach { mapped, _ in kinds[mapped.object.kind, default: 0] += 1 }
        for kind in GoogleKind.allCases { #expect(kinds[kind, default: 0] >= 10, "\(kind): \(kinds)") }
    }
}
