import re

import yaml

from api_description import FILE, describe


def test_the_description_is_that_of_the_routes() -> None:
    assert yaml.safe_load(FILE.read_text()) == describe(), "run make openapi"


def test_everything_referred_to_is_there() -> None:
    text = FILE.read_text()
    names = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert names <= set(yaml.safe_load(text)["components"]["schemas"])


def test_every_route_says_how_it_fails() -> None:
    for path, operations in describe()["paths"].items():
        for method, operation in operations.items():
            default = operation["responses"]["default"]["content"]
            assert list(default) == ["application/problem+json"], f"{method} {path}"
            assert "422" not in operation["responses"]
