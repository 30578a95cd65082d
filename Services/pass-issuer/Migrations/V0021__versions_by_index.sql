-- Where one campaign has most of the passes, a plan for any campaign reads the whole table, for one without passes too.
ALTER FUNCTION issuer.keep_versions_of_passes() SET enable_seqscan = off;
