-- +goose Up
CREATE TABLE orders (
    store_id TEXT NOT NULL REFERENCES stores (id),
    id TEXT NOT NULL,
    number TEXT NOT NULL,           -- the id as buyers' words are compared with it: folded, without spaces, # and dashes
    updated_at BIGINT NOT NULL,
    data TEXT NOT NULL,             -- JSON: the order as the API shows it to the merchant
    PRIMARY KEY (store_id, id)
);
CREATE INDEX orders_number ON orders (store_id, number);

CREATE TABLE tickets (
    store_id TEXT NOT NULL REFERENCES stores (id),
    id TEXT NOT NULL,               -- rises with time
    conversation_id TEXT NOT NULL,
    order_id TEXT NOT NULL,         -- empty where it is about none
    kind TEXT NOT NULL,
    state TEXT NOT NULL,            -- open, done, declined
    updated_at BIGINT NOT NULL,
    data TEXT NOT NULL,             -- JSON: the ticket as the API shows it
    PRIMARY KEY (store_id, id)
);
CREATE INDEX tickets_state ON tickets (store_id, state, id);
CREATE INDEX tickets_conversation ON tickets (store_id, conversation_id, id);
-- What a buyer asks for again is the same request.
CREATE UNIQUE INDEX tickets_open ON tickets (store_id, conversation_id, order_id, kind) WHERE state = 'open';

CREATE TABLE promotions (
    store_id TEXT NOT NULL REFERENCES stores (id),
    id TEXT NOT NULL,
    valid_from BIGINT NOT NULL,     -- 0: always was
    valid_to BIGINT NOT NULL,       -- the last millisecond; 0: no end
    updated_at BIGINT NOT NULL,
    data TEXT NOT NULL,             -- JSON: the promotion as the API shows it
    PRIMARY KEY (store_id, id)
);

-- +goose Down
DROP TABLE promotions;
DROP TABLE tickets;
DROP TABLE orders;
