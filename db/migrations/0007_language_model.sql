-- +goose Up
CREATE TABLE llm_usage (
    store_id TEXT NOT NULL REFERENCES stores (id),
    day TEXT NOT NULL,              -- YYYY-MM-DD in UTC
    calls BIGINT NOT NULL,
    failures BIGINT NOT NULL,       -- of the calls: those that gave no answer
    tokens_in BIGINT NOT NULL,
    tokens_out BIGINT NOT NULL,
    cost BIGINT NOT NULL,           -- millionths of the currency of the prices
    PRIMARY KEY (store_id, day)
);

-- +goose Down
DROP TABLE llm_usage;
