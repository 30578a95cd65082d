import Contracts
import Testing

@testable import PassIssuer

@Suite struct BundleDestinationTests {
    private static let phone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    private static let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit"
    private static let safari = "\(phone) Version/18.5 Mobile/15E148 Safari/604.1"
    private static let chrome = "\(phone) CriOS/137.0.7151.51 Mobile/15E148 Safari/604.1"
    private static let android = "Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 Mobile Safari/537.36"

    private static func destination(
        _ link: LinkPlatform, _ userAgent: String?, chosen: Platform? = nil, isFile: Bool = false,
        isBrowser: Bool = true
    ) -> BundleDestination {
        BundleDestination(of: link, chosen: chosen, isFile: isFile, userAgent: userAgent, isBrowser: isBrowser)
    }

    @Test(
        "knows Safari on each of Apple's devices",
        arguments: [
            safari, "\(mac)/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
            "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1 Mobile/15E148 Safari/604.1",
        ])
    func isSafari(userAgent: String) {
        #expect(DeviceFamily.isSafari(userAgent: userAgent))
    }

    @Test(
        "takes no other browser, and no app with a browser inside, for Safari",
        arguments: [
            chrome, "\(phone) FxiOS/139.0 Mobile/15E148 Safari/605.1.15",
            "\(phone) Version/18.0 EdgiOS/137.0.3296.57 Mobile/15E148 Safari/605.1.15",
            "\(phone) Version/18.5 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15",
            "\(phone) GSA/371.0 Mobile/15E148 Safari/604.1", "\(phone) Mobile/15E148",
            "\(phone) Mobile/22F76 [FBAN/FBIOS;FBAV/514.0;FBDV/iPhone15,2]",
            "\(phone) Version/16.0 Mobile/15E148 Safari/604.1 OPT/5.4",
            "\(mac)/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36", android, "curl/8.14.1", "",
        ])
    func isNotSafari(userAgent: String) {
        #expect(!DeviceFamily.isSafari(userAgent: userAgent))
    }

    @Test("gives Apple's passes together to Safari, to programs and by the file's name, and the page to everybody else")
    func apple() {
        for link in [LinkPlatform.apple, .any] {
            #expect(Self.destination(link, Self.safari) == .together(.apple))
            #expect(Self.destination(link, Self.chrome) == .page)
            #expect(Self.destination(link, Self.chrome, isBrowser: false) == .page)
            #expect(Self.destination(link, Self.chrome, isFile: true) == .together(.apple))
        }
        #expect(Self.destination(.apple, nil, isBrowser: false) == .together(.apple))
        #expect(Self.destination(.apple, Self.android) == .page)
        #expect(Self.destination(.any, nil, isBrowser: false) == .page)
        #expect(Self.destination(.any, "curl/8", chosen: .apple, isBrowser: false) == .together(.apple))
    }

    @Test("gives Google's passes together to every browser")
    func google() {
        #expect(Self.destination(.google, Self.safari) == .together(.google))
        #expect(Self.destination(.any, Self.android) == .together(.google))
        #expect(Self.destination(.any, Self.chrome, chosen: .google) == .together(.google))
    }
}
