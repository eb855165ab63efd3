-- +goose Up
CREATE TABLE stores (
    id TEXT PRIMARY KEY,
    data TEXT NOT NULL,             -- JSON: name, currency, locale, settings
    created_at BIGINT NOT NULL
);

CREATE TABLE keys (
    hash TEXT PRIMARY KEY,          -- SHA-256 of the key, hex; the key itself is never stored
    store_id TEXT NOT NULL,         -- empty for the operator's
    kind TEXT NOT NULL,             -- ok, sk, pk, ak
    hint TEXT NOT NULL,             -- last four characters
    created_at BIGINT NOT NULL
);
CREATE INDEX keys_store ON keys (store_id);

CREATE TABLE products (
    store_id TEXT NOT NULL REFERENCES stores (id),
    id TEXT NOT NULL,
    hash TEXT NOT NULL,             -- of all that data and entry are made from
    version BIGINT NOT NULL,        -- the source's own version, 0 without one
    said_at BIGINT NOT NULL,        -- when the merchant said so: the feed's or change's arrival
    deleted_at BIGINT NOT NULL,     -- 0 while it lives; a deleted row stays as a tombstone
    updated_at BIGINT NOT NULL,
    indexed_at BIGINT NOT NULL,     -- 0 until the index holds this state
    data TEXT NOT NULL,             -- JSON: the product as the API shows it; last, so that reading the rest is quick
    PRIMARY KEY (store_id, id)
);
CREATE INDEX products_living ON products (store_id, id, said_at) WHERE deleted_at = 0;
CREATE INDEX products_unindexed ON products (store_id) WHERE indexed_at = 0;

CREATE TABLE entries (
    store_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    model TEXT NOT NULL,            -- the encoder whose vectors these are
    data BYTEA NOT NULL,            -- the index entry
    PRIMARY KEY (store_id, kind, id)
);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    store_id TEXT NOT NULL REFERENCES stores (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    data TEXT NOT NULL,             -- JSON: the rest of the job
    created_at BIGINT NOT NULL
);
CREATE INDEX jobs_state ON jobs (state);
CREATE INDEX jobs_store ON jobs (store_id, created_at);

CREATE TABLE job_rows (             -- what a feed job did with each product, so that it can go on after a crash
    job_id TEXT NOT NULL REFERENCES jobs (id),
    product_id TEXT NOT NULL,
    line BIGINT NOT NULL,
    outcome TEXT NOT NULL,          -- added, updated, unchanged, removed, buried, stale, failed
    PRIMARY KEY (job_id, product_id)
);

CREATE TABLE job_errors (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    line BIGINT NOT NULL,
    field TEXT NOT NULL,
    product_id TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (job_id, line, field)
);

CREATE TABLE uploads (              -- buyers' photos
    store_id TEXT NOT NULL,
    id TEXT NOT NULL,
    media TEXT NOT NULL,
    data TEXT NOT NULL,             -- JSON: size, palette, regions
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (store_id, id)
);
CREATE INDEX uploads_expiry ON uploads (expires_at);

CREATE TABLE replays (              -- answers kept for a repeated Idempotency-Key
    scope TEXT NOT NULL,            -- hash of the API key and the route
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    status BIGINT NOT NULL,         -- 0 while the first request is being answered
    answer BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX replays_age ON replays (created_at);

-- +goose Down
DROP TABLE replays;
DROP TABLE uploads;
DROP TABLE job_errors;
DROP TABLE job_rows;
DROP TABLE jobs;
DROP TABLE entries;
DROP TABLE products;
DROP TABLE keys;
DROP TABLE stores;
