"""The hall at the desk: drawn by the editor's form and without it, refused with reasons, copied, imported."""

import io
import json
import re

import openpyxl
import pytest
from sqlalchemy import func, select

from talentsvc.core.clock import now
from talentsvc.events.hallwork import give_booth
from talentsvc.events.models import Booth, HallPlan
from talentsvc.events.queries.halls import booths_of, drawing_of, hall_of
from talentsvc.events.rules.hall_reading import drawing_data
from talentsvc.extensions.database import db
from talentsvc.extensions.unit_of_work import unit_of_work
from talentsvc.files.models import StoredFile
from talentsvc.files.terms import FilePurpose
from tests.employers.world import scan_all
from tests.events.halls.world import (
    events_officer,
    make_hall,
    make_registration,
    make_session,
    many_registrations,
    rows_of_booths,
)
from tests.files.samples import png
from tests.people.world import officer, sent, sign_in, statements


@pytest.fixture
def session_id(app):
    return make_session(app)


@pytest.fixture
def desk(app, client, session_id):
    """A signed-in officer's client, and the path of the hall."""
    sign_in(app, client, events_officer(app))
    return client, f"/desk/events/sessions/{session_id}/hall"


def now_of(app, session_id, prefix=""):
    """The version that a page would hold, as its field."""
    return {f"{prefix}version": str(version_of(app, session_id))}


def data_of(app, session_id):
    with app.app_context():
        hall = hall_of(session_id)
        return drawing_data(drawing_of(hall.plan, booths_of(hall.plan)))


def version_of(app, session_id) -> int:
    with app.app_context():
        return hall_of(session_id).version


def occupy(app, session_id, booth_id):
    registration_id = make_registration(app, session_id)
    with app.app_context(), unit_of_work():
        give_booth(db.session.get_one(Booth, booth_id), registration_id, at=now(), is_locked=False)
    return registration_id


def problems(page) -> str:
    found = re.search(r'class="error-summary".*?</div>', page.get_data(as_text=True), re.S)
    assert found, "no problems are told"
    return found[0]


def test_the_editors_drawing_is_kept_and_shown_again(app, desk, session_id):
    client, path = desk
    drawing = drawing_data(rows_of_booths())
    answer = client.post(path, data=sent(version="0", drawing=json.dumps(drawing)))
    assert answer.status_code == 303
    stored = data_of(app, session_id)
    assert [{**one, "id": None} for one in stored["booths"]] == drawing["booths"]
    page = client.get(path).get_data(as_text=True)
    assert page.count('class="hall-booth') == 8
    assert ">A08</text>" in page


def test_booths_exchange_their_numbers_and_stay_themselves(app, desk, session_id):
    client, path = desk
    ids = make_hall(app, session_id)
    stored = data_of(app, session_id)
    for one in stored["booths"]:
        one["number"] = {"A01": "A02", "A02": "A01"}.get(one["number"], one["number"])
    assert (
        client.post(
            path, data=sent(**now_of(app, session_id), drawing=json.dumps(stored))
        ).status_code
        == 303
    )
    after = {one["number"]: one["id"] for one in data_of(app, session_id)["booths"]}
    assert (after["A01"], after["A02"]) == (str(ids["A02"]), str(ids["A01"]))
    page = client.get(path).get_data(as_text=True)
    assert f'name="version" type="hidden" value="{version_of(app, session_id)}"' in page


def test_a_flawed_drawing_comes_back_with_every_reason_and_is_not_kept(app, desk, session_id):
    client, path = desk
    drawing = drawing_data(rows_of_booths())
    drawing["booths"][1] |= {"number": "A01", "column": 0}
    answer = client.post(path, data=sent(version="0", drawing=json.dumps(drawing)))
    assert answer.status_code == 422
    assert "A01" in problems(answer)
    assert answer.get_data(as_text=True).count('class="hall-booth') == 8
    with app.app_context():
        assert db.session.execute(select(func.count()).select_from(HallPlan)).scalar_one() == 0


