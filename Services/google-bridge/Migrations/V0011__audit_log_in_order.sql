-- The audit log is read in the order of its instants; entries of an actor, a route or a time are found without the others.
DROP INDEX google.audit_log_at;
CREATE INDEX audit_log_at ON google.audit_log (at, position);
CREATE INDEX audit_log_actor ON google.audit_log (actor, at, position);
CREATE INDEX audit_log_route ON google.audit_log (route, at, position);
