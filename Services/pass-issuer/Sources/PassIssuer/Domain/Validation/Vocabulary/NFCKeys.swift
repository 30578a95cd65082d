/// The keys of the NFC dictionary (Apple's NFC).
enum NFCKeys {
    static let table = KeyTable(
        "the NFC dictionary",
        [
            "message": .required(.text(.notEmpty)),
            "encryptionPublicKey": .required(.text(.encryptionKey)),
            "requiresAuthentication": .optional(.boolean),
        ])
}
