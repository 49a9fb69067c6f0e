"""Cities in which events are held: codes with their names. A new one is a line here (design)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class City:
    """A city's names."""

    zh: str
    en: str


#: The zone's own first, then those the trips go to (facts.md 0), then others.
CITIES: Mapping[str, City] = {
    "shijiazhuang": City("石家庄", "Shijiazhuang"),
    "beijing": City("北京", "Beijing"),
    "tianjin": City("天津", "Tianjin"),
    "xian": City("西安", "Xi'an"),
    "baoding": City("保定", "Baoding"),
    "zhengzhou": City("郑州", "Zhengzhou"),
    "jinan": City("济南", "Jinan"),
    "taiyuan": City("太原", "Taiyuan"),
    "nanjing": City("南京", "Nanjing"),
    "shanghai": City("上海", "Shanghai"),
    "wuhan": City("武汉", "Wuhan"),
    "chengdu": City("成都", "Chengdu"),
    "harbin": City("哈尔滨", "Harbin"),
    "shenyang": City("沈阳", "Shenyang"),
    "online": City("线上", "Online"),
}
