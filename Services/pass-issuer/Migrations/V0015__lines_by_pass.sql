-- What is known of one pass is found without reading all lines of a mass update, and all their faults.
CREATE INDEX pass_updates_pass ON issuer.pass_updates (serial_number);
CREATE INDEX rollout_errors_pass ON issuer.rollout_errors (serial_number);
