"""Returns."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "returns",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("order_id", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("lines", JSONB, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("jsonb_array_length(lines) > 0", name="returns_have_lines"),
    )
    op.create_index("returns_created_at_id", "returns", ["created_at", "id"])
    op.create_index("returns_order_id_created_at_id", "returns", ["order_id", "created_at", "id"])
    op.create_index(
        "returns_one_open_per_order",
        "returns",
        ["order_id"],
        unique=True,
        postgresql_where=sa.text("received_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("returns")
