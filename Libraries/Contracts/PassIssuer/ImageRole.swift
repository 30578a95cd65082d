/// What an image of a campaign is for; the raw value is the file's stem.
public enum ImageRole: String, Choice {
    /// The icon on the lock screen and in lists.
    case icon
    /// The logo at the top of the pass.
    case logo
    /// The picture behind the primary fields.
    case strip
    /// The small picture beside the fields.
    case thumbnail
    /// The picture behind the whole front.
    case background
    /// The picture above the barcode.
    case footer
    /// The logo of a poster ticket.
    case primaryLogo
    /// The second logo of a poster ticket.
    case secondaryLogo
    /// The picture of a poster ticket.
    case artwork
    /// The map of a venue.
    case venueMap
    /// The logo of the rewards enrolment.
    case personalizationLogo
}
