import JSON
import Testing

@testable import PassIssuer

/// A pass made by patching a right one, and where faults are expected in it.
struct ValidationCase: CustomTestStringConvertible, Sendable {
    let patch: String
    let pointers: [String]

    init(_ patch: String, _ pointers: String...) {
        self.patch = patch
        self.pointers = pointers
    }

    var testDescription: String { patch }

    /// A pass of a style in which nothing is wrong.
    static func pass(_ style: PassStyle) throws -> JSONValue {
        let transit = style == .boardingPass ? #""transitType":"PKTransitTypeAir","# : ""
        return try JSON.parse(
            """
            {"description":"A card","organizationName":"Acme",
             "\(style.rawValue)":{\(transit)"primaryFields":[{"key":"a","label":"A","value":"one"}]}}
            """)
    }

    /// The faults of the patched pass.
    func faults(_ style: PassStyle, _ subject: Inspection.Subject = .rendered) throws -> [PassFault] {
        let pass = try Self.pass(style).mergePatched(with: JSON.parse(patch))
        let validator = PassValidator(hasOrganizationName: false)
        return subject == .rendered ? validator.faults(inRendered: pass) : validator.faults(inTemplate: pass)
    }

    /// Expects errors at exactly the pointers, and no other fault.
    func expectErrors(_ style: PassStyle, _ subject: Inspection.Subject = .rendered) throws {
        let faults = try faults(style, subject)
        #expect(faults.errors.map(\.pointer.description).sorted() == pointers.sorted(), "\(faults)")
        for fault in faults {
            #expect(fault.reason.hasSuffix(".") && fault.remedy.hasSuffix("."), "\(fault)")
        }
    }

    /// Expects warnings at exactly the pointers, and no error.
    func expectWarnings(_ style: PassStyle, _ subject: Inspection.Subject = .rendered) throws {
        let faults = try faults(style, subject)
        #expect(faults.errors.isEmpty, "\(faults)")
        #expect(faults.warnings.map(\.pointer.description).sorted() == pointers.sorted(), "\(faults)")
    }
}
