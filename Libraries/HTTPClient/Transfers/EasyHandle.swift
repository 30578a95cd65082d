import CCurl
import Glibc

/// A libcurl handle for one transfer at a time; it keeps TLS sessions, so it is used again.
///
/// Only the event thread touches it.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private var fields: UnsafeMutablePointer<curl_slist>?

    /// Nil when there is no memory.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(fields)
    }

    /// Forgets everything of the last transfer but its TLS session.
    func reset() {
        curl_easy_reset(pointer)
        curl_slist_free_all(fields)
        fields = nil
    }

    func set(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
        try check(ccurl_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, _ value: String?) throws(HTTPClientError) {
        try check(ccurl_set_string(pointer, option, value))
    }

    func set(_ option: CURLoption, _ bytes: [UInt8]) throws(HTTPClientError) {
        try check(bytes.withUnsafeBytes { ccurl_set_blob(pointer, option, $0.baseAddress, $0.count) })
    }

    func setBody(_ bytes: [UInt8]) throws(HTTPClientError) {
        try check(bytes.withUnsafeBytes { ccurl_set_body(pointer, $0.baseAddress, $0.count) })
    }

    /// Adds a line as libcurl reads them: `Name: value`, `Name;` for an empty value, `Name:` for none at all.
    func add(field line: String) throws(HTTPClientError) {
        guard let list = curl_slist_append(fields, line) else { throw .failed(code: Int(CURLE_OUT_OF_MEMORY.rawValue)) }
        fields = list
    }

    func setFields() throws(HTTPClientError) {
        try check(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, fields))
    }

    /// The transfer must live until the handle is reset.
    func setReceiver(_ transfer: Transfer) throws(HTTPClientError) {
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        try check(ccurl_set_receivers(pointer, receiveHead, receiveBody, context))
    }

    /// The transfer must live until the handle is reset.
    func setSocketOpener(_ transfer: Transfer) throws(HTTPClientError) {
        let context = Unmanaged.passUnretained(transfer).toOpaque()
        try check(ccurl_set_socket_opener(pointer, openSocket, context))
    }

    private func check(_ code: CURLcode) throws(HTTPClientError) {
        guard code == CURLE_OK else { throw HTTPClientError(code) }
    }
}

private func receiveHead(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    return transfer.receiveHead(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    return transfer.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

private func openSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let context, let address else { return CURL_SOCKET_BAD }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    let bytes = UnsafeRawBufferPointer(start: ccurl_address(address), count: Int(address.pointee.addrlen))
    guard transfer.permits(bytes) else { return CURL_SOCKET_BAD }
    let kind = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    return socket(address.pointee.family, kind, address.pointee.`protocol`)
}
