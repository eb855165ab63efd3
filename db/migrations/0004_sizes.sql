-- +goose Up
CREATE TABLE size_charts (
    store_id TEXT NOT NULL REFERENCES stores (id),
    id TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    data TEXT NOT NULL,             -- JSON: the chart as the API shows it
    PRIMARY KEY (store_id, id)
);

-- +goose Down
DROP TABLE size_charts;
