import Contracts
import JSON
import Testing

@testable import GoogleBridge

/// The campaign's and the admin's patches on what is mapped.
@Suite struct MappingPatchTests {
    @Test func mergesTheCampaignsPatches() throws {
        let google =
            #"{"class":{"redemptionChannel":"ONLINE","helpUri":{"uri":"https://help.example"}},"object":{"state":"COMPLETED"}}"#
        let content = try SmallContent(#"{"coupon":{}}"#, google: google)
        #expect(try content.mappedClass().resource["redemptionChannel"]?.stringValue == "ONLINE")
        #expect(try content.mappedClass().resource["helpUri"]?["uri"]?.stringValue == "https://help.example")
        #expect(try content.mappedObject().resource["state"]?.stringValue == "COMPLETED")
    }

    @Test func takesAwayWhatAPatchMakesNull() throws {
        let content = try SmallContent(
            ##"{"coupon":{},"backgroundColor":"#000000"}"##, google: #"{"class":{"hexBackgroundColor":null}}"#)
        #expect(try content.mappedClass().resource["hexBackgroundColor"] == nil)
    }

    @Test func mergesTheAdminsPatchLast() throws {
        var content = try SmallContent(#"{"coupon":{}}"#, google: #"{"class":{"shortTitle":"Theirs"}}"#)
        content.context.classOverride = ["shortTitle": "Admin's", "countryCode": "CH"]
        let resource = try content.mappedClass().resource
        #expect(resource["shortTitle"]?.stringValue == "Admin's")
        #expect(resource["countryCode"]?.stringValue == "CH")
    }

    @Test(arguments: [
        // What can't be, and where the fault stands.
        (#"{"class":{"id":"1.x"}}"#, "/google/class/id"), (#"{"class":{"review":{}}}"#, "/google/class/review"),
        (#"{"class":{"hexBackgroundColor":"red"}}"#, "/google/class/hexBackgroundColor"),
        (#"{"class":{"unknownThing":1}}"#, "/google/class/unknownThing"),
        (#"{"class":{"redemptionChannel":"SHOP"}}"#, "/google/class/redemptionChannel"),
        (#"{"class":{"heroImage":{"sourceUri":{"uri":"x"}}}}"#, "/google/class/heroImage/sourceUri/uri"),
    ])
    func saysWhatIsWrongWithAPatchOfTheClass(google: String, place: String) throws {
        let faults = try SmallContent(#"{"coupon":{}}"#, google: google).mappedClass().faults
        #expect(faults.map(\.pointer.description) == [place])
        #expect(faults.allSatisfy { $0.reason.hasSuffix(".") && $0.remedy.hasSuffix(".") })
    }

    @Test(arguments: [
        (#"{"object":{"classId":"1.x"}}"#, "/google/object/classId"),
        (#"{"object":{"hasUsers":true}}"#, "/google/object/hasUsers"),
        (#"{"object":{"state":"GONE"}}"#, "/google/object/state"),
        (#"{"object":{"textModulesData":[{"id":"a.b","body":"x"}]}}"#, "/google/object/textModulesData/0/id"),
    ])
    func saysWhatIsWrongWithAPatchOfTheObject(google: String, place: String) throws {
        let faults = try SmallContent(#"{"coupon":{}}"#, google: google).mappedObject().faults
        #expect(faults.map(\.pointer.description) == [place])
    }

    @Test func saysWhatIsWrongWithTheAdminsPatch() throws {
        var content = try SmallContent(#"{"coupon":{}}"#)
        content.context.classOverride = ["redemptionChannel": "SHOP"]
        #expect(try content.mappedClass().faults.map(\.pointer.description) == ["/override/redemptionChannel"])
    }

    @Test func refusesTokensInThePatchOfTheClass() throws {
        let content = try SmallContent(
            #"{"coupon":{}}"#, google: #"{"class":{"shortTitle":"{{voucher.x}}"}}"#,
            tokens: ["/google/class/shortTitle"])
        #expect(try content.mappedClass().faults.map(\.pointer.description) == ["/google/class/shortTitle"])
    }

    @Test func takesTokensInThePatchOfTheObject() throws {
        let content = try SmallContent(
            #"{"coupon":{}}"#, google: #"{"object":{"state":"{{voucher.state}}"}}"#, tokens: ["/google/object/state"])
        let answer = GoogleContentCheck.check(content.campaign)
        #expect(answer.errors == [])
    }

    @Test func makesTheRowsWithoutWhatAPatchTookAway() throws {
        let pass = #"{"generic":{"secondaryFields":[{"key":"a","value":"1"},{"key":"b","value":"2"}]}}"#
        let google = #"{"object":{"textModulesData":[{"id":"b","body":"mine"}]}}"#
        let content = try SmallContent(pass, google: google)
        #expect(fieldPaths(in: .object(try content.mappedClass().resource)) == ["object.textModulesData['b']"])
        #expect(try content.mappedClass().warnings.contains { $0.hasPrefix("/google: ") })
    }

    @Test func leavesTheRowsOfAPatchAsTheyAre() throws {
        let rows =
            #"[{"oneItem":{"item":{"firstValue":{"fields":[{"fieldPath":"object.textModulesData['later']"}]}}}}]"#
        let content = try SmallContent(
            #"{"generic":{"secondaryFields":[{"key":"a","value":"1"}]}}"#,
            google: #"{"class":{"classTemplateInfo":{"cardTemplateOverride":{"cardRowTemplateInfos":\#(rows)}}}}"#)
        #expect(fieldPaths(in: .object(try content.mappedClass().resource)) == ["object.textModulesData['later']"])
    }

    @Test func warnsOfWhatGoogleHasGivenUp() throws {
        let content = try SmallContent(#"{"coupon":{}}"#, google: #"{"class":{"allowMultipleUsersPerObject":true}}"#)
        #expect(
            try content.mappedClass().warnings.contains { $0.hasPrefix("/google/class/allowMultipleUsersPerObject") })
    }
}
