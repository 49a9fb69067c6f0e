"""The staff home: my work, what is due, tasks, messages sent, templates, the record, operation."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from talentsvc.access.actor import acting, current_actor
from talentsvc.access.route import requires
from talentsvc.cards.labels import DEADLINES, STATES
from talentsvc.cards.queries.nearness import due_words
from talentsvc.core.clock import end_of_day, local_date, now
from talentsvc.core.errors import NotFoundHere
from talentsvc.desk.doctor import findings
from talentsvc.desk.forms import SettleForm
from talentsvc.desk.labels import (
    AUDIENCES,
    FINDINGS,
    NOTICE_STATES,
    TASK_KINDS,
    TASK_WHAT_TO_DO,
    channel_name,
    masked_address,
    notice_state_name,
    task_facts,
    trouble_words,
)
from talentsvc.desk.message_titles import notice_title
from talentsvc.desk.queries import (
    address_now,
    deliveries,
    delivery_counts,
    due_counts,
    last_seals,
    open_tasks,
    record_page,
    states_for,
    work_of,
)
from talentsvc.desk.record_words import (
    SEAL_PERIODS,
    SUBJECTS,
    action_words,
    capacity_name,
    look_words,
)
from talentsvc.desk.subjects import subject_href, task_href
from talentsvc.extensions.forms import ActionForm
from talentsvc.extensions.language import LANGUAGES
from talentsvc.notices.registry import all_kinds, kind_of
from talentsvc.notices.rendering import render_texts
from talentsvc.notices.terms import NoticeState
from talentsvc.tasks.actions.send_notice_again import send_notice_again
from talentsvc.tasks.actions.settle_task import settle_task

blueprint = Blueprint("desk", __name__, url_prefix="/desk")

#: Pages of lower rooms name messages, capacities and looks too.
for words in (notice_title, channel_name, notice_state_name, capacity_name, look_words):
    blueprint.add_app_template_global(words, words.__name__)


@blueprint.get("/")
@requires("desk.open")
def home() -> str:
    """My work, with what is overdue and due today."""
    at = now()
    states = states_for(current_actor)
    return render_template(
        "desk/home.html",
        counts=due_counts(states, at=at, day_end=end_of_day(local_date(at))),
        mine=work_of(states, mine=current_actor.account_id),
        waiting=work_of(states, mine=None),
        has_cases=bool(states),
        states=STATES,
        deadlines={kind.value: label for kind, label in DEADLINES.items()},
        due_of=due_words(),
    )


@blueprint.get("/tasks")
@requires("tasks.settle")
def tasks() -> str:
    """What ended in a person's hands."""
    return _tasks_page(SettleForm())


def _tasks_page(form: SettleForm) -> str:
    roles = frozenset(role.value for role in current_actor.roles)
    return render_template(
        "desk/tasks.html",
        page=open_tasks(roles, request.args.get("cursor")),
        form=form,
        kinds=TASK_KINDS,
        what_to_do=TASK_WHAT_TO_DO,
        facts_of=task_facts,
        href_of=task_href,
    )


@blueprint.post("/tasks/<uuid:task_id>/settle")
@requires("tasks.settle")
def settle(task_id: UUID) -> Any:
    """Say what was done about a task."""
    form = SettleForm()
    if not form.was_sent():
        return _tasks_page(form), 422
    settle_task(task_id, settlement=form.settlement.data or "", actor=acting(), at=now())
    flash(_("Settled."), "success")
    return redirect(url_for("desk.tasks"), 303)


@blueprint.get("/deliveries")
@requires("notices.read")
def deliveries_page() -> str:
    """Messages that left the house or are about to."""
    text = request.args.get("state", "")
    state = NoticeState(text) if text in {member.value for member in NoticeState} else None
    return render_template(
        "desk/deliveries.html",
        page=deliveries(state, request.args.get("cursor")),
        counts=delivery_counts(),
        chosen=state,
        states=NOTICE_STATES,
        trouble_words=trouble_words,
        masked_address=masked_address,
        subjects=SUBJECTS,
        subject_href=subject_href,
        form=ActionForm(),
    )


@blueprint.post("/deliveries/<uuid:notice_id>/resend")
@requires("tasks.settle")
def send_again(notice_id: UUID) -> Any:
    """A person decides that a message which failed, or may have failed, is sent once more."""
    send_notice_again(notice_id, actor=acting(), at=now(), address=address_now(notice_id))
    flash(_("The message is in the queue again."), "success")
    return redirect(url_for("desk.deliveries_page"), 303)


@blueprint.get("/message-templates")
@requires("notices.preview")
def notice_kinds() -> str:
    """Every kind of message, declared once."""
    return render_template("desk/notice_kinds.html", kinds=all_kinds(), audiences=AUDIENCES)


@blueprint.get("/message-templates/<code>")
@requires("notices.preview")
def notice_kind(code: str) -> str:
    """One kind in both languages, filled with its sample."""
    try:
        kind = kind_of(code)
    except KeyError as error:
        raise NotFoundHere() from error
    previews = {language: render_texts(kind.code, language, kind.sample) for language in LANGUAGES}
    return render_template("desk/notice_kind.html", kind=kind, previews=previews)


@blueprint.get("/record")
@requires("audit.read")
def record() -> str:
    """The record, newest first, and its seals."""
    return render_template(
        "desk/record.html",
        page=record_page(request.args.get("cursor")),
        seals=last_seals(),
        subjects=SUBJECTS,
        seal_periods=SEAL_PERIODS,
        action_words=action_words,
    )


@blueprint.get("/operation")
@requires("system.operate")
def operation() -> str:
    """What the doctor finds: everything that is stuck and that nobody owns."""
    return render_template("desk/operation.html", findings=findings(now()), meanings=FINDINGS)