def test_somebody_elses_change_is_told_and_the_own_drawing_is_not_lost(app, desk, session_id):
    client, path = desk
    make_hall(app, session_id)
    drawing = data_of(app, session_id)
    seen = version_of(app, session_id)
    make_hall(app, session_id, rows_of_booths(zone="B"), version=seen)
    for one in drawing["booths"]:
        one["id"] = None
    drawing["booths"].append({**drawing["booths"][0], "number": "Z09", "column": 8, "row": 6})
    answer = client.post(path, data=sent(version=str(seen), drawing=json.dumps(drawing)))
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert ">Z09</text>" in page
    assert {one["zone"] for one in data_of(app, session_id)["booths"]} == {"B"}
    again = client.post(path, data=sent(**now_of(app, session_id), drawing=json.dumps(drawing)))
    assert again.status_code == 303
    assert "Z09" in {one["number"] for one in data_of(app, session_id)["booths"]}


def test_a_booth_in_use_is_neither_deleted_nor_blocked_and_the_reason_is_told(
    app, desk, session_id
):
    client, path = desk
    ids = make_hall(app, session_id)
    occupy(app, session_id, ids["A03"])
    deleted = client.post(
        f"{path}/booths/{ids['A03']}/delete", data=sent(**now_of(app, session_id))
    )
    assert deleted.status_code == 422
    assert "A03" in problems(deleted)
    drawing = data_of(app, session_id)
    drawing["booths"][2]["is_blocked"] = True
    blocked = client.post(path, data=sent(**now_of(app, session_id), drawing=json.dumps(drawing)))
    assert blocked.status_code == 422
    free = client.post(f"{path}/booths/{ids['A04']}/delete", data=sent(**now_of(app, session_id)))
    assert free.status_code == 303
    assert len(data_of(app, session_id)["booths"]) == 7


def test_a_foreign_booth_cannot_be_named_in_a_drawing(app, desk, session_id):
    client, path = desk
    make_hall(app, session_id)
    other = make_session(app)
    make_hall(app, other)
    drawing = data_of(app, other)
    answer = client.post(path, data=sent(**now_of(app, session_id), drawing=json.dumps(drawing)))
    assert answer.status_code == 422
    assert len({one["id"] for one in data_of(app, other)["booths"]}) == 8
    assert not {one["id"] for one in data_of(app, session_id)["booths"]} & {
        one["id"] for one in drawing["booths"]
    }


def test_without_the_editor_booths_are_added_changed_and_filled_in_by_forms(app, desk, session_id):
    client, path = desk
    grid = {"grid-version": "0", "grid-columns": "20", "grid-rows": "10"}
    assert client.post(f"{path}/grid", data=sent(**grid)).status_code == 303
    fill = {
        **now_of(app, session_id),
        "first_number": "A01",
        "zone": "A",
        "column": "1",
        "row": "1",
        "columns": "8",
        "rows": "5",
        "width": "2",
        "height": "2",
        "size_m2": "9",
        "power_w": "500",
        "aisle": "1",
    }
    filled_in = {f"fill-{name}": value for name, value in fill.items()}
    assert client.post(f"{path}/fill", data=sent(**filled_in)).status_code == 303
    assert len(data_of(app, session_id)["booths"]) == 8
    one = {
        **now_of(app, session_id),
        "number": "E01",
        "zone": "E",
        "column": "19",
        "row": "9",
        "width": "2",
        "height": "2",
        "size_m2": "18",
        "power_w": "0",
        "is_near_entrance": "y",
    }
    assert client.post(f"{path}/booths/new", data=sent(**one)).status_code == 303
    added = next(one for one in data_of(app, session_id)["booths"] if one["number"] == "E01")
    assert (added["column"], added["row"], added["is_near_entrance"]) == (18, 8, True)
    edit = f"{path}/booths/{added['id']}"
    assert 'value="E01"' in client.get(edit).get_data(as_text=True)
    outside = client.post(edit, data=sent(**{**one, **now_of(app, session_id), "width": "3"}))
    assert outside.status_code == 422
    assert "E01" in problems(outside)
    other = {**one, **now_of(app, session_id), "zone": "F"}
    assert client.post(edit, data=sent(**other)).status_code == 303
    smaller = {**now_of(app, session_id, "grid-"), "grid-columns": "10", "grid-rows": "10"}
    answer = client.post(f"{path}/grid", data=sent(**smaller))
    assert answer.status_code == 422, "a booth would lie outside"


