/// Digests and signatures as the openssl command line tool sees them, so that no code of ours judges itself.
enum OpenSSL {
    /// The lower-case SHA-1 digests of some contents, in their order.
    static func sha1(_ contents: [[UInt8]]) async throws(PhoneRefusal) -> [String] {
        guard !contents.isEmpty else { return [] }
        var directory = try TemporaryDirectory()
        var paths: [String] = []
        for (index, bytes) in contents.enumerated() { paths.append(try directory.write(bytes, as: "\(index)")) }
        let outcome = try await Command.run(
            ["openssl", "dgst", "-sha1", "-r"] + paths, outputTo: directory.file("output"))
        let lines = outcome.output.split(separator: "\n")
        let digests = lines.compactMap { $0.split(separator: " ").first.map(String.init) }
        guard outcome.status == 0, digests.count == contents.count else {
            throw .unusable("openssl dgst failed: \(outcome.output)")
        }
        return digests
    }

    /// Who signed a detached CMS over the content.
    ///
    /// - Parameter authorities: a PEM file of root certificates; nil checks the signature but not who vouches for it.
    static func signer(
        of content: [UInt8], signature: [UInt8], authorities: String?
    ) async throws(PhoneRefusal) -> SignerCertificate {
        var directory = try TemporaryDirectory()
        let contentPath = try directory.write(content, as: "manifest.json")
        let signaturePath = try directory.write(signature, as: "signature")
        let signer = directory.file("signer.pem")
        let output = directory.file("output")
        let trust = authorities.map { ["-CAfile", $0, "-no-CApath", "-no-CAstore"] } ?? ["-noverify"]
        let verification = try await Command.run(
            ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", signaturePath, "-content", contentPath]
                + ["-purpose", "any", "-signer", signer, "-out", "/dev/null"] + trust, outputTo: output)
        guard verification.status == 0 else { throw .signature(Self.reason(in: verification.output)) }

        let structure = try await Command.run(
            ["openssl", "cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", signaturePath],
            outputTo: output)
        guard structure.status == 0, structure.output.contains("signingTime") else {
            throw .signature("it has no signing time")
        }
        let subject = try await Command.run(
            ["openssl", "x509", "-in", signer, "-noout", "-subject", "-nameopt", "multiline,-align,utf8,-esc_msb"],
            outputTo: output)
        guard subject.status == 0 else { throw .signature("its certificate cannot be read") }
        return SignerCertificate(subject: subject.output)
    }

    // "<thread>:error:<code>:<library>:<function>:<reason>:<file>:<line>:<more, such as Verify error: …>"
    private static func reason(in output: String) -> String {
        let reasons = output.split(separator: "\n").compactMap { line -> String? in
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count > 8, fields[1] == "error" else { return nil }
            let more = fields.count > 9 ? fields[9...].joined(separator: ":").drop { $0 == " " } : ""
            return more.isEmpty ? String(fields[5]) : String(more)
        }
        return reasons.isEmpty ? "openssl does not verify it" : reasons.joined(separator: "; ")
    }
}
