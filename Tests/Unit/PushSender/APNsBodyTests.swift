import HTTPTypes
import Testing

@testable import PushSender

@Suite struct APNsBodyTests {
    @Test("reads the reason, and the timestamp as milliseconds")
    func reads() throws {
        // 1454948015990 ms are 2016-02-08T16:13:35.990Z.
        let body = APNsBody(Array(#"{"reason":"Unregistered","timestamp":1454948015990}"#.utf8))
        #expect(body.reason?.rawValue == "Unregistered")
        #expect(body.timestamp == Instant(rfc3339: "2016-02-08T16:13:35.990Z"))
    }

    @Test(
        "takes nothing from what is no answer of APNs",
        arguments: [
            "", "<html>Bad gateway</html>", "[]", #"{"reason":7,"timestamp":"soon"}"#, #"{"reason":"two words"}"#,
            #"{"reason":""}"#, #"{"timestamp":-5}"#,
        ])
    func ignores(text: String) {
        let body = APNsBody(Array(text.utf8))
        #expect(body.reason == nil && body.timestamp == nil)
    }

    @Test("brings a timestamp beyond all years to their end")
    func clamps() {
        #expect(APNsBody(Array(#"{"timestamp":9223372036854775807}"#.utf8)).timestamp == .latest)
    }
}
