import HTTPTypes
import JSON
import Testing

@Suite struct ProblemTests {
    @Test("writes the members of RFC 9457 and ours, and no header")
    func encodes() throws {
        var problem = Problem(
            .unprocessableContent, "Two faults.", errors: [ProblemError(pointer: "/a~1b", detail: "is missing")],
            headers: ["X": "y"])
        problem.requestId = "r-1"
        #expect(
            String(decoding: try JSON.encode(problem), as: UTF8.self) == """
                {"detail":"Two faults.","errors":[{"detail":"is missing","pointer":"/a~1b"}],"requestId":"r-1",\
                "status":422,"title":"Unprocessable Content","type":"about:blank"}
                """)
    }

    @Test("reads a problem that has little more than its status")
    func decodesLittle() throws {
        let problem = try JSON.decode(Problem.self, from: Array(#"{"status":404,"more":1}"#.utf8))
        #expect(problem.type == "about:blank")
        #expect(problem.title == "Not Found")
        #expect(problem.detail == nil && problem.errors == nil && problem.requestId == nil)
    }

    @Test("names at least one second to wait", arguments: [(-1, "1"), (0, "1"), (7, "7")])
    func namesRetryAfter(seconds: Int, value: String) {
        #expect(Problem(.serviceUnavailable).retryAfter(seconds: seconds).headers["retry-after"] == value)
    }
}
