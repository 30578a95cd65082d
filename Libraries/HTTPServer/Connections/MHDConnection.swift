import Bytes
import CMicroHTTPD
import Glibc
import HTTPTypes

/// The HTTP library's handle of a connection, valid until the request-completed callback has returned.
///
/// Unchecked: libmicrohttpd lets a suspended connection be resumed from any thread; everything else is called on
/// the thread that called us.
struct MHDConnection: @unchecked Sendable {
    let pointer: OpaquePointer

    func suspend() {
        MHD_suspend_connection(pointer)
    }

    func resume() {
        MHD_resume_connection(pointer)
    }

    /// Bytes of the request's line and header fields.
    var headerSize: Int { wallet_mhd_header_size(pointer) }

    /// The request's header fields.
    func headers() -> HTTPHeaders {
        var headers = HTTPHeaders()
        withUnsafeMutablePointer(to: &headers) { place in
            _ = MHD_get_connection_values_n(pointer, .HEADER_KIND, collectHeader, place)
        }
        return headers
    }

    /// Gives the library the answer to send.
    func queue(_ response: HTTPResponse, isHead: Bool) -> MHD_Result {
        let namedLength = response.headers["Content-Length"].flatMap(UInt64.init)
        let handle: OpaquePointer?
        if response.status == .noContent {
            // With a known length, were it 0, the library would name it, which RFC 9110 §8.6 forbids.
            handle = MHD_create_response_from_callback(.max, 1_024, readNothing, nil, nil)
        } else if isHead || response.status == .notModified, response.body.count == 0, let namedLength {
            // Only answers that never have a body may name the length of the one that GET would send. (A 304 without
            // one is sent with 0: the library knows no other way to keep its connection alive.)
            handle = MHD_create_response_from_callback(namedLength, 1_024, readNothing, nil, nil)
        } else {
            handle = Self.handle(of: response.body)
        }
        guard let handle else { return .NO }
        defer { MHD_destroy_response(handle) }
        for field in response.headers where !field.isNamed("Content-Length") {
            _ = MHD_add_response_header(handle, field.name, field.value)
        }
        return MHD_queue_response(pointer, UInt32(response.status.rawValue), handle)
    }

    private static func handle(of body: HTTPBody) -> OpaquePointer? {
        switch body {
        case .empty:
            return MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT)
        case .bytes(let bytes):
            return bytes.withUnsafeBytes {
                MHD_create_response_from_buffer(
                    $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
            }
        case .shared(let bytes):
            let owner = Unmanaged.passRetained(bytes)
            let handle = MHD_create_response_from_buffer_with_free_callback_cls(
                bytes.count, UnsafeMutableRawPointer(mutating: bytes.memory.baseAddress), releaseSharedBytes,
                owner.toOpaque())
            if handle == nil { owner.release() }
            return handle
        case .file(let file):
            let copy = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 3)
            guard copy >= 0 else { return nil }
            let handle = MHD_create_response_from_fd64(UInt64(file.size), copy)
            if handle == nil { close(copy) }
            return handle
        }
    }
}

/// Called by the HTTP library for each header field.
private func collectHeader(
    _ place: UnsafeMutableRawPointer?, _: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ nameSize: Int,
    _ value: UnsafePointer<CChar>?, _ valueSize: Int
) -> MHD_Result {
    guard let place, let name else { return .YES }
    place.assumingMemoryBound(to: HTTPHeaders.self).pointee.add(text(name, nameSize), text(value, valueSize))
    return .YES
}

private func text(_ start: UnsafePointer<CChar>?, _ size: Int) -> String {
    guard let start else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: start, count: size), as: UTF8.self)
}

/// Stands for a body that is never sent.
private func readNothing(
    _: UnsafeMutableRawPointer?, _: UInt64, _: UnsafeMutablePointer<CChar>?, _: Int
) -> Int {
    // MHD_CONTENT_READER_END_WITH_ERROR, a macro that does not import.
    -2
}

/// Called by the HTTP library when the last answer that used the bytes is gone.
private func releaseSharedBytes(_ owner: UnsafeMutableRawPointer?) {
    guard let owner else { return }
    Unmanaged<SharedBytes>.fromOpaque(owner).release()
}
