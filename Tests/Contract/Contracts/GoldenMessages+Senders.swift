import Contracts
import HTTPTypes
import JSON

extension GoldenMessages {
    static let pushSender = [
        // One of two shapes, told apart by their keys: there is no strict reading, and the calls between services need none.
        GoldenMessage("push-sender/credentials-certificate", closed: []) {
            PushCredentials.certificate(
                CertificateCredentials(
                    certificate: pem("CERTIFICATE", "MIIB"), privateKey: Confidential(pem("PRIVATE KEY", "MIID")),
                    intermediate: pem("CERTIFICATE", "MIIC")))
        },
        GoldenMessage("push-sender/credentials-token-key", closed: ["", "/tokenKey"]) {
            try PushCredentials.tokenKey(
                PushKey(
                    keyId: id("ABC123DEFG"), teamId: id("A1B2C3D4E5"),
                    privateKey: Confidential(pem("PRIVATE KEY", "MIGT"))))
        },
        GoldenMessage("push-sender/pushes-request") {
            try PushesRequest(
                pushId: id("0198c1d2-7a5b-7c3e-9f10-2b3c4d5e6f74"), passTypeIdentifier: id("pass.com.acme.loyalty"),
                pushTokens: [id("0c5a3d7e"), id("9f1b2c4d")], ratePerSecond: 100)
        },
        GoldenMessage("push-sender/pushes-answer") { PushesAnswer(accepted: 1, coalesced: 1, refused: 0) },
        GoldenMessage("push-sender/topic") {
            try Topic(
                passTypeIdentifier: id("pass.com.acme.loyalty"), state: .open, queued: 40, inFlight: 10,
                accepted: 1200, rejected: ["BadDeviceToken": 2, "Unregistered": 5],
                oldestQueuedAt: instant("2026-06-02T09:30:00Z"), lastError: "BadDeviceToken",
                certificateNotAfter: instant("2027-05-01T12:00:00Z"))
        },
        GoldenMessage("push-sender/topic-idle") {
            try Topic(
                passTypeIdentifier: id("pass.com.acme.loyalty"), state: .running, queued: 0, inFlight: 0, accepted: 0)
        },
    ]
}
