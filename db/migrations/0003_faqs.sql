-- +goose Up
CREATE TABLE faqs (
    store_id TEXT NOT NULL REFERENCES stores (id),
    id TEXT NOT NULL,
    hidden BIGINT NOT NULL,         -- 1: the packs' answer of this id is not wanted; such a row stays when deleted
    deleted_at BIGINT NOT NULL,     -- 0 while it lives; a deleted row goes once the index has forgotten it
    updated_at BIGINT NOT NULL,
    indexed_at BIGINT NOT NULL,     -- 0 until the index holds this state
    data TEXT NOT NULL,             -- JSON: the answer as the API shows it
    PRIMARY KEY (store_id, id)
);
CREATE INDEX faqs_unindexed ON faqs (store_id) WHERE indexed_at = 0;
CREATE INDEX faqs_deleted ON faqs (store_id) WHERE deleted_at > 0;

-- +goose Down
DROP TABLE faqs;
