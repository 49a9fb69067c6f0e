"""Invented events around today: a trip that is over, one on today, one to come, a fair, forums, a briefing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from talentsvc.access.actor import Actor
from talentsvc.access.roles import Role
from talentsvc.core.clock import local_date, now, start_of_day
from talentsvc.demo.world import World
from talentsvc.events.actions.add_session import add_session
from talentsvc.events.actions.create_event import create_event
from talentsvc.events.actions.publish_event import publish_event
from talentsvc.events.models import Event
from talentsvc.events.rules.event_terms import EventTerms
from talentsvc.events.rules.occasions import EventDetails, SessionDetails
from talentsvc.events.terms.event import BOOTH_KINDS, Admission, EventKind
from talentsvc.extensions.unit_of_work import unit_of_work

_CENTRE = ("高新区人才服务中心", "Talent Service Centre of the High-tech Zone")
_HALL = ("石家庄国际人才城", "Shijiazhuang International Talent City")
#: Days before the first session: published, registration opens and closes, results, confirmed by.
_COMPANY_DAYS = (50, 40, 12, 9, 4)


@dataclass(frozen=True)
class Stop:
    """One session: days from the event's first day, hour of beginning, hours, where, how many."""

    day: int
    hour: int
    hours: int
    city: str
    host: tuple[str, str]
    place: tuple[str, str]
    places: int = 0
    visitors: int | None = None
    expected: int = 0


@dataclass(frozen=True)
class Plan:
    """One invented event; `begins` counts days from today."""

    begins: int
    kind: EventKind
    title: tuple[str, str]
    summary: tuple[str, str]
    stops: tuple[Stop, ...]
    edition: int | None = None
    admission: Admission = Admission.FIRST_COME
    more: dict[str, Any] = field(default_factory=dict)
    #: Days before the first session on which it was published.
    announced: int = 30


def _trip(begins: int, season: tuple[str, str]) -> Plan:
    return Plan(
        begins,
        EventKind.CAMPUS_TRIP,
        (f"“百川归海”校园招聘行·{season[0]}", f"“All Rivers to the Sea” campus trip, {season[1]}"),
        (
            "高新区组织重点企业走进北京、天津、西安的高校，面向应届毕业生现场招聘。生物医药、新一代电子信息、化工新材料三大主导产业企业优先。",
            "The zone takes its companies to universities in Beijing, Tianjin and Xi'an to meet graduates. The three lead industries come first.",
        ),
        (
            Stop(
                0,
                9,
                4,
                "beijing",
                ("示例理工大学", "Example University of Technology"),
                ("体育馆", "Gymnasium"),
                24,
                None,
                900,
            ),
            Stop(
                1,
                9,
                4,
                "tianjin",
                ("示例化工大学", "Example University of Chemistry"),
                ("大学生活动中心", "Student centre"),
                20,
                None,
                700,
            ),
            Stop(
                3,
                9,
                4,
                "xian",
                ("示例电子大学", "Example University of Electronics"),
                ("东操场展厅", "East exhibition hall"),
                24,
                None,
                800,
            ),
        ),
        admission=Admission.SELECTION,
    )


