-- The logins and schemas of the four services in the database that psql is connected to. Run by a superuser, as often as wanted:
--
--   psql -v pass_issuer_password=… -v pass_issuer_owner_password=… -v device_registry_password=… -v … \
--        -f roles.sql "$SUPERUSER_DATABASE_URL"
--
-- or with PASS_ISSUER_DATABASE_PASSWORD, PASS_ISSUER_OWNER_DATABASE_PASSWORD and so on in the environment, where other users
-- of the machine can't read them.
--
-- Each service has two logins, which may touch its schema and nothing else: <service>_owner owns what is in it and is used by
-- `<service> migrate` alone; <service> reads and writes rows, and can change no table. A database of an earlier release, in
-- which <service> owned everything, is brought to that while its services run.
\set ON_ERROR_STOP on
\if :{?pass_issuer_password} \else \getenv pass_issuer_password PASS_ISSUER_DATABASE_PASSWORD
\endif
\if :{?device_registry_password} \else \getenv device_registry_password DEVICE_REGISTRY_DATABASE_PASSWORD
\endif
\if :{?push_sender_password} \else \getenv push_sender_password PUSH_SENDER_DATABASE_PASSWORD
\endif
\if :{?google_bridge_password} \else \getenv google_bridge_password GOOGLE_BRIDGE_DATABASE_PASSWORD
\endif
\if :{?pass_issuer_owner_password} \else \getenv pass_issuer_owner_password PASS_ISSUER_OWNER_DATABASE_PASSWORD
\endif
\if :{?device_registry_owner_password} \else \getenv device_registry_owner_password DEVICE_REGISTRY_OWNER_DATABASE_PASSWORD
\endif
\if :{?push_sender_owner_password} \else \getenv push_sender_owner_password PUSH_SENDER_OWNER_DATABASE_PASSWORD
\endif
\if :{?google_bridge_owner_password} \else \getenv google_bridge_owner_password GOOGLE_BRIDGE_OWNER_DATABASE_PASSWORD
\endif

SET client_min_messages = warning;
BEGIN;

-- Two runs at once would fail on each other's catalogue rows.
SELECT pg_advisory_xact_lock(7266126042133210446) \g /dev/null

CREATE TEMPORARY TABLE wallet_logins ON COMMIT DROP AS
SELECT login, login || '_owner' AS owner, schema
FROM (VALUES ('pass_issuer', 'issuer'), ('device_registry', 'registry'),
             ('push_sender', 'push'), ('google_bridge', 'google')) AS services (login, schema);

SELECT format('CREATE ROLE %I', role)
FROM (SELECT login FROM wallet_logins UNION ALL SELECT owner FROM wallet_logins) AS roles (role)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec

ALTER ROLE pass_issuer LOGIN PASSWORD :'pass_issuer_password';
ALTER ROLE device_registry LOGIN PASSWORD :'device_registry_password';
ALTER ROLE push_sender LOGIN PASSWORD :'push_sender_password';
ALTER ROLE google_bridge LOGIN PASSWORD :'google_bridge_password';
ALTER ROLE pass_issuer_owner LOGIN PASSWORD :'pass_issuer_owner_password';
ALTER ROLE device_registry_owner LOGIN PASSWORD :'device_registry_owner_password';
ALTER ROLE push_sender_owner LOGIN PASSWORD :'push_sender_owner_password';
ALTER ROLE google_bridge_owner LOGIN PASSWORD :'google_bridge_owner_password';

SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
REVOKE ALL ON SCHEMA public FROM PUBLIC;

SELECT format('ALTER ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION', role),
       format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), role),
       format('ALTER ROLE %I SET search_path = %I', role, schema),
       format('ALTER ROLE %I SET statement_timeout = %L', role, '30s'),
       format('ALTER ROLE %I SET lock_timeout = %L', role, '10s'),
       format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', role, '30s')
FROM (SELECT login, schema FROM wallet_logins UNION ALL SELECT owner, schema FROM wallet_logins) AS roles (role, schema) \gexec

SELECT format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', schema, owner) FROM wallet_logins \gexec

-- What a login of an earlier release owns becomes its owner's. All tables are locked together or none is, and nobody is kept
-- waiting for longer than a moment: a service that holds one of them and wants another goes first.
DO $$
DECLARE
    tables text;
    service record;
BEGIN
    SELECT string_agg(c.oid::regclass::text, ', ' ORDER BY c.oid) INTO tables
    FROM wallet_logins l JOIN pg_class c ON c.relowner = l.login::regrole AND c.relnamespace = l.schema::regnamespace
    WHERE c.relkind IN ('r', 'p');
    PERFORM set_config('lock_timeout', '100ms', true);
    FOR attempt IN 1..300 LOOP
        EXIT WHEN tables IS NULL;
        BEGIN
            EXECUTE 'LOCK TABLE ' || tables || ' IN ACCESS EXCLUSIVE MODE';
            EXIT;
        EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
            IF attempt = 300 THEN RAISE; END IF;
            PERFORM pg_sleep(0.1);
        END;
    END LOOP;
    PERFORM set_config('lock_timeout', '0', true);
    FOR service IN SELECT login, owner FROM wallet_logins LOOP
        EXECUTE format('REASSIGN OWNED BY %I TO %I', service.login, service.owner);
    END LOOP;
END
$$;

-- Rows alone, in what is there and in what the owner will make.
SELECT format('REVOKE ALL ON SCHEMA %I FROM %I', schema, login),
       format('GRANT USAGE ON SCHEMA %I TO %I', schema, login),
       format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I', schema, login),
       format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I', schema, login),
       format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA %I FROM %I', schema, login),
       format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO %I', schema, login),
       format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA %I FROM PUBLIC', schema),
       format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA %I TO %I', schema, login),
       format('ALTER DEFAULT PRIVILEGES FOR ROLE %I REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC', owner),
       format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I',
              owner, schema, login),
       format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO %I', owner, schema, login),
       format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT EXECUTE ON FUNCTIONS TO %I', owner, schema, login)
FROM wallet_logins \gexec

-- What has been migrated is the owner's to say.
SELECT format('REVOKE INSERT, UPDATE, DELETE ON %I.schema_migrations FROM %I', schema, login)
FROM wallet_logins WHERE to_regclass(format('%I.schema_migrations', schema)) IS NOT NULL \gexec

COMMIT;
