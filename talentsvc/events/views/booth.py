"""Where a company stands: its own booth for the company, the whole hall for everybody, once published."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template

from talentsvc.access.actor import acting
from talentsvc.access.route import requires
from talentsvc.core.errors import NotFoundHere
from talentsvc.events import hall_pages
from talentsvc.events.queries import halls
from talentsvc.events.rules.halls import neighbours_of
from talentsvc.events.views import blueprint
from talentsvc.files.serving import file_response


@blueprint.get("/employers/<uuid:employer_id>/registrations/<uuid:registration_id>/booth")
@requires("registrations.manage")
def own_booth(employer_id: UUID, registration_id: UUID) -> str:
    """The company's booth on the plan, in words and marked on the drawing."""
    if employer_id not in acting().employer_ids:
        raise NotFoundHere()
    company = halls.company_of(registration_id, employer_id=employer_id)
    hall = halls.hall_of(company.registration.session_id)
    booths = halls.booths_of(hall.plan) if hall.is_published else []
    own = company.booth if hall.is_published else None
    drawing = halls.drawing_of(hall.plan, booths)
    companies = halls.companies_of(hall.session.id) if own else []
    names = hall_pages.names_by_booth(companies)
    beside = sorted(neighbours_of(drawing.booths)[own.number]) if own else []
    return render_template(
        "events/halls/own_booth.html",
        hall=hall,
        company=company,
        booth=own,
        drawing=drawing,
        names=names,
        beside=beside,
        is_picture_shown=halls.is_shown(halls.picture_of(hall.plan)),
    )


@blueprint.get("/events/sessions/<uuid:session_id>/hall")
@requires("public")
def public_hall(session_id: UUID) -> str:
    """The published plan with the companies by booth; of a company nothing but its name."""
    hall = halls.public_hall(session_id)
    booths = halls.booths_of(hall.plan)
    return render_template(
        "events/halls/public_hall.html",
        hall=hall,
        drawing=halls.drawing_of(hall.plan, booths),
        names=hall_pages.names_by_booth(halls.companies_of(session_id)),
        is_picture_shown=halls.is_shown(halls.picture_of(hall.plan)),
    )


@blueprint.get("/events/sessions/<uuid:session_id>/hall/picture")
@requires("public")
def public_hall_picture(session_id: UUID) -> Response:
    """The picture under a published plan."""
    picture = halls.picture_of(halls.public_hall(session_id).plan)
    if picture is None or not halls.is_shown(picture):
        raise NotFoundHere()
    return file_response(picture, "view")
