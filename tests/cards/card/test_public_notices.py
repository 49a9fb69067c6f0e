"""Public notices: masked, for some days, and gone by the clock alone."""

import re
from datetime import timedelta

import pytest

from talentsvc.cards.models import PublicNotice
from talentsvc.cards.publishing import shown
from talentsvc.core.canonical import digest
from talentsvc.core.clock import end_of_day, local_date, now
from talentsvc.core.masking import mask_name
from talentsvc.extensions.database import db
from tests.cards.card.holders import make_card
from tests.people.world import statements


def make_notice(app, application_id, name="欧阳䶮", ends_in_days=3, taken_down_at=None, **changed):
    """A notice of a case; its id."""
    with app.app_context():
        at = now()
        ends_on = local_date(at) + timedelta(days=ends_in_days)
        values = {
            "reference": "GXS-2026-00318-2",
            "employer_name": "河北示例生物科技有限公司",
            "tier": "C",
            "category_zh": "全日制本科及以上",
            "category_en": "Full-time bachelor and above",
            "unit": "working_day",
            "length": 5,
            **changed,
        }
        notice = PublicNotice(
            application_id=application_id,
            masked_name=mask_name(name),
            starts_on=ends_on - timedelta(days=7),
            ends_on=ends_on,
            ends_at=end_of_day(ends_on),
            published_at=at,
            taken_down_at=taken_down_at,
            **values,
        )
        notice.sha256 = digest(shown(notice))
        db.session.add(notice)
        db.session.commit()
        return notice.id


def text_of(answer) -> str:
    return answer.get_data(as_text=True)


@pytest.fixture
def application_id(app):
    return make_card(app).application_id


def test_nothing_on_notice_is_a_page_too(app, client):
    page = client.get("/public-notices")
    assert page.status_code == 200
    assert "empty-state" in text_of(page)


def test_an_entry_shows_the_least_that_lets_others_object(app, client, application_id):
    notice_id = make_notice(app, application_id)
    for path in ("/public-notices", f"/public-notices/{notice_id}"):
        page = text_of(client.get(path))
        for seen in ("欧**", "河北示例生物科技有限公司", "GXS-2026-00318-2", "全日制本科及以上"):
            assert seen in page
        assert "欧阳" not in page
        assert str(application_id) not in page
        assert '<meta name="robots" content="noindex, noarchive">' in page


def test_the_entry_says_until_when_where_and_in_which_days(app, client, application_id):
    notice_id = make_notice(app, application_id)
    ends_on = local_date(now()) + timedelta(days=3)
    page = text_of(client.get(f"/public-notices/{notice_id}"))
    assert f"{ends_on.year}年{ends_on.month}月{ends_on.day}日" in page
    assert app.config["SETTINGS"].window_zh in page
    client.set_cookie("language", "en")
    assert "5 working days" in text_of(client.get(f"/public-notices/{notice_id}"))
    calendar = make_notice(app, application_id, unit="calendar_day", length=7)
    assert "7 calendar days" in text_of(client.get(f"/public-notices/{calendar}"))


@pytest.mark.parametrize("how", ["ended", "taken_down"])
def test_after_its_end_an_entry_is_gone_with_no_job_having_run(app, client, application_id, how):
    gone = {"ended": {"ends_in_days": -1}, "taken_down": {"taken_down_at": now()}}[how]
    notice_id = make_notice(app, application_id, **gone)
    assert "GXS-2026-00318-2" not in text_of(client.get("/public-notices"))
    answer = client.get(f"/public-notices/{notice_id}")
    assert answer.status_code == 404
    assert "GXS-2026-00318-2" not in text_of(answer)


def test_the_last_day_itself_still_counts(app, client, application_id):
    notice_id = make_notice(app, application_id, ends_in_days=0)
    assert client.get(f"/public-notices/{notice_id}").status_code == 200


def test_paging_visits_every_entry_once_in_one_query(app, client, application_id, monkeypatch):
    monkeypatch.setattr("talentsvc.cards.queries.public_notices.PAGE_SIZE", 2)
    references = [f"GXS-2026-0031{n}-0" for n in range(5)]
    for n, reference in enumerate(references):
        make_notice(app, application_id, ends_in_days=n, reference=reference)
    found, path = [], "/public-notices"
    while path:
        with statements(app) as seen:
            page = text_of(client.get(path))
        assert len([s for s in seen if s.startswith("SELECT")]) == 1
        found += re.findall(r"GXS-2026-0031\d-0", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following.group(1).replace("&amp;", "&") if following else None
    assert found == references[::-1], "the one that ends last comes first"


def test_in_english_nothing_chinese_is_left_but_names(app, client, application_id):
    notice_id = make_notice(app, application_id, "Amara Okafor")
    client.set_cookie("language", "en")
    for path in ("/public-notices", f"/public-notices/{notice_id}"):
        page = text_of(client.get(path))
        main = page[page.index("<main") : page.index("</main>")]
        assert "A**** O*****" in main
        main = main.replace("河北示例生物科技有限公司", "")
        assert re.findall(r"[\u4e00-\u9fff]+", main) == []
