import Contracts
import JSON
import Testing

@Suite struct PushesRequestTests {
    @Test("counts texts that are no push tokens, and reads the others")
    func readsOthers() throws {
        let text = #"{"pushId":"p-1","passTypeIdentifier":"pass.x","pushTokens":["AB","not hex","abc","",  "cd"]}"#
        let request = try JSON.decode(PushesRequest.self, from: Array(text.utf8))
        #expect(request.pushTokens.map(\.rawValue) == ["ab", "cd"])
        #expect(request.unusableTokens == 3)
    }

    @Test("refuses what is no list of texts")
    func refusesShapes() {
        for tokens in ["[1]", "\"ab\"", "null"] {
            let text = #"{"pushId":"p-1","passTypeIdentifier":"pass.x","pushTokens":"# + tokens + "}"
            #expect(throws: JSONDecodingFailure.self) { try JSON.decode(PushesRequest.self, from: Array(text.utf8)) }
        }
    }
}
