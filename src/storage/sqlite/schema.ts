/** "SPAR" in ASCII: tells our databases from those of other programs. */
export const applicationId = 0x53_50_41_52;

/** Of the tables below, in the file's `user_version`. */
export const schemaVersion = 1;

/**
 * The tables. Records, deliveries and attempts are kept as JSON, with columns beside it for what is searched by. A text that is
 * no valid Unicode cannot be a TEXT; it is a BLOB (see column.ts), hence the columns of type ANY.
 *
 * `deliveries_due` finds what is due next at an endpoint; `deliveries_newest` answers every filter of a list or count without
 * touching the entries. `queues` counts what is pending, by triggers, so that it can never differ from what is counted; a pending delivery
 * is deleted with its whole namespace only, and so with its queue.
 */
export const schema = `
CREATE TABLE namespaces (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, clock TEXT) STRICT;

CREATE TABLE ordinals (
  namespace INTEGER NOT NULL REFERENCES namespaces ON DELETE CASCADE,
  key TEXT NOT NULL,
  next INTEGER NOT NULL,
  PRIMARY KEY (namespace, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
  namespace INTEGER NOT NULL REFERENCES namespaces ON DELETE CASCADE,
  api TEXT NOT NULL,
  collection TEXT NOT NULL,
  id ANY NOT NULL,
  ordinal INTEGER NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (namespace, api, collection, id)
) STRICT;

CREATE TABLE events (
  rank INTEGER PRIMARY KEY,
  namespace INTEGER NOT NULL REFERENCES namespaces ON DELETE CASCADE,
  entry TEXT NOT NULL
) STRICT;
CREATE INDEX events_newest ON events (namespace);

CREATE TABLE deliveries (
  rank INTEGER PRIMARY KEY,
  namespace INTEGER NOT NULL REFERENCES namespaces ON DELETE CASCADE,
  id ANY NOT NULL,
  api TEXT NOT NULL,
  event ANY NOT NULL,
  state TEXT NOT NULL,
  endpoint ANY NOT NULL,
  url ANY NOT NULL,
  number INTEGER NOT NULL,
  due_at REAL NOT NULL,
  bytes INTEGER NOT NULL,
  entry TEXT NOT NULL,
  UNIQUE (namespace, id)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (namespace, api, endpoint, due_at, number) WHERE state = 'pending';
CREATE INDEX deliveries_newest ON deliveries (namespace, rank, api, event, state, endpoint, url);
CREATE INDEX deliveries_settled ON deliveries (rank) WHERE state <> 'pending';

CREATE TABLE attempts (
  delivery INTEGER NOT NULL REFERENCES deliveries ON DELETE CASCADE,
  number INTEGER NOT NULL,
  entry TEXT NOT NULL,
  UNIQUE (delivery, number)
) STRICT;

CREATE TABLE queues (
  namespace INTEGER NOT NULL REFERENCES namespaces ON DELETE CASCADE,
  api TEXT NOT NULL,
  endpoint ANY NOT NULL,
  count INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (namespace, api, endpoint)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER pending_inserted AFTER INSERT ON deliveries WHEN new.state = 'pending' BEGIN
  ${addPending()}
END;
CREATE TRIGGER pending_left AFTER UPDATE ON deliveries WHEN old.state = 'pending' BEGIN
  ${removePending()}
END;
CREATE TRIGGER pending_entered AFTER UPDATE ON deliveries WHEN new.state = 'pending' BEGIN
  ${addPending()}
END;
`;

/** What is kept by name beside the records. Made where it is missing: databases of this version were made without it. */
export const settingsSchema = `
CREATE TABLE IF NOT EXISTS settings (
  namespace INTEGER NOT NULL REFERENCES namespaces ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (namespace, name)
) STRICT;
`;

function addPending(): string {
  return `INSERT INTO queues VALUES (new.namespace, new.api, new.endpoint, 1, new.bytes)
    ON CONFLICT DO UPDATE SET count = count + 1, bytes = bytes + excluded.bytes;`;
}

function removePending(): string {
  return `UPDATE queues SET count = count - 1, bytes = bytes - old.bytes
    WHERE namespace = old.namespace AND api = old.api AND endpoint = old.endpoint;`;
}
