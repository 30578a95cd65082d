import JSON
import Testing

@testable import PassIssuer

@Suite struct PassValidatorTests {
    @Test("finds nothing wrong with a small pass of each style", arguments: PassStyle.allCases)
    func small(style: PassStyle) throws {
        try ValidationCase("{}").expectWarnings(style)
        try ValidationCase("{}").expectErrors(style, .template)
    }

    @Test(
        "demands the required keys and one style",
        arguments: [
            ValidationCase(#"{"description":null}"#, "/pass/description"),
            ValidationCase(#"{"description":" "}"#, "/pass/description"),
            ValidationCase(#"{"description":5}"#, "/pass/description"),
            ValidationCase(#"{"organizationName":null}"#, "/pass/organizationName"),
            ValidationCase(#"{"storeCard":null}"#, "/pass"),
            ValidationCase(#"{"coupon":{}}"#, "/pass/storeCard"),
            ValidationCase(#"{"coupon":{},"generic":{}}"#, "/pass/generic", "/pass/storeCard"),
            ValidationCase(#"{"storeCard":"x"}"#, "/pass/storeCard"),
            ValidationCase(#"{"storeCard":{"primaryFields":{}}}"#, "/pass/storeCard/primaryFields"),
            ValidationCase(#"{"storeCard":{"primaryFields":["x"]}}"#, "/pass/storeCard/primaryFields/0"),
        ])
    func required(testCase: ValidationCase) throws {
        // Of several styles those after the first in the alphabet are the faults.
        try testCase.expectErrors(.storeCard)
    }

    @Test("names a second style however the style was called before")
    func styles() throws {
        try ValidationCase(#"{"storeCard":{}}"#, "/pass/storeCard").expectErrors(.coupon)
        try ValidationCase(#"{"posterGeneric":{}}"#, "/pass/posterGeneric").expectWarnings(.generic)
        try ValidationCase(#"{"posterGeneric":{}}"#, "/pass/posterGeneric").expectErrors(.coupon)
    }

    @Test("refuses the keys that the platform writes", arguments: PassKeys.identity)
    func identity(key: String) throws {
        try ValidationCase(#"{"\#(key)":"x"}"#, "/pass/\(key)").expectErrors(.storeCard)
        try ValidationCase(#"{"\#(key)":"{{contact.x}}"}"#, "/pass/\(key)").expectErrors(.storeCard, .template)
    }

    @Test("takes the organisation from the wallet configuration when the pass names none")
    func organization() throws {
        let pass = try ValidationCase.pass(.coupon).mergePatched(with: ["organizationName": .null])
        #expect(PassValidator(hasOrganizationName: true).faults(inRendered: pass).isEmpty)
        #expect(PassValidator(hasOrganizationName: false).faults(inRendered: pass).count == 1)
    }

    @Test(
        "knows the means of transport of boarding passes alone",
        arguments: [
            (
                PassStyle.boardingPass,
                ValidationCase(#"{"boardingPass":{"transitType":null}}"#, "/pass/boardingPass/transitType")
            ),
            (
                .boardingPass,
                ValidationCase(
                    #"{"boardingPass":{"transitType":"PKTransitTypeRocket"}}"#, "/pass/boardingPass/transitType")
            ),
            (.boardingPass, ValidationCase(#"{"boardingPass":{"transitType":"PKTransitTypeTrain"}}"#)),
            (.coupon, ValidationCase(#"{"coupon":{"transitType":"PKTransitTypeBus"}}"#, "/pass/coupon/transitType")),
        ])
    func transit(style: PassStyle, testCase: ValidationCase) throws {
        try testCase.expectErrors(style)
    }

    @Test(
        "checks the shape of the keys of the whole pass",
        arguments: [
            ValidationCase(#"{"backgroundColor":"rgb(255-255-255)"}"#, "/pass/backgroundColor"),
            ValidationCase(
                ##"{"foregroundColor":"#12","labelColor":7,"stripColor":"blue"}"##, "/pass/foregroundColor",
                "/pass/labelColor", "/pass/stripColor"),
            ValidationCase(##"{"backgroundColor":"#0f0","foregroundColor":"#00FF00","labelColor":"rgb(1,2,3)"}"##),
            ValidationCase(#"{"expirationDate":"2027-01-01T00:00:00.000Z"}"#, "/pass/expirationDate"),
            ValidationCase(#"{"expirationDate":"2027-02-29T00:00:00Z"}"#, "/pass/expirationDate"),
            ValidationCase(#"{"expirationDate":"2012-07-22T14:25-08:00","voided":true}"#),
            ValidationCase(#"{"voided":"true","sharingProhibited":1}"#, "/pass/voided", "/pass/sharingProhibited"),
            ValidationCase(#"{"maxDistance":"500"}"#, "/pass/maxDistance"),
            ValidationCase(#"{"maxDistance":-1}"#, "/pass/maxDistance"),
            ValidationCase(#"{"maxDistance":500.5,"userInfo":{"a":[1]},"suppressStripShine":true}"#),
            ValidationCase(#"{"userInfo":"x"}"#, "/pass/userInfo"),
            ValidationCase(#"{"logoText":null,"sellURL":"example.com"}"#, "/pass/sellURL"),
            ValidationCase(#"{"sellURL":"ftp://example.com","transferURL":"https://example.com/t"}"#, "/pass/sellURL"),
            ValidationCase(#"{"contactVenueEmail":"nobody"}"#, "/pass/contactVenueEmail"),
            ValidationCase(#"{"preferredStyleSchemes":["poster"]}"#, "/pass/preferredStyleSchemes/0"),
            ValidationCase(#"{"associatedStoreIdentifiers":["1"]}"#, "/pass/associatedStoreIdentifiers/0"),
            ValidationCase(#"{"associatedStoreIdentifiers":[1.5]}"#, "/pass/associatedStoreIdentifiers/0"),
            ValidationCase(#"{"groupingIdentifier":"trip"}"#, "/pass/groupingIdentifier"),
        ])
    func shapes(testCase: ValidationCase) throws {
        try testCase.expectErrors(.storeCard)
    }

    @Test("groups boarding passes and event tickets", arguments: [PassStyle.boardingPass, .eventTicket])
    func grouping(style: PassStyle) throws {
        try ValidationCase(#"{"groupingIdentifier":"trip"}"#).expectErrors(style)
    }

    @Test(
        "launches an app that is named",
        arguments: [
            ValidationCase(#"{"appLaunchURL":"myapp://x"}"#, "/pass/appLaunchURL"),
            ValidationCase(#"{"appLaunchURL":"myapp://x","associatedStoreIdentifiers":[]}"#, "/pass/appLaunchURL"),
            ValidationCase(#"{"appLaunchURL":"no scheme","associatedStoreIdentifiers":[1]}"#, "/pass/appLaunchURL"),
            ValidationCase(#"{"appLaunchURL":"myapp://x","associatedStoreIdentifiers":[284882215]}"#),
        ])
    func apps(testCase: ValidationCase) throws {
        try testCase.expectErrors(.storeCard)
    }

    @Test(
        "warns of what phones ignore or only newer ones know",
        arguments: [
            ValidationCase(#"{"backgroundColour":"red"}"#, "/pass/backgroundColour"),
            ValidationCase(#"{"storeCard":{"middleFields":[]}}"#, "/pass/storeCard/middleFields"),
            ValidationCase(
                #"{"storeCard":{"backFields":[{"key":"b","value":1,"colour":"red"}]}}"#,
                "/pass/storeCard/backFields/0/colour"),
            ValidationCase(
                #"{"storeCard":{"additionalInfoFields":[{"key":"b","value":1}]}}"#,
                "/pass/storeCard/additionalInfoFields"),
            ValidationCase(#"{"relevantDate":"2027-01-01T00:00Z"}"#, "/pass/relevantDate"),
            ValidationCase(
                #"{"featuredActions":[{"identifier":"a","type":"shop","url":"https://example.com"}]}"#,
                "/pass/featuredActions"),
        ])
    func warnings(testCase: ValidationCase) throws {
        try testCase.expectWarnings(.storeCard)
    }

    @Test(
        "checks featured actions",
        arguments: [
            ValidationCase(#"{"featuredActions":[{"identifier":"a","type":"shop"}]}"#, "/pass/featuredActions/0/url"),
            ValidationCase(
                #"{"featuredActions":[{"identifier":"a","type":"place","url":"x:y"}]}"#,
                "/pass/featuredActions/0/placeIdentifier"),
            ValidationCase(
                #"{"featuredActions":[{"type":"call","url":"tel:1"}]}"#, "/pass/featuredActions/0/identifier"),
            ValidationCase(
                #"{"featuredActions":[{"identifier":"a","type":"call","url":"tel:1"},{"identifier":"b","type":"call","url":"tel:1"},{"identifier":"c","type":"call","url":"tel:1"}]}"#,
                "/pass/featuredActions"),
        ])
    func actions(testCase: ValidationCase) throws {
        try testCase.expectErrors(.generic)
    }

    @Test("reports every fault at once")
    func everything() throws {
        try ValidationCase(
            #"{"description":null,"serialNumber":"1","maxDistance":"1","backgroundColor":"x","storeCard":{"primaryFields":[{"value":1}]}}"#,
            "/pass/description", "/pass/serialNumber", "/pass/maxDistance", "/pass/backgroundColor",
            "/pass/storeCard/primaryFields/0/key"
        ).expectErrors(.storeCard)
    }

    @Test("refuses a pass that is no object")
    func noObject() {
        let validator = PassValidator(hasOrganizationName: true)
        #expect(validator.faults(inTemplate: [1]).map(\.pointer.description) == ["/pass"])
    }
}
