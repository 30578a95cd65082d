import Contracts
import HTTPClient
import HTTPServer
import HTTPTypes
import JSON

/// A campaign's side at Google: what Google would say to it, its class, and how far that is.
struct GoogleCampaigns: Sendable {
    let configurations: WalletConfigurationStore
    let bridge: GoogleBridgeClient

    /// What google-bridge found in a campaign before it is stored.
    struct Review: Sendable {
        var faults: [PassFault] = []
        var warnings: [String] = []

        /// A fault as it is told where it keeps nothing from being stored.
        static func warning(_ fault: PassFault) -> String { "Google refuses \(fault)" }
    }

    /// Asks what Google would refuse; Google and google-bridge being away never keeps a campaign from being stored.
    func review(_ campaign: Campaign) async throws -> Review {
        guard let request = try await classRequest(of: campaign) else { return Review() }
        do throws(RPCError) {
            let answer = try await bridge.validate(request)
            return Review(faults: answer.errors.map(PassFault.init(google:)), warnings: answer.warnings)
        } catch {
            return Review(warnings: [
                "Google's rules could not be checked, since google-bridge can't be asked now. "
                    + "What Google refuses will stand in googleClass."
            ])
        }
    }

    /// Has the class written, and waits a while for it.
    func publish(_ campaign: Campaign, on behalf: HTTPRequest) async throws -> GoogleClassAnswer? {
        guard campaign.activatedAt != nil, let request = try await classRequest(of: campaign) else { return nil }
        do throws(RPCError) {
            return try await bridge.putClass(campaign.id, request, on: behalf)
        } catch {
            // The outbox has the change too: what does not come through now comes later.
            guard case .problem(let problem) = error, [409, 422].contains(problem.status) else { return nil }
            return Self.refusal(problem)
        }
    }

    /// A class that google-bridge will not write as the campaign is now.
    private static func refusal(_ problem: Problem) -> GoogleClassAnswer {
        let reasons = [problem.detail ?? problem.title] + (problem.errors ?? []).map { "\($0.pointer): \($0.detail)" }
        return GoogleClassAnswer(
            googleClass: GoogleClassStatus(state: .failed, error: reasons.joined(separator: " ")))
    }

    /// How far the class of a campaign is.
    func status(of campaign: Campaign, issuer: CampaignIssuer?) async -> GoogleClassAnswer {
        guard campaign.activatedAt != nil, issuer?.hasGoogle == true else {
            return GoogleClassAnswer(googleClass: GoogleClassStatus(state: .none))
        }
        do throws(RPCError) {
            let answer = try await bridge.classStatus(of: campaign.id)
            guard answer.googleClass.state == .none else { return answer }
            // google-bridge has not heard of the campaign yet: the message is on its way.
            return GoogleClassAnswer(googleClass: GoogleClassStatus(state: .pending), warnings: answer.warnings)
        } catch {
            let isAway = error.status != .notFound
            return GoogleClassAnswer(
                googleClass: GoogleClassStatus(
                    state: .pending, error: isAway ? "google-bridge can't be asked now." : nil))
        }
    }

    /// The campaign as google-bridge is asked for its class; nil when it has no Google issuer, or can't be read.
    func classRequest(of campaign: Campaign) async throws -> GoogleClassRequest? {
        guard let configuration = try await configurations.configuration(campaign.walletConfiguration),
            configuration.google != nil
        else { return nil }
        do throws(TemplateFaults) {
            let content = try CampaignContent(
                campaign.definition, hasOrganizationName: configuration.organizationName != nil, accepting: .all)
            let google = try GoogleContent(
                campaign.definition.google, images: campaign.images, walletConfiguration: configuration.id,
                organizationName: configuration.organizationName)
            return google.classRequest(of: content, name: campaign.name, version: campaign.version)
        } catch {
            // Its own faults are told before anybody asks Google.
            return nil
        }
    }
}

extension PassFault {
    /// A fault that google-bridge found; its detail holds reason and remedy.
    fileprivate init(google error: ProblemError) {
        self.init(JSONPointer(error.pointer) ?? .root, error.detail, "")
    }
}
