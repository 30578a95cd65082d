#pragma once
#include <openssl/evp.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <openssl/pkcs12.h>
#include <openssl/pem.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/provider.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include "tls.h"

/// Gives an HMAC context its digest and key (OSSL_PARAM arrays are built by macros and functions that return structures).
static inline int wallet_hmac_init(EVP_MAC_CTX *context, const char *digest, const unsigned char *key, size_t length) {
    OSSL_PARAM parameters[2] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)digest, 0),
        OSSL_PARAM_construct_end(),
    };
    return EVP_MAC_init(context, key, length, parameters);
}

/// New keys (EVP_RSA_gen and EVP_EC_gen are macros over a variadic function).
static inline EVP_PKEY *wallet_generate_rsa(long bits) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)bits);
}

static inline EVP_PKEY *wallet_generate_p256(void) {
    return EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
}

/// Tells a signing or verifying context that what it gets are SHA-256 digests.
static inline int wallet_set_sha256(EVP_PKEY_CTX *context) {
    OSSL_PARAM parameters[2] = {
        OSSL_PARAM_construct_utf8_string(OSSL_SIGNATURE_PARAM_DIGEST, (char *)"SHA256", 0),
        OSSL_PARAM_construct_end(),
    };
    return EVP_PKEY_CTX_set_params(context, parameters);
}

/// OPENSSL_free and OPENSSL_clear_free are macros.
static inline void wallet_free(void *memory) {
    OPENSSL_free(memory);
}

static inline void wallet_clear_free(void *memory, long length) {
    OPENSSL_clear_free(memory, (size_t)length);
}

/// Stacks of certificates (their functions are macros).
static inline STACK_OF(X509) *wallet_x509_stack_new(void) {
    return sk_X509_new_null();
}

/// Takes ownership of the certificate when it answers a positive number.
static inline int wallet_x509_stack_push(STACK_OF(X509) *stack, X509 *certificate) {
    return sk_X509_push(stack, certificate);
}

static inline int wallet_x509_stack_count(const STACK_OF(X509) *stack) {
    return stack == NULL ? 0 : sk_X509_num(stack);
}

static inline X509 *wallet_x509_stack_value(const STACK_OF(X509) *stack, int index) {
    return sk_X509_value(stack, index);
}

static inline void wallet_x509_stack_free(STACK_OF(X509) *stack) {
    sk_X509_pop_free(stack, X509_free);
}

/// The bytes that a memory BIO holds (BIO_get_mem_data is a macro).
static inline long wallet_bio_data(BIO *bio, char **data) {
    return BIO_get_mem_data(bio, data);
}

/// RFC 4514 without escapes of what is above ASCII, so that names read as they are (the flags are macros with casts).
static inline unsigned long wallet_name_flags(void) {
    return XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB;
}

/// Signers of a CMS structure (the functions of their stack are macros).
static inline int wallet_cms_signer_count(CMS_ContentInfo *cms) {
    STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);
    return signers == NULL ? 0 : sk_CMS_SignerInfo_num(signers);
}

static inline CMS_SignerInfo *wallet_cms_signer(CMS_ContentInfo *cms, int index) {
    return sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), index);
}

/// A signer's own statement of when it signed; NULL without one (the value is a member of a union).
static inline const ASN1_TIME *wallet_cms_signing_time(CMS_SignerInfo *signer) {
    int index = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
    ASN1_TYPE *type = index < 0 ? NULL : X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(signer, index), 0);
    if (type == NULL || (type->type != V_ASN1_UTCTIME && type->type != V_ASN1_GENERALIZEDTIME)) return NULL;
    return (const ASN1_TIME *)type->value.asn1_string;
}
