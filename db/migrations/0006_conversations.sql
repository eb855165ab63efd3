-- +goose Up
CREATE TABLE conversations (
    store_id TEXT NOT NULL REFERENCES stores (id),
    id TEXT NOT NULL,
    token_hash TEXT NOT NULL,       -- SHA-256 of the buyer's token, hex; the token itself is never stored
    state TEXT NOT NULL,            -- bot, waiting, human, closed
    agent TEXT NOT NULL,            -- who holds it, or empty
    version BIGINT NOT NULL,        -- the length of its log
    asked_at BIGINT NOT NULL,       -- when a person was asked for; 0 where none is waited for or there
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    data TEXT NOT NULL,             -- JSON: locale, buyer, page, handover, rating
    memory TEXT NOT NULL,           -- the assistant's own; last, so that reading the rest is quick
    PRIMARY KEY (store_id, id)
);
CREATE INDEX conversations_recent ON conversations (store_id, updated_at, id);
CREATE INDEX conversations_state ON conversations (store_id, state, updated_at, id);
CREATE INDEX conversations_waiting ON conversations (store_id, asked_at, id) WHERE state = 'waiting';

CREATE TABLE conversation_events (  -- the log of all conversations
    id BIGINT PRIMARY KEY,          -- rises in the order of commits, and is never given twice
    store_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    kind TEXT NOT NULL,             -- message, state, note, feedback, rating, suggestion
    message_id TEXT NOT NULL,       -- of a message, else empty
    client_id TEXT NOT NULL,        -- role and client's own id of a message, or empty
    reply_to TEXT NOT NULL,         -- of the bot's reply: the buyer's message, or empty
    at BIGINT NOT NULL,
    data TEXT NOT NULL,             -- JSON: as its kind says
    FOREIGN KEY (store_id, conversation_id) REFERENCES conversations (store_id, id)
);
CREATE INDEX conversation_events_store ON conversation_events (store_id, id);
CREATE INDEX conversation_events_log ON conversation_events (store_id, conversation_id, id);
CREATE UNIQUE INDEX conversation_events_message ON conversation_events (store_id, conversation_id, message_id) WHERE message_id <> '';
CREATE UNIQUE INDEX conversation_events_client ON conversation_events (store_id, conversation_id, client_id) WHERE client_id <> '';
CREATE UNIQUE INDEX conversation_events_reply ON conversation_events (store_id, conversation_id, reply_to) WHERE reply_to <> '';

CREATE TABLE conversation_clock (   -- one row, which every writer of the log begins with: they take turns by it
    last BIGINT NOT NULL            -- the id of the last event
);
INSERT INTO conversation_clock (last) VALUES (0);

CREATE TABLE gaps (                 -- questions that nobody could answer
    store_id TEXT NOT NULL REFERENCES stores (id),
    id TEXT NOT NULL,               -- hash of language and folded question
    count BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    conversation_id TEXT NOT NULL,  -- one where it was asked, or empty
    data TEXT NOT NULL,             -- JSON: question, language, answers that were near
    PRIMARY KEY (store_id, id)
);
CREATE INDEX gaps_often ON gaps (store_id, count, last_at, id);
CREATE INDEX gaps_conversation ON gaps (store_id, conversation_id) WHERE conversation_id <> '';

CREATE TABLE transcripts (          -- of what buyers spoke, until they send it
    store_id TEXT NOT NULL REFERENCES stores (id),
    id TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (store_id, id)
);
CREATE INDEX transcripts_expiry ON transcripts (expires_at);

-- +goose Down
DROP TABLE transcripts;
DROP TABLE gaps;
DROP TABLE conversation_clock;
DROP TABLE conversation_events;
DROP TABLE conversations;
