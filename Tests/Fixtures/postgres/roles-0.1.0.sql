-- The four logins and their schemas in the database that psql is connected to. Run by a superuser, as often as wanted:
--
--   psql -v pass_issuer_password=… -v device_registry_password=… -v push_sender_password=… -v google_bridge_password=… \
--        -f roles.sql "$SUPERUSER_DATABASE_URL"
--
-- or with PASS_ISSUER_DATABASE_PASSWORD and so on in the environment, where other users of the machine can't read them.
-- Each login owns one schema and may touch nothing else.
\set ON_ERROR_STOP on
\if :{?pass_issuer_password} \else \getenv pass_issuer_password PASS_ISSUER_DATABASE_PASSWORD
\endif
\if :{?device_registry_password} \else \getenv device_registry_password DEVICE_REGISTRY_DATABASE_PASSWORD
\endif
\if :{?push_sender_password} \else \getenv push_sender_password PUSH_SENDER_DATABASE_PASSWORD
\endif
\if :{?google_bridge_password} \else \getenv google_bridge_password GOOGLE_BRIDGE_DATABASE_PASSWORD
\endif

SET client_min_messages = warning;
BEGIN;

-- Two runs at once would fail on each other's catalogue rows.
SELECT pg_advisory_xact_lock(7266126042133210446) \g /dev/null

SELECT format('CREATE ROLE %I', login)
FROM unnest(ARRAY['pass_issuer', 'device_registry', 'push_sender', 'google_bridge']) AS login
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) \gexec

ALTER ROLE pass_issuer LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'pass_issuer_password';
ALTER ROLE device_registry LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'device_registry_password';
ALTER ROLE push_sender LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'push_sender_password';
ALTER ROLE google_bridge LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'google_bridge_password';

SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA IF NOT EXISTS issuer AUTHORIZATION pass_issuer;
CREATE SCHEMA IF NOT EXISTS registry AUTHORIZATION device_registry;
CREATE SCHEMA IF NOT EXISTS push AUTHORIZATION push_sender;
CREATE SCHEMA IF NOT EXISTS google AUTHORIZATION google_bridge;

SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), login),
       format('ALTER ROLE %I SET search_path = %I', login, schema),
       format('ALTER ROLE %I SET statement_timeout = %L', login, '30s'),
       format('ALTER ROLE %I SET lock_timeout = %L', login, '10s'),
       format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', login, '30s')
FROM (VALUES ('pass_issuer', 'issuer'), ('device_registry', 'registry'),
             ('push_sender', 'push'), ('google_bridge', 'google')) AS owners (login, schema) \gexec

COMMIT;
