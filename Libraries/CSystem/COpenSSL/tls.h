#pragma once
#include <openssl/ssl.h>

/// TLS 1.2 or later, no resumption, no renegotiation, small buffers (all of it macros).
static inline void wallet_ssl_set_up(SSL_CTX *context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    // What RFC 9113 §9.2.2 leaves of TLS 1.2: ephemeral keys and authenticated encryption.
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20");
}

static inline int wallet_ssl_choose(
    SSL *connection, const unsigned char **out, unsigned char *length, const unsigned char *in, unsigned int count,
    void *context
) {
    static const unsigned char h2[] = {2, 'h', '2'};
    unsigned char *chosen = NULL;
    if (SSL_select_next_proto(&chosen, length, h2, sizeof h2, in, count) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

/// Has a server speak HTTP/2 and nothing else.
static inline void wallet_ssl_choose_h2(SSL_CTX *context) {
    SSL_CTX_set_alpn_select_cb(context, wallet_ssl_choose, NULL);
}

/// Adds an intermediate, with a reference of its own.
static inline int wallet_ssl_add_chain_certificate(SSL_CTX *context, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(context, certificate);
}

/// The name that the client asks for (SNI).
static inline int wallet_ssl_set_name(SSL *connection, const char *name) {
    return (int)SSL_set_tlsext_host_name(connection, name);
}
