import Foundation

/// An answer that a page of the console expects and the browser notes as an error all the same.
struct ConsoleRefusal: Sendable {
    private static let note = " - Failed to load resource: the server responded with a status of "

    /// The path that is asked; `*` is any one part of it.
    let path: String
    /// What it may answer.
    let statuses: [Int]

    /// Whether somebody is signed in is asked before anybody is.
    static let ofStranger = ConsoleRefusal(path: "/console/session", statuses: [401])

    /// Somebody who signs in when others have done so too often just before.
    static let ofHaste = ConsoleRefusal(path: "/console/session", statuses: [429])

    /// What an administrator's work may be answered.
    static let known = [
        // Content is checked and drawn while it is typed, and Google's side may be missing or away.
        ConsoleRefusal(path: "/admin/v1/campaigns/*/preview", statuses: [409, 422, 503]),
        ConsoleRefusal(path: "/admin/v1/campaigns/*/validation", statuses: [422]),
        ConsoleRefusal(path: "/admin/v1/barcodes", statuses: [422]),
        // Files may be no packages, and no certificates that are good.
        ConsoleRefusal(path: "/admin/v1/campaigns/*/import", statuses: [422]),
        ConsoleRefusal(path: "/admin/v1/wallet-configurations/*", statuses: [422]),
        // What is searched for may be a contact instead of a serial number.
        ConsoleRefusal(path: "/admin/v1/passes/*", statuses: [404, 422]),
    ]

    /// Whether this is what the browser noted about the console at a base URL.
    func explains(_ error: String, at base: String) -> Bool {
        let parts = error.components(separatedBy: Self.note)
        guard parts.count == 2, parts[0].hasPrefix(base + "/"),
            let asked = URLComponents(string: parts[0])?.percentEncodedPath,
            let status = Int(parts[1].prefix { $0.isNumber }), statuses.contains(status)
        else { return false }
        let (wanted, found) = (path.split(separator: "/"), asked.split(separator: "/"))
        return wanted.count == found.count && zip(wanted, found).allSatisfy { $0 == "*" || $0 == $1 }
    }
}
