-- Up Migration
CREATE TABLE quotes (
  id uuid PRIMARY KEY,
  currency text NOT NULL,
  lines jsonb NOT NULL,
  net_minor bigint NOT NULL,
  vat_minor bigint NOT NULL,
  vat_basis_points integer NOT NULL,
  created_at timestamptz NOT NULL,
  valid_until timestamptz NOT NULL,
  accepted_at timestamptz,
  CONSTRAINT quotes_have_lines CHECK (jsonb_array_length(lines) > 0),
  CONSTRAINT quotes_accepted_while_valid CHECK (accepted_at < valid_until)
);
CREATE INDEX quotes_created_at_id ON quotes (created_at, id);

-- Down Migration
DROP TABLE quotes;
