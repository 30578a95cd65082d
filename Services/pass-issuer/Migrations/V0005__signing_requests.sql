-- Keys that were made here and wait for their certificate: Apple signs the request, the key never leaves.
CREATE TABLE issuer.signing_requests (
    id                       text PRIMARY KEY,
    wallet_configuration_id  text NOT NULL REFERENCES issuer.wallet_configurations (id) ON DELETE CASCADE,
    -- PKCS#8 DER; AES-256-GCM with the row's identity as associated data.
    sealed_private_key       bytea NOT NULL,
    created_at               timestamptz NOT NULL
);
CREATE INDEX signing_requests_configuration ON issuer.signing_requests (wallet_configuration_id, created_at);
