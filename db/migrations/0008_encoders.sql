-- +goose Up
CREATE TABLE answering (            -- one row, once there is a product: whose vectors are searched
    one BIGINT PRIMARY KEY,         -- 1
    made TEXT NOT NULL,             -- as entries.model: those made otherwise have no vectors to search
    coming TEXT NOT NULL,           -- the same of the entries that are to take their place, or empty
    since BIGINT NOT NULL           -- when they began to be made, or 0
);

CREATE TABLE coming_entries (       -- of products, made while those of another encoder are searched
    store_id TEXT NOT NULL,
    id TEXT NOT NULL,
    model TEXT NOT NULL,            -- as entries.model
    data BYTEA NOT NULL,            -- as entries.data; goes when the product changes
    PRIMARY KEY (store_id, id)
);

-- What is searched. Coming entries count from the moment that answering names
-- them, though each is moved in its turn.
CREATE VIEW current_entries AS
SELECT e.store_id, e.kind, e.id, COALESCE(c.model, e.model) AS model, COALESCE(c.data, e.data) AS data
FROM entries e LEFT JOIN coming_entries c ON c.store_id = e.store_id AND c.id = e.id AND e.kind = 'product'
    AND c.model = (SELECT made FROM answering WHERE one = 1);

CREATE TABLE kind_vectors (         -- of the names of kinds of things, so that no start waits for them
    model TEXT PRIMARY KEY,
    names TEXT NOT NULL,            -- SHA-256 of the names, hex
    data BYTEA NOT NULL             -- one after the other, little-endian float32
);

ALTER TABLE jobs ADD COLUMN waiting TEXT NOT NULL DEFAULT ''; -- what a running job waits for

-- +goose Down
ALTER TABLE jobs DROP COLUMN waiting;
DROP VIEW current_entries;
DROP TABLE kind_vectors;
DROP TABLE coming_entries;
DROP TABLE answering;
