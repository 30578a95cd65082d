-- A pass is changed on its page: no index holds a column that every change of a campaign moves, and pages keep room for
-- the new row until the old one is gone. Which versions of a campaign are in use is asked once, after a rollout.
DROP INDEX issuer.passes_campaign_version;
ALTER TABLE issuer.passes SET (fillfactor = 85);
