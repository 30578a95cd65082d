-- To be run once by a superuser after a restore to an earlier instant, before the services start:
--
--   psql -f after-restore.sql "$SUPERUSER_DATABASE_URL"
--
-- Phones may hold update tags that were given after that instant. No tag is given twice: each clock begins anew above all
-- that it can have given since, so that no phone misses a change that is still to come.
\set ON_ERROR_STOP on
UPDATE registry.pass_types SET clock = clock + 1000000000;
