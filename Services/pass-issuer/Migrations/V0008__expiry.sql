-- The ends of passes and of certificates, each told once, whatever crashes and however many replicas there are.

-- When a pass ceases to be good by itself; NULL once that was told, or never. Passes of the previous release get it with
-- their next change.
ALTER TABLE issuer.passes ADD COLUMN expires_at timestamptz;
CREATE INDEX passes_expires_at ON issuer.passes (expires_at) WHERE expires_at IS NOT NULL;

-- The last milestone before the end of a pass type's certificate that stands in the log.
CREATE TABLE issuer.certificate_milestones (
    pass_type_identifier  text PRIMARY KEY,
    -- SHA-256 in hexadecimal: a renewed one begins anew.
    certificate           text NOT NULL,
    -- Days.
    milestone             integer NOT NULL,
    reached_at            timestamptz NOT NULL
);
