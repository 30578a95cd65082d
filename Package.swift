// swift-tools-version: 6.2
import PackageDescription

// No package dependency, ever (docs/decisions/0001): what we do not exist for is done by system C libraries.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny")
]

/// A Debian library, imported through a module map and a shim.
func system(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
    .systemLibrary(
        name: name, path: "Libraries/CSystem/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A library of ours in `Libraries/<name>`.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Libraries/\(name)", swiftSettings: settings)
}

/// What every service is built on: the contracts and the infrastructure.
let foundations: [Target.Dependency] = [
    "Bytes", "Contracts", "ServiceKit", "HTTPServer", "HTTPClient", "HTTPTypes", "Postgres", "Cryptography", "JSON",
    "Tracing",
]

/// A service: one executable that holds nothing but its entry point, and one module that holds the rest.
func service(
    _ name: String, module: String, _ dependencies: [Target.Dependency] = [], embedding embedded: [String] = []
) -> [Target] {
    [
        .executableTarget(
            name: name, dependencies: ["ServiceKit", .target(name: module)],
            path: "Services/\(name)/Sources/\(name)", swiftSettings: settings),
        .target(
            name: module, dependencies: foundations + dependencies, path: "Services/\(name)",
            exclude: ["README.md", "Dockerfile", "Sources/\(name)"], sources: ["Sources/\(module)"],
            resources: (["Migrations", "openapi.json"] + embedded).map { .embedInCode($0) }, swiftSettings: settings),
    ]
}

/// A layer of tests in `Tests/<name>`.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: settings)
}

let services: [Target.Dependency] = ["PassIssuer", "DeviceRegistry", "GoogleBridge", "PushSender"]

let package = Package(
    name: "wallet",
    targets: [
        system("COpenSSL", pkgConfig: "openssl", apt: "libssl-dev"),
        system("CPostgres", pkgConfig: "libpq", apt: "libpq-dev"),
        system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        system("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        system("CNGHTTP2", pkgConfig: "libnghttp2", apt: "libnghttp2-dev"),
        system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        system("CZint", apt: "libzint-dev"),
        system("CSpawn", apt: "libc6-dev"),

        library("Bytes"),
        library("JSON"),
        library("ToolSupport"),
        library("HTTPTypes", ["JSON"]),
        library("Tracing", ["HTTPTypes"]),
        library("Contracts", ["HTTPTypes", "JSON"]),
        library("Cryptography", ["COpenSSL"]),
        library("Archive", ["Bytes", "CZlib"]),
        library("Barcode", ["CZint"]),
        library("Postgres", ["CPostgres", "JSON"]),
        library("HTTPServer", ["Bytes", "CMicroHTTPD", "HTTPTypes", "JSON", "Tracing"]),
        library("HTTPClient", ["CCurl", "HTTPTypes", "JSON", "Tracing"]),
        library("HTTP2", ["CNGHTTP2", "COpenSSL", "HTTPTypes"]),
        .target(
            name: "GoogleWalletSchema", dependencies: ["JSON"], path: "Libraries/GoogleWalletSchema",
            resources: [.embedInCode("walletobjects.json")], swiftSettings: settings),
        library("PassEventTelling", ["HTTPTypes", "Postgres", "ServiceKit", "Tracing"]),
        library(
            "ServiceKit",
            ["Bytes", "HTTPServer", "HTTPClient", "HTTPTypes", "Postgres", "Cryptography", "JSON", "Tracing"]),

        .target(
            name: "IPhoneSimulator", dependencies: ["CSpawn", "HTTPClient", "HTTPTypes", "JSON"],
            path: "Simulators/IPhoneSimulator", swiftSettings: settings),
        .executableTarget(
            name: "iphone", dependencies: ["IPhoneSimulator", "HTTPClient", "HTTPTypes", "JSON", "ToolSupport"],
            path: "Simulators/iphone", swiftSettings: settings),

        .executableTarget(
            name: "issuer-library-benchmark", dependencies: ["HTTPTypes", "JSON", "PassIssuer"],
            path: "Benchmarks/IssuerLibrary", swiftSettings: settings),
        .executableTarget(
            name: "google-library-benchmark", dependencies: ["Contracts", "GoogleBridge", "HTTPTypes", "JSON"],
            path: "Benchmarks/GoogleLibrary", swiftSettings: settings),

        .target(
            name: "APNsSimulator", dependencies: ["HTTP2", "HTTPServer", "HTTPTypes", "Cryptography", "JSON"],
            path: "Simulators/APNsSimulator", swiftSettings: settings),
        .executableTarget(
            name: "apns", dependencies: ["APNsSimulator", "HTTP2", "ToolSupport"], path: "Simulators/apns",
            swiftSettings: settings),

        .target(
            name: "GoogleWalletSimulator",
            dependencies: [
                "Archive", "Cryptography", "GoogleWalletSchema", "HTTPClient", "HTTPServer", "HTTPTypes", "JSON",
            ], path: "Simulators/GoogleWalletSimulator", swiftSettings: settings),
        .executableTarget(
            name: "google-wallet", dependencies: ["GoogleWalletSimulator", "JSON", "ToolSupport"],
            path: "Simulators/google-wallet",
            swiftSettings: settings),

        .executableTarget(
            name: "http2-load", dependencies: ["HTTP2", "ToolSupport"], path: "Benchmarks/http2-load",
            swiftSettings: settings),

        .target(
            name: "Support", dependencies: foundations + ["APNsSimulator", "CSpawn", "HTTP2", "IPhoneSimulator"],
            path: "Tests/Support",
            swiftSettings: settings),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "Archive", "Cryptography", "GoogleBridge", "HTTPTypes", "JSON", "PassIssuer", "ToolSupport",
            ],
            path: "Tests/Fuzz", swiftSettings: settings),
        .executableTarget(
            name: "chaos",
            dependencies: [
                "APNsSimulator", "Contracts", "GoogleWalletSimulator", "HTTPClient", "HTTPTypes", "IPhoneSimulator",
                "JSON", "Support", "ToolSupport",
            ],
            path: "Tests/Chaos", swiftSettings: settings),
        tests(
            "Unit",
            foundations + services + [
                "APNsSimulator", "Archive", "Barcode", "GoogleWalletSchema", "GoogleWalletSimulator", "HTTP2",
                "IPhoneSimulator", "Support",
            ]),
        tests("Contract", foundations + services + ["Support"]),
        tests(
            "Integration",
            foundations + services + [
                "APNsSimulator", "Archive", "GoogleWalletSchema", "GoogleWalletSimulator", "HTTP2", "IPhoneSimulator",
                "PassEventTelling", "Support",
            ]),
        tests(
            "EndToEnd",
            foundations + ["APNsSimulator", "GoogleWalletSimulator", "HTTP2", "IPhoneSimulator", "Support"]),
    ]
        + service(
            "pass-issuer", module: "PassIssuer", ["Archive", "Barcode", "ToolSupport"], embedding: ["Console", "Pages"])
        + service("device-registry", module: "DeviceRegistry", ["PassEventTelling"])
        + service("push-sender", module: "PushSender", ["HTTP2"])
        + service("google-bridge", module: "GoogleBridge", ["GoogleWalletSchema", "PassEventTelling"]),
    swiftLanguageModes: [.v6]
)
