/// What phones do about a fault.
enum PhoneEffect: Hashable, Sendable {
    case refusesPackage
    /// Which of the two is not known, or depends on the release.
    case refusesOrLeavesOut
    case ignores
    case drawsTheFirst
    case drawsAnotherBarcode
    case showsPlainStyle
    case announcesNothing
    case cuts
    case olderPhonesLeaveOut(Int)
    case showsUntranslated
    case refusesUnlisted
    case loadsSlowly
    case keepsInstalledOnly
    case replacesTheFirst
    case neverUpdates
    case showsAnyway
    case unknown

    /// For people.
    var sentence: String {
        switch self {
        case .refusesPackage: "iOS refuses the whole pass, mostly without saying why."
        case .refusesOrLeavesOut: "iOS refuses the pass or shows it without this, and does not say why."
        case .ignores: "iOS ignores it and shows the rest."
        case .drawsTheFirst: "iOS draws the first ones and leaves out the rest without a word."
        case .drawsAnotherBarcode: "iOS draws the next barcode that it knows, or none, without a word."
        case .showsPlainStyle: "iOS shows the plain style instead, without a word."
        case .announcesNothing: "iOS shows the new value and notifies nobody."
        case .cuts: "iOS cuts it off."
        case .olderPhonesLeaveOut(let release): "Phones before iOS \(release) leave it out."
        case .showsUntranslated: "Phones in that language show the text as it stands in the pass."
        case .refusesUnlisted: "iOS refuses a package with a file that its manifest does not list."
        case .loadsSlowly: "Phones load it slowly, and over a poor network perhaps not at all."
        case .keepsInstalledOnly: "Phones that have the pass keep it; adding and updating it are refused."
        case .replacesTheFirst: "The second pass replaces the first on the phone."
        case .neverUpdates: "iOS shows the pass and never asks for updates, or refuses it."
        case .showsAnyway: "iOS shows the pass all the same."
        case .unknown: "What iOS does about it is not known."
        }
    }
}
