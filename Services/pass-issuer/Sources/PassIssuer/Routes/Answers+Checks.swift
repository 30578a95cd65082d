import Contracts
import Cryptography
import HTTPTypes

extension PackageCheckAnswer {
    init(_ report: PackageReport) {
        let state: CheckState =
            report.findings.holdsError
            ? .failed : report.findings.contains { $0.severity == .warning } ? .warning : .ok
        self.init(
            state: state, passes: report.passes.map(CheckedPass.init),
            findings: report.findings.map(PackageFinding.init))
    }
}

extension CheckedPass {
    fileprivate init(_ pass: PackageReport.Pass) {
        self.init(
            file: pass.file, style: pass.style?.rawValue, passTypeIdentifier: pass.passTypeIdentifier,
            teamIdentifier: pass.teamIdentifier, serialNumber: pass.serialNumber,
            certificate: pass.certificate.flatMap(CertificateSummary.init),
            signedAt: pass.signedAt.map { Instant(seconds: $0) })
    }
}

extension PackageFinding {
    fileprivate init(_ finding: Finding) {
        let severity: FindingSeverity =
            switch finding.severity {
            case .error: .error
            case .warning: .warning
            case .information: .information
            }
        self.init(
            severity: severity, file: finding.file, pointer: finding.pointer?.description, detail: finding.reason,
            effect: finding.effect.sentence, remedy: finding.remedy)
    }
}
