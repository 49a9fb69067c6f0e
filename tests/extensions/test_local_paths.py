"""An address in a parameter never leads to another site."""

import pytest

from talentsvc.extensions.local_paths import local_path


@pytest.mark.parametrize("path", ["/", "/account", "/inbox?cursor=a%20b", "/公示/2026", "/a//b"])
def test_a_path_of_this_site_is_kept(path):
    assert local_path(path, "/home") == path


@pytest.mark.parametrize(
    "trick",
    [
        None,
        "",
        "account",
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\x00//evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "//[broken",
    ],
)
def test_anything_else_gives_the_default(trick):
    assert local_path(trick, "/home") == "/home"