def test_form_answers_that_are_no_numbers_are_told(desk):
    client, path = desk
    answer = client.post(
        f"{path}/grid", data=sent(**{"grid-version": "0", "grid-columns": "x", "grid-rows": "99"})
    )
    assert answer.status_code == 422
    assert problems(answer).count("<li>") == 2


def test_another_sessions_hall_is_copied_with_its_picture_and_new_booths(app, desk, session_id):
    client, path = desk
    other = make_session(app)
    ids = make_hall(app, other)
    upload = (io.BytesIO(png()), "hall.png")
    picture = {**now_of(app, other, "picture-"), "picture-picture": upload}
    other_path = path.replace(str(session_id), str(other))
    assert client.post(f"{other_path}/picture", data=sent(**picture)).status_code == 303
    form = {"copy-version": "0", "copy-from_session_id": str(other)}
    assert client.post(f"{path}/copy", data=sent(**form)).status_code == 303
    copied = data_of(app, session_id)["booths"]
    assert {one["number"] for one in copied} == set(ids)
    assert not {one["id"] for one in copied} & {str(one) for one in ids.values()}
    remove = now_of(app, other, "picture-")
    assert client.post(f"{other_path}/picture/remove", data=sent(**remove)).status_code == 303
    scan_all(app)
    assert client.get(f"{path}/picture").status_code == 200, "the copy keeps it"
    remove = now_of(app, session_id, "picture-")
    client.post(f"{path}/picture/remove", data=sent(**remove))
    with app.app_context():
        kept = select(StoredFile).where(
            StoredFile.purpose == FilePurpose.HALL_PICTURE, StoredFile.removed_at.is_(None)
        )
        assert db.session.execute(kept).scalars().all() == []


def test_a_hall_with_companies_in_it_is_not_replaced_by_a_copy(app, desk, session_id):
    client, path = desk
    ids = make_hall(app, session_id)
    occupy(app, session_id, ids["A01"])
    other = make_session(app)
    make_hall(app, other)
    form = {**now_of(app, session_id, "copy-"), "copy-from_session_id": str(other)}
    answer = client.post(f"{path}/copy", data=sent(**form))
    assert answer.status_code == 422
    assert "A01" in problems(answer)


def test_a_picture_is_shown_only_when_the_scanner_called_it_clean(app, desk, session_id):
    client, path = desk
    picture = {"picture-version": "0", "picture-picture": (io.BytesIO(png()), "hall.png")}
    assert client.post(f"{path}/picture", data=sent(**picture)).status_code == 303
    assert "<image" not in client.get(path).get_data(as_text=True)
    assert client.get(f"{path}/picture").status_code == 409
    scan_all(app)
    assert '<image class="hall-picture"' in client.get(path).get_data(as_text=True)
    answer = client.get(f"{path}/picture")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")


@pytest.mark.parametrize(
    ("name", "data"), [("hall.svg", b"<svg/>"), ("hall.png", b"no picture at all"), ("", b"")]
)
def test_what_is_no_picture_is_refused(desk, name, data):
    client, path = desk
    picture = {"picture-version": "0", "picture-picture": (io.BytesIO(data), name)}
    assert client.post(f"{path}/picture", data=sent(**picture)).status_code == 422


