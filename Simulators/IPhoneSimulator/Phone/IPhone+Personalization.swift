import HTTPClient
import HTTPTypes
import JSON

extension IPhone {
    /// The form that a pass asks its owner to fill in; nil when it asks for nothing.
    public func form(of serialNumber: String) throws(PhoneRefusal) -> PersonalizationForm? {
        guard let installed = contents.passes.first(where: { $0.pass.serialNumber == serialNumber }) else { return nil }
        return PersonalizationForm(try ZIPArchive(directory.package(installed.file)))
    }

    /// Fills in the form of a pass: sends what was entered with a token, verifies the token's signature and fetches the
    /// personalised pass.
    /// - Parameters:
    ///   - entered: what the owner enters, by Apple's names.
    ///   - token: what is to be signed; a new one when it is left out.
    /// - Returns: what became of the pass.
    @discardableResult
    public func personalize(
        serialNumber: String, entering entered: [String: String],
        token: String = WebServiceIdentity.randomHex(bytes: 32)
    ) async throws(PhoneRefusal) -> PassUpdate {
        guard let installed = contents.passes.first(where: { $0.pass.serialNumber == serialNumber }),
            let form = try form(of: serialNumber), let service = contents.service(of: installed.pass)
        else { throw .notPersonalized("the pass asks for nothing") }
        let task = WebServiceTask.personalize(serialNumber: serialNumber)
        let body: JSONValue = [
            "personalizationToken": .string(token), "requiredPersonalizationInfo": .object(try form.info(entered)),
        ]
        // Apple's text names no Authorization for this call.
        let response = await call(task, service, body: body) {
            $0.status == .ok ? "signature, \($0.body.count) bytes" : "not personalised"
        }
        guard let response, response.status == .ok else {
            await report(response, of: task, to: service)
            throw .notPersonalized(response.map { "status \($0.status.rawValue)" } ?? "no answer")
        }
        try await verify(response.body, of: token, for: installed.pass, service)
        let update = try await fetch(serialNumber, from: service, wasListed: false)
        if try self.form(of: serialNumber) != nil {
            await log([Complaint.notPersonalized(serialNumber: serialNumber).report(for: service)], to: service)
        }
        return update
    }

    private func verify(
        _ signature: [UInt8], of token: String, for pass: PassIdentity, _ service: WebServiceIdentity
    ) async throws(PhoneRefusal) {
        do throws(PhoneRefusal) {
            let signer = try await OpenSSL.signer(
                of: Array(token.utf8), signature: signature, authorities: authorities)
            guard signer.passTypeIdentifier == pass.passTypeIdentifier else {
                throw PhoneRefusal.signature("its certificate is of \(signer.passTypeIdentifier ?? "no pass type")")
            }
        } catch {
            let task = WebServiceTask.personalize(serialNumber: pass.serialNumber)
            await log([task.report("Signature of the personalization token: \(error)", for: service)], to: service)
            throw error
        }
    }
}
