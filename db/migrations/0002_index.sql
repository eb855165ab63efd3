-- +goose Up
CREATE TABLE index_places (
    kind TEXT PRIMARY KEY,          -- of entries
    name TEXT NOT NULL              -- where the index held them when the marks of products were last true of it
);

-- +goose Down
DROP TABLE index_places;
