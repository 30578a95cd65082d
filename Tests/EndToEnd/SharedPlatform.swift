import Contracts
import Support
import Testing

/// Gives the tests of a suite one platform with the demo campaign, and ends it after the last of them.
struct SharedPlatform: SuiteTrait, TestScoping {
    @TaskLocal fileprivate static var current: WalletPlatform?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing tests: @Sendable () async throws -> Void
    ) async throws {
        try await withPlatform { platform in
            try await platform.provideDemo()
            try await platform.putWalletConfiguration(.both, certificate: "other", google: true)
            try await platform.putCampaign(.both, configuration: .both)
            try await platform.putWalletConfiguration(.google, certificate: nil, google: true)
            try await platform.putCampaign(.google, configuration: .google)
            try await Self.$current.withValue(platform, operation: tests)
        }
    }
}

extension Trait where Self == SharedPlatform {
    /// One platform for all tests of the suite.
    static var sharedPlatform: Self { SharedPlatform() }
}

extension WalletPlatform {
    /// The platform of the suite.
    static func shared() throws -> WalletPlatform { try #require(SharedPlatform.current) }
}

extension CampaignID {
    /// A campaign for both wallets.
    static let both = CampaignID.written("both")
    /// A campaign for Google alone.
    static let google = CampaignID.written("google")
}

extension WalletConfigurationID {
    /// Credentials for both wallets.
    static let both = WalletConfigurationID.written("both")
    /// Credentials for Google alone.
    static let google = WalletConfigurationID.written("google")
}
