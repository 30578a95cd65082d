import Contracts
import HTTPTypes
import JSON

extension GoldenMessages {
    static let erasures = [
        GoldenMessage("device-registry/erasures-request", closed: ["", "/passes/0"]) {
            try RegistryErasuresRequest(passes: [
                ErasedPass(passTypeIdentifier: id("pass.com.acme.loyalty"), serialNumber: id("0f9c1b"), version: 3)
            ])
        },
        GoldenMessage("device-registry/erasures-answer") { RegistryErasuresAnswer(passes: 1, pushTokens: 2) },
        GoldenMessage("device-registry/pass-updates-request-revival") {
            try PassUpdatesRequest(
                updateId: id("0198c1d2-7a5b-7c3e-9f10-2b3c4d5e6f73"),
                passTypeIdentifier: id("pass.com.acme.loyalty"), serialNumbers: [id("0f9c1b")], revives: true,
                version: 4)
        },
        GoldenMessage("push-sender/token-erasures-request") {
            try PushTokenErasuresRequest(pushTokens: [id("0c5a3d7e")], before: instant("2026-06-02T09:30:00Z"))
        },
        GoldenMessage("push-sender/token-erasures-answer") { PushTokenErasuresAnswer(removed: 3) },
        GoldenMessage("google-bridge/erasures-request") {
            try GoogleErasuresRequest(serialNumbers: [id("0f9c1b")], objects: [])
        },
        GoldenMessage("google-bridge/erasures-answer") { GoogleErasuresAnswer(objects: 1) },
        GoldenMessage("pass-issuer/erasure-request") { ErasureRequest(contactId: "c-1") },
        GoldenMessage("pass-issuer/erasure-request-repeated") {
            try ErasureRequest(contactHash: "k1.AAAA", erasedAt: instant("2026-06-02T09:30:00Z"))
        },
        GoldenMessage("pass-issuer/erasure", closed: ["", "/services/0"]) {
            try Erasure(
                id: id("0198c1d27a5b7c3e9f102b3c4d5e6f72"), state: .running, contactHash: "k1.AAAA",
                erasedAt: instant("2026-06-02T09:30:00Z"), requestId: "r-1", passes: 2,
                services: [
                    ErasureProgress(service: "pass-issuer", remaining: 0), ErasureProgress(service: "device-registry"),
                ])
        },
        GoldenMessage("pass-issuer/erasure-of-campaign") {
            try Erasure(
                id: id("0198c1d27a5b7c3e9f102b3c4d5e6f72"), state: .done, campaignId: id("spring-loyalty"),
                erasedAt: instant("2026-06-02T09:30:00Z"), finishedAt: instant("2026-06-02T09:31:00Z"),
                requestId: "r-1", passes: 2, services: [])
        },
    ]
}
