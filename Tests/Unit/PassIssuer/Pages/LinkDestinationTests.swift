import Contracts
import Testing

@testable import PassIssuer

@Suite struct LinkDestinationTests {
    private static func destination(
        _ link: LinkPlatform, _ device: DeviceFamily, chosen: Platform? = nil, isFile: Bool = false,
        isBrowser: Bool = true
    ) -> LinkDestination {
        LinkDestination(of: link, chosen: chosen, isFile: isFile, device: device, isBrowser: isBrowser)
    }

    @Test("a link for any wallet leads each phone to its own, and everything else to the page")
    func any() {
        #expect(Self.destination(.any, .apple) == .pass(.apple))
        #expect(Self.destination(.any, .android) == .pass(.google))
        #expect(Self.destination(.any, .other) == .page)
        #expect(Self.destination(.any, .other, isBrowser: false) == .page)
        #expect(Self.destination(.any, .android, chosen: .apple) == .pass(.apple))
    }

    @Test(
        "a link for any wallet is Apple's pass on an iPhone, an iPad and a Mac",
        arguments: [
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15",
        ])
    func appleDevices(userAgent: String) {
        #expect(Self.destination(.any, DeviceFamily(userAgent: userAgent)) == .pass(.apple))
    }

    @Test("a link for Apple is a pass wherever it can be used, or somebody insists")
    func apple() {
        #expect(Self.destination(.apple, .apple) == .pass(.apple))
        #expect(Self.destination(.apple, .android) == .page)
        #expect(Self.destination(.apple, .other) == .page)
        #expect(Self.destination(.apple, .other, isBrowser: false) == .pass(.apple))
        #expect(Self.destination(.apple, .other, isFile: true) == .pass(.apple))
        #expect(Self.destination(.apple, .android, chosen: .apple) == .pass(.apple))
        #expect(Self.destination(.apple, .android, chosen: .google) == .page)
    }

    @Test(
        "a link for Google saves into an account, which every browser can",
        arguments: [DeviceFamily.apple, .android, .other])
    func google(device: DeviceFamily) {
        #expect(Self.destination(.google, device) == .pass(.google))
    }
}
