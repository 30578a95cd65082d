-- The contact of a hash is looked for among all passes, once and in portions: where a search is stands in its erasure.
ALTER TABLE issuer.erasures
    -- When the search began that goes on; NULL while there is none.
    ADD COLUMN search_began_at timestamptz,
    -- The serial number through which it has come.
    ADD COLUMN searched_through text NOT NULL DEFAULT '';

-- The version of a pass that was emptied: device-registry tells by it whether somebody has come back since. NULL of an
-- older release.
ALTER TABLE issuer.erasure_passes ADD COLUMN version integer;
