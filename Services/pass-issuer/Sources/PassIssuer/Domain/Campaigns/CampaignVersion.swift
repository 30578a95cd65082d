import Contracts

/// One version of a campaign with the bytes of its images: all that its passes are made of.
struct CampaignVersion: Sendable {
    let number: Int
    let definition: CampaignDefinition
    /// What is known of the images.
    let images: [ImageFile: CampaignImage]
    /// The images' bytes.
    let pictures: [ImageFile: [UInt8]]
}
