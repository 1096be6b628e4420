CREATE TABLE shipments (
  id uuid PRIMARY KEY,
  order_reference text NOT NULL UNIQUE,
  country text NOT NULL,
  postcode text NOT NULL,
  weight_grams integer NOT NULL CHECK (weight_grams BETWEEN 1 AND 30000),
  created_at timestamptz NOT NULL
);

CREATE INDEX shipments_by_time ON shipments (created_at, id);
