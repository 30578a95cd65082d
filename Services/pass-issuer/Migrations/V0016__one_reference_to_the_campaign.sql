-- A pass refers to a version of its campaign, and the version to the campaign. The reference to the campaign itself
-- said the same once more, and each new pass paid for it with a look-up and a lock.

ALTER TABLE issuer.passes DROP CONSTRAINT passes_campaign_id_fkey;
