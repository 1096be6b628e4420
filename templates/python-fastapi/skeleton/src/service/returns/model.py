"""What a return is."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

OrderId = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9-]{1,64}$", description="Letters, digits and dashes.")
]
Sku = Annotated[str, Field(pattern=r"^[A-Z0-9-]{1,32}$", description="Capitals, digits, dashes.")]


class _Model(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", frozen=True, validate_by_name=True
    )


class Reason(StrEnum):
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong-item"
    UNWANTED = "unwanted"


class Line(_Model):
    """Some pieces of one article."""

    sku: Sku
    quantity: Annotated[int, Field(strict=True, ge=1, le=1000)]


class NewReturn(_Model):
    """What a customer wants to send back."""

    order_id: OrderId
    reason: Reason
    lines: Annotated[list[Line], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _each_article_once(self) -> Self:
        if len({line.sku for line in self.lines}) < len(self.lines):
            raise ValueError("lines should name each sku once")
        return self


class Return(_Model):
    """Goods on their way back. It is open until the warehouse has received them."""

    id: UUID
    order_id: OrderId
    reason: Reason
    lines: list[Line]
    created_at: datetime
    received_at: datetime | None = None

    @classmethod
    def of(cls, new: NewReturn) -> Self:
        return cls(
            id=uuid4(),
            order_id=new.order_id,
            reason=new.reason,
            lines=new.lines,
            created_at=datetime.now(UTC),
        )


class ReturnPage(_Model):
    """Some returns, the oldest first."""

    items: list[Return]
    next: UUID | None = Field(
        description="Ask for the next page with `after` set to this; null on the last page."
    )
