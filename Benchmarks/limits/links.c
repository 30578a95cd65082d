// The limit of P3: mints signed links in a loop, with a kept HMAC context, a fixed buffer and no JSON library.
// usage: links COUNT; prints one line of JSON. Processor time, as `openssl speed` counts it.
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static size_t base64url(const unsigned char *in, size_t count, char *out) {
    char *start = out;
    while (count >= 3) {
        unsigned v = in[0] << 16 | in[1] << 8 | in[2];
        *out++ = alphabet[v >> 18];
        *out++ = alphabet[v >> 12 & 63];
        *out++ = alphabet[v >> 6 & 63];
        *out++ = alphabet[v & 63];
        in += 3;
        count -= 3;
    }
    if (count > 0) {
        unsigned v = in[0] << 16 | (count > 1 ? in[1] << 8 : 0);
        *out++ = alphabet[v >> 18];
        *out++ = alphabet[v >> 12 & 63];
        if (count > 1) *out++ = alphabet[v >> 6 & 63];
    }
    return out - start;
}

int main(int argc, char **argv) {
    long count = argc > 1 ? atol(argv[1]) : 100000;
    unsigned char key[32], mac[32];
    size_t length, bytes = 0;
    char payload[512], url[2048];
    memset(key, 7, sizeof key);
    EVP_MAC *algorithm = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *context = algorithm ? EVP_MAC_CTX_new(algorithm) : NULL;
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, "SHA256", 0), OSSL_PARAM_construct_end()};
    if (!context || !EVP_MAC_init(context, key, sizeof key, parameters)) return 1;
    const char *base = "https://passes.example/api/pass/create/";
    const char *header = "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"JWT\"}";
    char prefix[256];
    size_t base_length = strlen(base);
    memcpy(prefix, base, base_length);
    size_t prefix_length = base_length + base64url((const unsigned char *)header, strlen(header), prefix + base_length);
    prefix[prefix_length++] = '.';
    memcpy(url, prefix, prefix_length);
    struct timespec from, to;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (long number = 0; number < count; number++) {
        int size = snprintf(
            payload, sizeof payload,
            "{\"campaign\":\"measured\",\"contact\":{\"firstName\":\"Ada\",\"id\":\"c-%ld\",\"lastName\":\"Lovelace\"},"
            "\"iat\":1795485600.25,\"iss\":\"pass-issuer\",\"jti\":\"c-%ld\",\"platform\":\"apple\","
            "\"voucher\":{\"code\":\"AB12\",\"points\":%ld}}",
            number, number, number);
        size_t end = prefix_length + base64url((const unsigned char *)payload, size, url + prefix_length);
        // A NULL key keeps the key that the context has.
        if (!EVP_MAC_init(context, NULL, 0, NULL)
            || !EVP_MAC_update(context, (const unsigned char *)url + base_length, end - base_length)
            || !EVP_MAC_final(context, mac, &length, sizeof mac)) return 1;
        url[end++] = '.';
        end += base64url(mac, length, url + end);
        bytes += end;
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    printf("{\"count\":%ld,\"nanoseconds\":%lld,\"bytes\":%zu}\n", count,
           (to.tv_sec - from.tv_sec) * 1000000000LL + to.tv_nsec - from.tv_nsec, bytes);
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(algorithm);
    return 0;
}
