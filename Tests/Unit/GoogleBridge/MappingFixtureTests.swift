import GoogleWalletSchema
import JSON
import Testing

@testable import GoogleBridge

@Suite struct MappingFixtureTests {
    @Test(arguments: GoogleKind.allCases)
    func impliesTheKind(kind: GoogleKind) throws {
        let fixture = try MappingFixture(kind)
        #expect(GoogleMapping.classResource(of: fixture.campaign, in: fixture.context).kind == kind)
    }

    @Test(arguments: GoogleKind.allCases)
    func makesTheClass(kind: GoogleKind) throws {
        let fixture = try MappingFixture(kind)
        let ofCampaign = GoogleMapping.classResource(of: fixture.campaign, in: fixture.context)
        #expect(ofCampaign.faults == [])
        #expect(ofCampaign.hasVariants == fixture.hasVariants)
        let ofPass = GoogleMapping.classResource(of: fixture.pass, in: fixture.context)
        expectSame(ofPass.resource, fixture.expectedClass, "class of the pass")
        #expect(ofPass.faults == [])
        if !fixture.hasVariants { expectSame(ofCampaign.resource, fixture.expectedClass, "class of the campaign") }
    }

    @Test(arguments: GoogleKind.allCases)
    func makesTheObject(kind: GoogleKind) throws {
        let fixture = try MappingFixture(kind)
        let object = GoogleMapping.objectResource(
            of: fixture.pass, serialNumber: fixture.serialNumber, in: fixture.context)
        expectSame(object.resource, fixture.expectedObject, "object")
        #expect(object.faults == [])
        #expect(object.kind == kind)
        #expect(object.resource["classId"]?.stringValue == fixture.expectedClass["id"]?.stringValue)
    }

    @Test(arguments: GoogleKind.allCases)
    func warnsOfWhatIsLeftOut(kind: GoogleKind) throws {
        let fixture = try MappingFixture(kind)
        let warnings = GoogleMapping.classResource(of: fixture.campaign, in: fixture.context).warnings
        let places = warnings.map { String($0.prefix { $0 != ":" }) }
        #expect(Set(places) == fixture.warnings, "\(warnings)")
        #expect(warnings.allSatisfy { $0.hasSuffix(".") })
    }

    @Test(arguments: GoogleKind.allCases)
    func writesNothingThatGoogleWouldRefuse(kind: GoogleKind) throws {
        let fixture = try MappingFixture(kind)
        #expect(GoogleSchema.validate(fixture.expectedClass, kind, .class, mode: .strict) == [])
        #expect(GoogleSchema.validate(fixture.expectedObject, kind, .object, mode: .strict) == [])
    }

    @Test(arguments: GoogleKind.allCases)
    func refersToFieldsThatAreThere(kind: GoogleKind) throws {
        let fixture = try MappingFixture(kind)
        for text in fieldPaths(in: .object(fixture.expectedClass)) {
            let path = try #require(GoogleFieldPath(text))
            #expect(path.exists(in: kind))
            #expect(path.value(class: fixture.expectedClass, object: fixture.expectedObject) != nil, "\(text)")
        }
    }
}

/// Every path to a field in a class's template.
func fieldPaths(in value: JSONValue) -> [String] {
    switch value {
    case .object(let object):
        object.flatMap { key, value in
            key == "fieldPath" ? [value.stringValue ?? ""] : fieldPaths(in: value)
        }
    case .array(let elements): elements.flatMap(fieldPaths)
    default: []
    }
}
