-- A pass refers to a version of its campaign. A statement that writes many passes writes few versions: each is looked up and
-- held once, where the foreign key did both for every pass.
--
-- The triggers keep what the foreign key kept, in the same way: whoever writes passes of a version holds its row against
-- deletion until the transaction ends, and whoever deletes a version looks for its passes when nobody can add one any more.

CREATE FUNCTION issuer.hold_versions_of_passes() RETURNS trigger
    LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
    used record;
BEGIN
    FOR used IN SELECT DISTINCT w.campaign_id, w.campaign_version FROM written w LOOP
        PERFORM FROM issuer.campaign_versions v
        WHERE v.campaign_id = used.campaign_id AND v.version = used.campaign_version FOR KEY SHARE;
        IF NOT FOUND THEN
            RAISE foreign_key_violation USING
                MESSAGE = 'a pass refers to a version that its campaign does not have',
                SCHEMA = 'issuer', TABLE = 'passes', CONSTRAINT = 'passes_campaign_id_campaign_version_fkey';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

CREATE FUNCTION issuer.keep_versions_of_passes() RETURNS trigger
    LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
    IF EXISTS (
        SELECT FROM gone g
        WHERE EXISTS (
            SELECT FROM issuer.passes p
            WHERE p.campaign_id = g.campaign_id AND p.campaign_version = g.version OFFSET 0)) THEN
        RAISE foreign_key_violation USING
            MESSAGE = 'a pass refers to a version that is to be deleted',
            SCHEMA = 'issuer', TABLE = 'passes', CONSTRAINT = 'passes_campaign_id_campaign_version_fkey';
    END IF;
    RETURN NULL;
END
$$;

ALTER TABLE issuer.passes DROP CONSTRAINT passes_campaign_id_campaign_version_fkey;
CREATE TRIGGER hold_versions_of_new AFTER INSERT ON issuer.passes REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION issuer.hold_versions_of_passes();
CREATE TRIGGER hold_versions_of_changed AFTER UPDATE ON issuer.passes REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION issuer.hold_versions_of_passes();
CREATE TRIGGER keep_versions AFTER DELETE ON issuer.campaign_versions REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION issuer.keep_versions_of_passes();
