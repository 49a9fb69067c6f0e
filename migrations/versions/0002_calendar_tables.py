"""Working days of 2025 and 2026 from the State Council's notices, and 2027 as far as the law says.

Data, because no office can compute a due date without it. 2027 has no notice yet: only the holidays
of the statute are known, no worked weekends, so the year is provisional and the desk replaces it.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

YEARS = {
    2025: ("official", "国务院办公厅关于2025年部分节假日安排的通知"),
    2026: ("official", "国务院办公厅关于2026年部分节假日安排的通知（2025-11-04）"),
    2027: ("provisional", "全国年节及纪念日放假办法；调休安排待公布"),
}
NAMES = {
    "new_year": ("元旦", "New Year"),
    "spring": ("春节", "Spring Festival"),
    "qingming": ("清明节", "Tomb-Sweeping Day"),
    "labour": ("劳动节", "Labour Day"),
    "dragon": ("端午节", "Dragon Boat Festival"),
    "autumn": ("中秋节", "Mid-Autumn Festival"),
    "national": ("国庆节", "National Day"),
}
#: (month, day) of free weekdays, then of worked weekends, by year and festival.
DAYS = {
    2025: {
        "new_year": ([(1, 1)], []),
        "spring": ([(1, 28), (1, 29), (1, 30), (1, 31), (2, 3), (2, 4)], [(1, 26), (2, 8)]),
        "qingming": ([(4, 4)], []),
        "labour": ([(5, 1), (5, 2), (5, 5)], [(4, 27)]),
        "dragon": ([(6, 2)], []),
        "national": ([(10, 1), (10, 2), (10, 3), (10, 6), (10, 7), (10, 8)], [(9, 28), (10, 11)]),
    },
    2026: {
        "new_year": ([(1, 1), (1, 2)], [(1, 4)]),
        "spring": ([(2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (2, 23)], [(2, 14), (2, 28)]),
        "qingming": ([(4, 6)], []),
        "labour": ([(5, 1), (5, 4), (5, 5)], [(5, 9)]),
        "dragon": ([(6, 19)], []),
        "autumn": ([(9, 25)], []),
        "national": ([(10, 1), (10, 2), (10, 5), (10, 6), (10, 7)], [(9, 20), (10, 10)]),
    },
    2027: {
        "new_year": ([(1, 1)], []),
        "spring": ([(2, 5), (2, 8)], []),
        "qingming": ([(4, 5)], []),
        "dragon": ([(6, 9)], []),
        "autumn": ([(9, 15)], []),
        "national": ([(10, 1)], []),
    },
}

calendar_year = sa.table(
    "calendar_year",
    sa.column("year", sa.Integer),
    sa.column("status", sa.Text),
    sa.column("source", sa.Text),
    sa.column("version", sa.Integer),
    sa.column("changed_at", sa.DateTime(timezone=True)),
)
calendar_day = sa.table(
    "calendar_day",
    sa.column("day", sa.Date),
    sa.column("year", sa.Integer),
    sa.column("is_working", sa.Boolean),
    sa.column("name_zh", sa.Text),
    sa.column("name_en", sa.Text),
)


def upgrade() -> None:
    stored_at = datetime(2026, 11, 1, tzinfo=UTC)
    op.bulk_insert(
        calendar_year,
        [
            {"year": year, "status": status, "source": source, "version": 1, "changed_at": stored_at}
            for year, (status, source) in YEARS.items()
        ],
    )
    op.bulk_insert(
        calendar_day,
        [
            {
                "day": date(year, month, day),
                "year": year,
                "is_working": is_working,
                "name_zh": NAMES[festival][0],
                "name_en": NAMES[festival][1],
            }
            for year, festivals in DAYS.items()
            for festival, (free, worked) in festivals.items()
            for is_working, days in ((False, free), (True, worked))
            for month, day in days
        ],
    )


def downgrade() -> None:
    op.execute(calendar_day.delete().where(calendar_day.c.year.in_(list(YEARS))))
    op.execute(calendar_year.delete().where(calendar_year.c.year.in_(list(YEARS))))
