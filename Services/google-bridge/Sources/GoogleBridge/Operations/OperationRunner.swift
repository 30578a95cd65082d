import Contracts
import GoogleWalletSchema
import HTTPTypes
import JSON
import Postgres
import ServiceKit
import Tracing

/// Does one operation at Google, and records what came of it.
struct OperationRunner: Sendable {
    let wallet: PacedWallet
    let issuers: IssuerKeeper
    let resources: ResourceStore
    let operations: OperationStore
    let objects: ObjectStore
    let logger: Logger
    let tracer: Tracer
    let clock: @Sendable () -> Instant

    /// How long it works at one operation; less than a lease lasts, so that no two replicas work at one.
    var budget: Duration { .seconds(operations.leaseSeconds) * 6 / 7 }

    /// What came of an operation.
    enum Outcome: Sendable {
        /// Google did it.
        case written
        /// It is tried again.
        case later
        /// Google refuses it for good.
        case refused
    }

    /// - Parameters:
    ///   - isGranted: whether the first call to Google has its place in the pace already.
    ///   - isClassWritten: whether the class of the object was written since the operation was taken.
    func run(_ operation: LeasedOperation, isGranted: Bool, isClassWritten: Bool = false) async -> Outcome {
        // The queue holds resources, not changes: what is written for several begins a trace of its own.
        await tracer.work(
            "write to Google Wallet", .consumer,
            [
                .number("wallet.operation", operation.id), .text("wallet.operation_kind", "\(operation.kind)"),
                .number("wallet.attempt", operation.attempt),
            ]
        ) { await attempt(operation, isGranted, isClassWritten) }
    }

    private func attempt(_ operation: LeasedOperation, _ isGranted: Bool, _ isClassWritten: Bool) async -> Outcome {
        do {
            guard operation.isClassAtGoogle || isClassWritten || operation.message != nil else {
                try await operations.awaitClass(operation)
                return .later
            }
            return try await perform(operation, isGranted)
        } catch {
            // Without the database nothing can be recorded: the lease ends by itself and somebody takes it again.
            if !Task.isCancelled {
                logger.warning(
                    "An operation could not be recorded.", ["operation": "\(operation.id)", "error": "\(error)"])
            }
            return .later
        }
    }

    private func perform(_ operation: LeasedOperation, _ isGranted: Bool) async throws -> Outcome {
        let issuer: IssuerCredentials
        do {
            issuer = try await issuers.credentials(of: operation.resource.walletConfiguration)
        } catch BridgeError.unknownIssuer {
            let failure = GoogleFailure(
                .permanent, reason: "noCredentials", message: Remedy.noCredentials)
            try await operations.refused(
                operation, failure, remedy: Remedy.sendCredentials, concernsIssuer: true)
            return .refused
        }
        var session = GoogleSession(
            wallet: wallet, issuer: issuer, isGranted: isGranted, deadline: .now + budget)
        do {
            if let message = operation.message {
                try await add(message, operation, &session)
                try await operations.added(operation)
            } else {
                let done = try await write(operation, &session)
                _ = try await resources.written(operation, as: done.kind, stayingIn: done.classID)
            }
            return .written
        } catch is ClassMissing {
            try await resources.lost(.classOf(operation.resource.classID ?? ""))
            try await operations.awaitClass(operation)
            return .later
        } catch let failure as GoogleFailure {
            return try await settle(operation, failure, issuer)
        }
    }

    private func settle(
        _ operation: LeasedOperation, _ failure: GoogleFailure, _ issuer: IssuerCredentials
    ) async throws -> Outcome {
        let remedy = Remedy.text(for: failure, issuerID: issuer.issuerID, clientEmail: issuer.account.clientEmail)
        logger.warning(
            "Google did not do an operation.",
            [
                "operation": "\(operation.id)", "kind": "\(operation.kind)", "attempt": "\(operation.attempt)",
                "error": "\(failure)",
            ])
        switch failure.consequence {
        case .permanent, .missing:
            try await operations.refused(operation, failure, remedy: remedy, concernsIssuer: failure.concernsIssuer)
            return .refused
        case .retry, .unauthorized, .exists:
            try await operations.failed(
                operation, failure, remedy: remedy,
                retryAfterMilliseconds: BackOff.milliseconds(
                    attempt: operation.attempt, jitter: .random(in: 0.5...1),
                    retryAfterSeconds: failure.retryAfterSeconds))
            return .later
        }
    }
}