def workbook(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


TABLE = (
    ("展位号", "区", "列", "行", "宽", "高", "近入口"),
    ("A01", "A", 1, 1, 2, 2, "是"),
    ("A02", "A", 3, 1, 2, 2, "否"),
)


@pytest.mark.parametrize(
    "data",
    [
        workbook(*TABLE),
        "\n".join(",".join(map(str, row)) for row in TABLE).encode("utf-8-sig"),
        "\r\n".join(",".join(map(str, row)) for row in TABLE).encode("gb18030"),
    ],
    ids=["xlsx", "csv utf-8", "csv gb18030"],
)
def test_booths_are_imported_from_a_table(app, desk, session_id, data):
    client, path = desk
    form = {"table-version": "0", "table-table": (io.BytesIO(data), "booths.xlsx")}
    assert client.post(f"{path}/table", data=sent(**form)).status_code == 303
    booths = data_of(app, session_id)["booths"]
    assert [(one["number"], one["column"], one["is_near_entrance"]) for one in booths] == [
        ("A01", 0, True),
        ("A02", 2, False),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 broken",
        b"\x00\xff\xfe",
        workbook(*TABLE, ("A03", "A", 2, 1, 2, 2, "否")),
        workbook(*TABLE, ("A03", "A", "here", 1, 2, 2, "否")),
        workbook(("A", "B"), (1, 2)),
        b"x" * 400_001,
        b"number,column,row\n" + b"A01,1,1\n" * 1100,
    ],
    ids=["empty", "broken", "binary", "overlap", "word", "headings", "large", "long"],
)
def test_a_wrong_table_changes_nothing_and_says_why(app, desk, session_id, data):
    client, path = desk
    form = {"table-version": "0", "table-table": (io.BytesIO(data), "booths.csv")}
    answer = client.post(f"{path}/table", data=sent(**form))
    assert answer.status_code == 422
    assert "<li>" in problems(answer)
    assert data_of(app, session_id)["booths"] == []


def test_the_workbook_of_the_plan_is_one_sheet_and_reads_back_as_a_table(app, desk, session_id):
    client, path = desk
    ids = make_hall(app, session_id)
    occupy(app, session_id, ids["A02"])
    answer = client.get(f"{path}/workbook")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert len(book.sheetnames) == 1
    sheet = book.active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 9
    assert rows[2][0] == "A02"
    assert "有限公司" in rows[2][10]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"
    other = make_session(app)
    other_path = path.replace(str(session_id), str(other))
    form = {"table-version": "0", "table-table": (io.BytesIO(answer.data), "plan.xlsx")}
    assert client.post(f"{other_path}/table", data=sent(**form)).status_code == 303
    assert len(data_of(app, other)["booths"]) == 8


def test_the_printed_plan_lists_companies_by_booth(app, desk, session_id):
    client, path = desk
    ids = make_hall(app, session_id)
    occupy(app, session_id, ids["A02"])
    page = client.get(f"{path}/print").get_data(as_text=True)
    assert "hall-paper" in page
    assert "有限公司" in page


def test_too_few_booths_are_said_before_anything_is_allocated(app, desk, session_id):
    client, path = desk
    make_hall(app, session_id)
    many_registrations(app, session_id, 10)
    page = client.get(path).get_data(as_text=True)
    assert "展位少于企业" in page


def test_the_hall_page_asks_few_queries_however_many_booths(app, desk, session_id):
    client, path = desk
    make_hall(app, session_id, rows_of_booths(6, 8))
    client.get(path)
    with statements(app) as seen:
        client.get(path)
    assert len(seen) <= 9, seen


def test_only_events_officers_draw(app, client, session_id):
    sign_in(app, client, officer(app))
    path = f"/desk/events/sessions/{session_id}/hall"
    assert client.get(path).status_code == 403
    assert client.post(path, data=sent(version="0", drawing="{}")).status_code == 403
