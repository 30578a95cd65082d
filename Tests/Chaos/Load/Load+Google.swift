import Contracts
import GoogleWalletSimulator
import HTTPTypes
import Support

extension Load {
    private static let android = "Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 Mobile Safari/537.36"

    /// Makes passes at Google that change all the time.
    func addGooglePasses(_ count: Int) async throws {
        for _ in 0..<count { _ = try await save(isSteady: true) }
    }

    /// New people save their passes at Google; each is changed once.
    func saveAtGoogle() async throws {
        while isOn.isUp {
            let serialNumber = try await save(isSteady: false)
            try await insistOnChange(serialNumber)
            try await pause(1_000...3_000)
        }
    }

    private func save(isSteady: Bool) async throws -> String {
        let person = Person()
        var serialNumber: String?
        try await insist(.googlePass) {
            let link = try await link(for: person, .google)
            await ledger.open(key: person.id)
            let answer = try await platform.open(link, userAgent: Self.android)
            guard answer.status == .seeOther, let page = answer.headers["Location"] else {
                throw Unanswered(status: answer.status.rawValue)
            }
            // The link of a class that Google lost or never had would be refused here.
            let ids = try await stage.google.save(link: page, user: "\(person.id)@example.com")
            serialNumber = ids.first?.split(separator: ".").last.map(String.init)
        }
        guard let serialNumber else { throw CancellationError() }
        await ledger.add(serialNumber, WrittenPass(key: person.id, wallet: .google, isSteady: isSteady))
        return serialNumber
    }
}
