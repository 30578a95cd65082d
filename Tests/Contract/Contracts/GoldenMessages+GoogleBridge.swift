import Contracts
import HTTPTypes
import JSON

extension GoldenMessages {
    static let googleBridge = googleBridgeCalls + googleBridgeAdministration

    private static let googleBridgeCalls = [
        GoldenMessage("google-bridge/issuer-request") {
            try GoogleIssuerRequest(
                issuerId: id("3388000000012345678"),
                serviceAccount: Confidential([
                    "client_email": "wallet@acme.iam.gserviceaccount.com",
                    "private_key": .string(pem("PRIVATE KEY", "MIIE")),
                ]))
        },
        GoldenMessage("google-bridge/class-request", closed: ["", "/images/0", "/google"]) {
            try GoogleClassRequest(
                walletConfigurationId: id("acme"), version: 3, name: "Spring", organizationName: "Acme Ltd",
                pass: ["storeCard": ["headerFields": []]], localizations: ["de": ["Points": "Punkte"]],
                tokenPointers: ["/pass/storeCard/headerFields/0/value"],
                images: [GoogleImage(file: id("logo@2x.png"), sha256: id(hash), width: 320, height: 100)],
                google: GoogleOverrides(kind: .loyalty, classPatch: ["programName": "Spring"], objectPatch: [:]))
        },
        GoldenMessage("google-bridge/class-answer", closed: ["", "/googleClass"]) {
            GoogleClassAnswer(
                googleClass: GoogleClassStatus(
                    classId: "3388000000012345678.spring", state: .failed, variants: 2, error: "Permission denied."),
                warnings: ["beacons: Google has none."])
        },
        GoldenMessage("google-bridge/content-answer", closed: ["", "/errors/0"]) {
            GoogleContentAnswer(
                kind: .loyalty, errors: [ProblemError(pointer: "/pass", detail: "There is no style.")],
                warnings: ["beacons: Google has none."], missingImages: [.logo])
        },
        GoldenMessage("google-bridge/object-request") { try object },
        GoldenMessage("google-bridge/object-answer") {
            GoogleObjectAnswer(
                objectId: "3388000000012345678.0f9c1b",
                saveUrl: "https://pay.google.com/gp/v/save/eyJhbGciOiJSUzI1NiJ9", mode: .id)
        },
        GoldenMessage("google-bridge/objects-request", closed: []) {
            try GoogleObjectsRequest(objects: [GoogleObjectUpdate(serialNumber: id("0f9c1b"), object: object)])
        },
        GoldenMessage("google-bridge/objects-answer") {
            GoogleObjectsAnswer(
                objectIds: ["3388000000012345678.0f9c1b", "3388000000012345678.77aa01"],
                saveUrl: "https://pay.google.com/gp/v/save/eyJhbGciOiJSUzI1NiJ9", mode: .full)
        },
        // Each pass is read twice, its serial number apart: there is no strict reading, and these calls need none.
        GoldenMessage("google-bridge/object-updates-request", closed: []) {
            try GoogleObjectUpdatesRequest(
                updateId: id("0198c1d2-7a5b"), objects: [GoogleObjectUpdate(serialNumber: id("0f9c1b"), object: object)]
            )
        },
        GoldenMessage("google-bridge/object-updates-answer") { GoogleObjectUpdatesAnswer(accepted: 1, unchanged: 2) },
        GoldenMessage("google-bridge/preview-answer") {
            GooglePreviewAnswer(classResource: ["id": "3388.spring"], objectResource: ["id": "3388.preview"])
        },
    ]

    private static let googleBridgeAdministration = [
        GoldenMessage("google-bridge/class") {
            try GoogleClass(
                campaignId: id("spring"), walletConfigurationId: id("acme"), classId: "3388000000012345678.spring",
                kind: .loyalty, version: 3, state: .ready, warnings: [], override: ["programName": "Spring"])
        },
        GoldenMessage("google-bridge/class-failed") {
            try GoogleClass(
                campaignId: id("spring"), walletConfigurationId: id("acme"), classId: "3388000000012345678.spring",
                kind: .flight, version: 3, state: .failed, variants: 2, error: "Permission denied.",
                warnings: ["beacons: Google has none."])
        },
        GoldenMessage("google-bridge/drift", closed: ["", "/differences/0"]) {
            GoogleDrift(differences: [
                GoogleDriftItem(
                    classId: "3388000000012345678.spring", pointer: "/hexBackgroundColor", wanted: "#0a141e",
                    pushed: "#0a141e", remote: nil, origin: .console)
            ])
        },
        GoldenMessage("google-bridge/message-request") {
            GoogleMessageRequest(header: "News", body: "It is spring", notify: true)
        },
        GoldenMessage("google-bridge/messages-answer") { GoogleMessagesAnswer(operations: 1) },
        GoldenMessage("google-bridge/object") {
            try GoogleObject(
                serialNumber: id("0f9c1b"), objectId: "3388000000012345678.0f9c1b",
                classId: "3388000000012345678.spring", version: 4, state: .pending, saved: true, writtenAt: nil)
        },
        GoldenMessage("google-bridge/operation") {
            try GoogleOperation(
                id: "17", kind: .patchObject, target: "object:0f9c1b", state: .pending, attempts: 2, lastStatus: 503,
                lastError: "The service is currently unavailable.", nextAttemptAt: instant("2026-06-02T09:30:00Z"))
        },
        GoldenMessage("google-bridge/operation-failed") {
            GoogleOperation(
                id: "18", kind: .insertClass, target: "class:spring", state: .failed, attempts: 1, lastStatus: 403,
                lastError: "Permission denied.", remedy: "Add the account.")
        },
    ]

    private static let hash = String(repeating: "0f", count: 32)

    private static var object: GoogleObjectRequest {
        get throws {
            try GoogleObjectRequest(
                campaignId: id("spring"), walletConfigurationId: id("acme"), campaignVersion: 3, version: 4,
                organizationName: "Acme Ltd", pass: ["storeCard": ["headerFields": []]],
                localizations: ["de": ["Points": "Punkte"]], images: [], voided: true)
        }
    }
}
