"""From a row to what a sender needs."""

import json

import pytest
from flask import Flask
from jinja2 import UndefinedError
from jinja2.sandbox import SecurityError

from talentsvc.core.clock import now
from talentsvc.core.ids import uuid7
from talentsvc.notices import rendering
from talentsvc.notices.models import Notice
from talentsvc.notices.rendering import RenderedNotice, render_notice, render_texts
from talentsvc.notices.terms import Channel
from tests.notices.outbox import USUAL

pytestmark = pytest.mark.usefixtures("app_context")


def rendered(
    language: str = "zh", channel: Channel = Channel.EMAIL, **params: str
) -> RenderedNotice:
    notice = Notice(
        kind=USUAL.code,
        channel=channel,
        language=language,
        subject_kind="application",
        subject_id=uuid7(),
        queued_at=now(),
    )
    notice.address = "wang@example.cn"
    notice.params_json = json.dumps({**USUAL.sample, **params})
    return render_notice(notice)


def test_each_part_is_in_the_reader_s_language() -> None:
    zh, en = rendered("zh"), rendered("en")
    assert zh.sender_name == "石家庄高新区 · 人才服务"
    assert en.sender_name == "Shijiazhuang High-tech Zone · Talent Services"
    assert 'lang="zh-CN"' in zh.html
    assert 'lang="en"' in en.html
    assert zh.footer in zh.html
    assert en.footer in en.html
    assert zh.footer != en.footer


def test_what_a_person_typed_is_text_in_the_formatted_part() -> None:
    html = rendered(name="<script>alert(1)</script>").html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_link_of_ours_is_a_button(app: Flask) -> None:
    link = f"{app.config['SETTINGS'].public_base_url}/applications/7"
    assert f'<a href="{link}"' in rendered(link=link).html
    assert "https://evil.example" in rendered(name="https://evil.example/x").html
    assert 'href="https://evil.example' not in rendered(name="https://evil.example/x").html


def test_a_value_is_never_read_as_a_template() -> None:
    text = rendered(name="{{ 7 * 7 }}{% if 1 %}").text
    assert "{{ 7 * 7 }}{% if 1 %}" in text


def test_a_text_message_has_no_formatted_part() -> None:
    assert rendered(channel=Channel.SMS).html == ""


def test_the_message_id_is_the_row_s() -> None:
    notice = rendered()
    assert notice.message_id.endswith("@example.cn>")
    assert len(notice.message_id) > 36


def test_a_placeholder_without_a_value_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render_texts(USUAL.code, "zh", {"name": "x"})


def test_a_text_can_reach_nothing_of_the_process() -> None:
    template = rendering._environment("zh").from_string("{{ name.__class__.__mro__ }}")
    with pytest.raises(SecurityError):
        template.render({"name": "x"})