PLANS: tuple[Plan, ...] = (
    _trip(-75, ("秋季首站", "first autumn journey")),
    _trip(0, ("秋季收官", "last autumn journey")),
    _trip(32, ("冬季", "winter journey")),
    Plan(
        55,
        EventKind.TALENT_PROJECT_FAIR,
        ("海内外高层次人才及项目洽谈会", "Talent and Project Fair"),
        (
            "海内外高层次人才与高新区企业面对面洽谈项目与岗位，设成果转化、产业难题揭榜与融资对接专场。",
            "Experts from home and abroad meet the zone's companies over projects and positions, with sessions on transfer, open problems and finance.",
        ),
        (
            Stop(
                0,
                9,
                8,
                "shijiazhuang",
                _HALL,
                ("一层多功能厅", "Multi-purpose hall, ground floor"),
                100,
                2000,
                1800,
            ),
        ),
        edition=6,
        announced=60,
    ),
    Plan(
        9,
        EventKind.FORUM,
        ("人力资源发展论坛", "Human Resources Forum"),
        (
            "围绕产业人才培养与引进，邀请高校、企业与服务机构交流做法。",
            "Universities, companies and service houses compare how they train and attract people.",
        ),
        (
            Stop(
                0,
                14,
                3,
                "shijiazhuang",
                _HALL,
                ("二层报告厅", "Lecture hall, first floor"),
                0,
                120,
                120,
            ),
        ),
    ),
    Plan(
        4,
        EventKind.SALON,
        (
            "双创沙龙：从实验室到第一张订单",
            "Founders' Salon: from the Laboratory to the First Order",
        ),
        (
            "两位创业者讲述技术转化的得失，现场交流融资与用工。",
            "Two founders tell what worked and what did not on the way from research to sales.",
        ),
        (
            Stop(
                0,
                19,
                2,
                "shijiazhuang",
                ("科创孵化器", "Science Incubator"),
                ("三层路演厅", "Pitch room, second floor"),
                0,
                3,
                40,
            ),
        ),
    ),
    Plan(
        16,
        EventKind.EXPERT_EXCHANGE,
        ("外专院士交流洽谈会", "Exchange with Foreign Experts"),
        (
            "受邀专家与重点企业小范围洽谈，随后参观园区与高校。",
            "Invited experts talk with companies in small rounds and then visit the parks and universities.",
        ),
        (
            Stop(
                0,
                9,
                7,
                "shijiazhuang",
                _HALL,
                ("五层会议中心", "Conference centre, fourth floor"),
                0,
                60,
                60,
            ),
        ),
        more={"is_invitation_only": True},
    ),
    Plan(
        2,
        EventKind.POLICY_BRIEFING,
        ("人才绿卡政策宣讲", "Briefing: the Talent Green Card"),
        (
            "逐条讲解申领条件、所需材料与办理时限，现场答疑。",
            "The conditions, the papers and the time limits one by one, with questions.",
        ),
        (
            Stop(
                0,
                15,
                2,
                "shijiazhuang",
                ("电子科技园", "Electronics Technology Park"),
                ("党群中心报告厅", "Community lecture hall"),
                0,
                80,
                80,
            ),
        ),
    ),
    Plan(
        -24,
        EventKind.FORUM,
        ("生物医药产业人才对话", "Dialogue on People in Biomedicine"),
        (
            "企业研发负责人与高校学科带头人对话产教融合。",
            "Heads of research and of faculties on learning and working together.",
        ),
        (
            Stop(
                0,
                9,
                3,
                "shijiazhuang",
                ("国际生物医药园", "International Biomedicine Park"),
                ("会议中心", "Conference centre"),
                0,
                100,
                100,
            ),
        ),
    ),
)


def load_occasions(world: World) -> list[Event]:
    """Enter and publish every plan by the product's own actions, dated back from today."""
    return [_make(world, plan) for plan in PLANS]


def _make(world: World, plan: Plan) -> Event:
    today = local_date(now())
    first = start_of_day(today + timedelta(days=plan.begins))
    entered = first - timedelta(
        days=_COMPANY_DAYS[0] if plan.kind in BOOTH_KINDS else plan.announced
    )
    at = min(entered + timedelta(hours=9), now() - timedelta(hours=3))
    actor = world.officer(Role.EVENTS_OFFICER, at)
    with unit_of_work():
        event = create_event(_details(plan, first), actor=actor, at=at)
        for stop in plan.stops:
            add_session(event.id, _session(stop, first, at), actor=actor, at=at)
    with unit_of_work():
        return publish_event(event.id, expected_version=None, actor=_again(world, at), at=at)


def _again(world: World, at: datetime) -> Actor:
    return world.officer(Role.EVENTS_OFFICER, at)


def _details(plan: Plan, first: datetime) -> EventDetails:
    moments: dict[str, Any] = dict.fromkeys(
        ("registration_opens_at", "registration_closes_at", "results_visible_at", "confirm_due_at")
    )
    if plan.kind in BOOTH_KINDS:
        for name, days in zip(moments, _COMPANY_DAYS[1:], strict=True):
            moments[name] = first - timedelta(days=days) + timedelta(hours=9)
    values: dict[str, Any] = {
        "kind": plan.kind,
        "title_zh": plan.title[0],
        "title_en": plan.title[1],
        "summary_zh": plan.summary[0],
        "summary_en": plan.summary[1],
        "organiser_zh": _CENTRE[0],
        "organiser_en": _CENTRE[1],
        "contact": "0311-0000000",
        "admission": plan.admission,
        "is_invitation_only": False,
        "takes_visitors": True,
        "edition": plan.edition,
        "terms": EventTerms().as_data(),
        **moments,
        **plan.more,
    }
    return EventDetails(**values)


def _session(stop: Stop, first: datetime, at: datetime) -> SessionDetails:
    starts_at = first + timedelta(days=stop.day, hours=stop.hour)
    is_large = stop.expected >= 1000
    return SessionDetails(
        city=stop.city,
        host_zh=stop.host[0],
        host_en=stop.host[1],
        place_zh=stop.place[0],
        place_en=stop.place[1],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=stop.hours),
        places=stop.places,
        visitor_places=stop.visitors,
        expected_visitors=stop.expected,
        permit_applied_on=local_date(at) if is_large else None,
        permit_number="示例公安许可〔2026〕006 号" if is_large else None,
    )
