import Cryptography
import JSON

/// Checks a package, or a bundle of them, as phones do and further: container, manifest, signature and chain,
/// certificate, pass.json, images, translations, enrolment.
struct PackageChecker: Sendable {
    /// The largest package or bundle that is looked at, in bytes.
    static let maximumBytes = 32 << 20

    let authorities: PassAuthorities
    /// The instant of the check, since 1970.
    let now: Int

    /// Checks what somebody made, whatever it is.
    func check(_ bytes: [UInt8]) -> PackageReport {
        var report = PackageReport()
        if let archive = ContainerCheck.open(bytes, &report.findings) {
            if archive.packages.isEmpty {
                check(archive, size: bytes.count, &report)
            } else {
                checkBundle(archive, &report)
            }
        }
        report.findings = report.findings.ordered
        return report
    }

    private func check(_ archive: PackageArchive, size: Int, _ report: inout PackageReport) {
        ContainerCheck.check(archive, size: size, &report.findings)
        ManifestCheck.check(archive, &report.findings)
        let pass = ContentCheck(now: now).check(archive, &report.findings)
        let signature = SignatureCheck(authorities: authorities, now: now).check(archive, &report.findings)
        if let signer = signature?.signer { CertificateCheck(now: now).check(signer, against: pass, &report.findings) }
        ImageFilesCheck.check(archive, pass, &report.findings)
        StringsFilesCheck.check(archive, pass, &report.findings)
        PersonalizationCheck.check(archive, pass, &report.findings)
        ForeignFilesCheck.check(archive, &report.findings)
        report.passes.append(
            PackageReport.Pass(
                style: pass.flatMap(PassValidator.style), passTypeIdentifier: pass?["passTypeIdentifier"]?.stringValue,
                teamIdentifier: pass?["teamIdentifier"]?.stringValue,
                serialNumber: pass?["serialNumber"]?.stringValue, certificate: signature?.signer,
                signedAt: signature?.signingTime))
    }

    private func checkBundle(_ bundle: PackageArchive, _ report: inout PackageReport) {
        let paths = bundle.packages
        if paths.count > PassBundle.maximumPasses {
            report.findings.append(
                Finding(
                    .error, nil, "The bundle holds \(paths.count) passes; \(PassBundle.maximumPasses) are allowed.",
                    .refusesPackage, "Split it."))
        }
        for path in bundle.paths where !paths.contains(path) {
            report.findings.append(
                Finding(.warning, path, "A bundle holds packages alone.", .ignores, "Leave \(path) out."))
        }
        for path in paths {
            var inner = PackageReport()
            let bytes = bundle.file(path) ?? []
            if let archive = ContainerCheck.open(bytes, &inner.findings) {
                check(archive, size: bytes.count, &inner)
            }
            report.passes += inner.passes.map { pass in
                var pass = pass
                pass.file = path
                return pass
            }
            report.findings += inner.findings.map { finding in
                var finding = finding
                finding.file = finding.file.map { "\(path)/\($0)" } ?? path
                return finding
            }
        }
        checkTwins(&report)
    }

    private func checkTwins(_ report: inout PackageReport) {
        var places: [[String?]: String] = [:]
        for pass in report.passes {
            let identity = [pass.passTypeIdentifier, pass.serialNumber]
            guard let path = pass.file, !identity.contains(nil) else { continue }
            if let twin = places[identity] {
                report.findings.append(
                    Finding(
                        .error, path, "It has the serial number of \(twin).", .replacesTheFirst,
                        "Give each pass a serial number of its own."))
            }
            places[identity] = path
        }
    }
}
