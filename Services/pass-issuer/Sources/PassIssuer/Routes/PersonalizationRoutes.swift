import Contracts
import HTTPServer
import HTTPTypes
import ServiceKit

/// `/rpc/v1/passes/{passTypeIdentifier}/{serialNumber}/personalization`: what an owner entered, from the device registry
/// (internal).
struct PersonalizationRoutes: Sendable {
    let personalizing: PassPersonalizing
    let logger: Logger
    let clock: @Sendable () -> Instant

    func add(to routes: inout Routes) {
        routes.on(
            .post, PassIssuerPaths.personalization, scopes: [.deviceRegistry],
            body: .collected(limit: PersonalizationRequest.maximumBytes)
        ) { request in
            let serialNumber: SerialNumber = try request.parameter("serialNumber")
            let passType: PassTypeIdentifier = try request.parameter("passTypeIdentifier")
            let body = try request.decode(PersonalizationRequest.self)
            let answer = try await translated {
                try await personalizing.personalize(serialNumber, passType: passType, by: body, at: clock())
            }
            if let campaign = answer.campaign {
                // What was signed for whom stands in the pass's row and timeline; here that it was.
                logger.with(requestID: request.requestID).info(
                    "A pass was personalised, and its token signed.", ["campaign": campaign.rawValue])
            }
            return HTTPResponse(
                headers: ["Content-Type": "application/octet-stream", "Cache-Control": "no-store, private"],
                body: .bytes(answer.signature))
        }
    }
}
