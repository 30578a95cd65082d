import Cryptography
import JSON

/// Checks a package, or a bundle of them, as phones do and further: container, manifest, signature and chain,
/// certificate, pass.json, images, translations, enrolment.
struct PackageChecker: Sendable {
    /// The largest package or bundle that is looked at, in bytes.
    static let maximumBytes = 32 << 20
    /// So many findings are told.
    static let maximumFindings = 500

    let authorities: PassAuthorities
    /// The instant of the check, since 1970.
    let now: Int
    /// How many bytes a bundle and the packages in it may unpack to together.
    var budget = 128 << 20

    /// Checks what somebody made, whatever it is.
    func check(_ bytes: [UInt8]) -> PackageReport {
        var report = PackageReport()
        var left = budget
        if let archive = ContainerCheck.open(bytes, within: &left, &report.findings) {
            if archive.packages.isEmpty {
                check(archive, size: bytes.count, &report)
            } else {
                checkBundle(archive, within: &left, &report)
            }
        }
        report.findings = Self.told(report.findings)
        return report
    }

    /// The gravest findings, and whether there are more: a few files can be wrong in a million places.
    private static func told(_ findings: [Finding]) -> [Finding] {
        let ordered = findings.ordered
        guard ordered.count > maximumFindings else { return ordered }
        let rest = Finding(
            ordered[maximumFindings].severity, nil, "There is more to find than these \(maximumFindings).", .unknown,
            "Mend these, and check again.")
        return Array(ordered.prefix(maximumFindings)) + [rest]
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

    private func checkBundle(_ bundle: PackageArchive, within budget: inout Int, _ report: inout PackageReport) {
        let paths = bundle.packages
        let maximum = PassBundle.maximumPasses
        if paths.count > maximum {
            let reason =
                "The bundle holds \(paths.count) passes; \(maximum) are allowed. The others were not looked at."
            report.findings.append(Finding(.error, nil, reason, .refusesPackage, "Split it."))
        }
        let packages = Set(paths)
        for path in bundle.paths where !packages.contains(path) {
            report.findings.append(
                Finding(.warning, path, "A bundle holds packages alone.", .ignores, "Leave \(path) out."))
        }
        for path in paths.prefix(maximum) { checkInner(path, of: bundle, within: &budget, &report) }
        checkTwins(&report)
    }

    private func checkInner(
        _ path: String, of bundle: PackageArchive, within budget: inout Int, _ report: inout PackageReport
    ) {
        var inner = PackageReport()
        let bytes = bundle.file(path) ?? []
        if let archive = ContainerCheck.open(bytes, within: &budget, &inner.findings) {
            check(archive, size: bytes.count, &inner)
        }
        report.passes += inner.passes.map { pass in
            var pass = pass
            pass.file = path
            return pass
        }
        // One more than are told, so that the report knows of it.
        report.findings += inner.findings.ordered.prefix(Self.maximumFindings + 1).map { finding in
            var finding = finding
            finding.file = finding.file.map { "\(path)/\($0)" } ?? path
            return finding
        }
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
