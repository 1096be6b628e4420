-- +goose Up
CREATE TABLE slots (
    id text PRIMARY KEY,
    area text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    capacity integer NOT NULL,
    reserved integer NOT NULL DEFAULT 0,
    CONSTRAINT slots_end_after_start CHECK (ends_at > starts_at),
    CONSTRAINT slots_within_capacity CHECK (reserved BETWEEN 0 AND capacity)
);
CREATE INDEX slots_area_starts_at_id ON slots (area, starts_at, id COLLATE "C");

CREATE TABLE reservations (
    slot_id text NOT NULL REFERENCES slots (id) ON DELETE CASCADE,
    order_id text NOT NULL,
    reserved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (slot_id, order_id)
);

-- +goose Down
DROP TABLE reservations;
DROP TABLE slots;
