import Contracts
import HTTPTypes
import JSON

/// What is wrong with a webhook that an admin puts.
struct WebhookReview: Sendable {
    let addresses: WebhookAddresses
    /// Whether events may go out unencrypted.
    let allowsHTTP: Bool

    /// The longest URL that is stored.
    static let maximumURLBytes = 2_000

    /// Every fault at once.
    func faults(of request: WebhookRequest) -> [PassFault] {
        var faults: [PassFault] = []
        if let (reason, remedy) = fault(of: request.url) { faults.append(Self.fault("url", reason, remedy)) }
        if let events = request.events {
            if events.isEmpty {
                faults.append(
                    Self.fault("events", "A webhook without events is told nothing.", "Leave it out for all of them."))
            }
            if events.contains(.test) {
                faults.append(
                    Self.fault("events", "A test goes to every webhook that is tested.", "Leave `test` out."))
            }
            if Set(events).count < events.count {
                faults.append(Self.fault("events", "A kind stands there twice.", "Name each once."))
            }
        }
        return faults
    }

    private func fault(of url: String) -> (reason: String, remedy: String)? {
        let example = "Give a URL such as https://hooks.example.com/wallet."
        guard url.utf8.count <= Self.maximumURLBytes else {
            return ("The URL is longer than \(Self.maximumURLBytes) bytes.", example)
        }
        guard WebAddress.isWebURL(url), url.utf8.allSatisfy({ $0 < 0x7F }) else {
            return ("This is no https URL with a host.", example)
        }
        guard allowsHTTP || url.lowercased().hasPrefix("https://") else {
            return ("Events hold data of persons and go out encrypted.", example)
        }
        let authority = url[(url.firstRange(of: "://")?.upperBound ?? url.startIndex)...]
            .prefix { !"/?#\\".contains($0) }
        guard !authority.contains("@") else {
            return ("A user name in the URL would end up in logs.", "Check the signature instead.")
        }
        guard !url.contains("#") else { return ("A fragment is never sent.", "Leave out what stands from # on.") }
        return addressFault(of: authority)
    }

    /// A name is looked up when events are sent, and its addresses are checked then.
    private func addressFault(of authority: Substring) -> (reason: String, remedy: String)? {
        let host =
            authority.first == "["
            ? authority.prefix(through: authority.firstIndex(of: "]") ?? authority.startIndex)
            : authority.prefix { $0 != ":" }
        guard let address = WebhookAddresses.literal(host), !addresses.permits(address) else { return nil }
        return (
            "\(address) is no address of the public Internet.",
            "Name a public host, or have the operator allow the address in WEBHOOK_ALLOWED_NETWORKS."
        )
    }

    private static func fault(_ member: String, _ reason: String, _ remedy: String) -> PassFault {
        PassFault(JSONPointer.root.appending(member), reason, remedy)
    }
}
