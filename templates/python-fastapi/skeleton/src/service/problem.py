"""Errors as RFC 9457 describes them."""

from http import HTTPStatus
from typing import Annotated, Any, ClassVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException

from service.logs import request_id

MEDIA_TYPE = "application/problem+json"


class Violation(BaseModel):
    """One thing that is wrong with a request."""

    pointer: str | None = Field(default=None, description="Where in the body (RFC 6901).")
    parameter: str | None = Field(default=None, description="Which part of the address or header.")
    detail: str


class Problem(BaseModel):
    """An error that a caller can read."""

    type: str = "about:blank"
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str | None = None
    instance: str = Field(description="The id of the request, to find it in logs.")
    errors: list[Violation] | None = None


_, _definitions = models_json_schema(
    [(Problem, "serialization")], ref_template="#/components/schemas/{model}"
)
SCHEMAS: dict[str, Any] = _definitions["$defs"]
"""What `response` refers to, for the OpenAPI description."""


class Refusal(Exception):
    """A request that is well formed and still cannot be carried out."""

    status: ClassVar[HTTPStatus]

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


def response(description: str) -> dict[str, Any]:
    """How a route describes a refusal in the OpenAPI description."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {MEDIA_TYPE: {"schema": schema}}}


def answer(
    status: int,
    title: str,
    detail: str | None = None,
    errors: list[Violation] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    problem = Problem(
        title=title,
        status=status,
        detail=detail,
        instance=request_id.get() or "",
        errors=errors,
    )
    content = problem.model_dump(exclude_none=True)
    return JSONResponse(content, status, headers, media_type=MEDIA_TYPE)


def _violation(error: dict[str, Any]) -> Violation:
    where, *path = error["loc"]
    if where != "body":
        return Violation(parameter=str(path[0]) if path else where, detail=error["msg"])
    if error["type"] == "json_invalid":
        path = []
    steps = [str(step).replace("~", "~0").replace("/", "~1") for step in path]
    return Violation(pointer="".join(f"/{step}" for step in steps), detail=error["msg"])


def report_problems(app: FastAPI) -> None:
    """Answer every error as a problem."""

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        violations = [_violation(item) for item in error.errors()]
        return answer(HTTPStatus.BAD_REQUEST, "The request is not valid", errors=violations)

    @app.exception_handler(Refusal)
    async def refused(_: Request, error: Refusal) -> JSONResponse:
        return answer(error.status, error.status.phrase, error.detail)

    @app.exception_handler(HTTPException)
    async def failed(_: Request, error: HTTPException) -> JSONResponse:
        headers = dict(error.headers) if error.headers else None
        return answer(error.status_code, HTTPStatus(error.status_code).phrase, headers=headers)
