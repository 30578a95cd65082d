import Contracts
import HTTPTypes
import JSON

/// Every message of the contracts.
enum GoldenMessages {
    static let all = common + walletConfigurations + campaigns + passes + deviceRegistry + pushSender + googleBridge

    static let common = [
        GoldenMessage("common/problem") {
            var problem = Problem(
                .unprocessableContent, "The body has 1 fault.",
                errors: [ProblemError(pointer: "/pass/a~1b", detail: "unknown key")])
            problem.requestId = "01J-abc.DEF_9"
            return problem
        },
        GoldenMessage("common/page") {
            try Page(
                items: [
                    ImageItem(
                        file: id("de.lproj/logo@2x.png"),
                        sha256: id("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), width: 320,
                        height: 100, bytes: 4096)
                ], nextCursor: "b2Zmc2V0OjUw")
        },
        GoldenMessage("common/no-body", closed: []) { NoBody() },
        GoldenMessage("common/last-page") { Page<ImageItem>(items: []) },
    ]
}
