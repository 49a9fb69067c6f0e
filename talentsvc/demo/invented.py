"""Invented names, numbers and companies; every number is valid by its standard, and nobody's.

The area codes of the numbers are real districts, the order numbers are drawn; the check characters
are right. All randomness comes from one seed, so that every demonstration is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from talentsvc.core.credit_codes import credit_code_for
from talentsvc.core.identity_numbers import resident_number
from talentsvc.employers.terms import Industry, Park

SEED = 20261123
AREAS = (
    "130104",
    "130105",
    "130108",
    "130109",
    "110108",
    "120103",
    "610113",
    "130602",
    "410105",
    "370102",
)
SURNAMES = [
    "王",
    "李",
    "张",
    "刘",
    "陈",
    "杨",
    "赵",
    "黄",
    "周",
    "吴",
    "徐",
    "孙",
    "胡",
    "朱",
    "高",
    "林",
    "何",
    "郭",
    "马",
    "罗",
    "梁",
    "宋",
    "郑",
    "谢",
    "韩",
    "唐",
    "冯",
    "于",
    "董",
    "萧",
    "程",
    "曹",
    "袁",
    "邓",
    "许",
    "傅",
    "沈",
    "曾",
    "彭",
    "吕",
    "苏",
    "卢",
    "蒋",
    "蔡",
    "贾",
    "丁",
    "魏",
    "薛",
    "叶",
    "阎",
    "余",
    "潘",
    "杜",
    "戴",
    "夏",
    "钟",
    "汪",
    "田",
    "任",
    "姜",
    "范",
    "方",
    "石",
    "姚",
    "谭",
    "廖",
    "邹",
    "熊",
    "金",
    "陆",
    "郝",
    "孔",
    "白",
    "崔",
    "康",
    "毛",
    "邱",
    "秦",
    "江",
    "史",
    "顾",
    "侯",
    "邵",
    "孟",
    "龙",
    "万",
    "段",
    "雷",
    "钱",
    "汤",
    "尹",
    "黎",
    "易",
    "常",
    "武",
    "乔",
    "贺",
    "赖",
    "龚",
    "文",
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "单",
    "仇",
    "解",
    "查",
    "区",
    "盖",
]
GIVEN = [
    "晓",
    "明",
    "文",
    "雨",
    "思",
    "子",
    "若",
    "佳",
    "志",
    "建",
    "海",
    "云",
    "书",
    "雅",
    "梦",
    "婷",
    "俊",
    "浩",
    "宇",
    "欣",
    "怡",
    "泽",
    "瑞",
    "嘉",
    "凯",
    "博",
    "涵",
    "语",
    "诗",
    "铭",
    "轩",
    "睿",
    "辰",
    "哲",
    "霖",
    "琪",
    "悦",
    "宁",
    "洋",
    "涛",
    "静",
    "敏",
    "丽",
    "强",
    "磊",
    "军",
    "艳",
    "勇",
    "杰",
    "娟",
    "秀",
    "霞",
    "平",
    "刚",
    "桂",
    "英",
    "华",
    "玉",
    "兰",
    "飞",
    "鹏",
    "莹",
    "倩",
    "璐",
    "薇",
    "楠",
    "帆",
    "岚",
    "溪",
    "川",
    "禾",
    "穗",
    "舟",
    "峥",
    "曦",
    "昕",
    "澄",
    "翊",
    "珩",
    "璟",
]
PLACES = ("示例", "虚构", "样例", "演示")
TRADES: dict[Industry, tuple[str, ...]] = {
    Industry.BIOMEDICINE: ("生物医药", "生物制品", "医疗器械", "药业", "基因科技", "中药现代化"),
    Industry.ELECTRONICS: ("光电子", "集成电路", "通信技术", "半导体", "智能传感", "卫星导航"),
    Industry.NEW_MATERIALS: ("新材料", "精细化工", "高分子", "化工新材料", "碳纤维", "催化材料"),
    Industry.OTHER: ("软件", "装备制造", "检验检测", "现代物流", "人力资源服务", "知识产权服务"),
}
FORMS = ("有限公司", "股份有限公司", "科技有限公司")
PARK_OF = {
    Industry.BIOMEDICINE: Park.BIOMEDICINE_PARK,
    Industry.ELECTRONICS: Park.ELECTRONICS_PARK,
    Industry.NEW_MATERIALS: Park.CHEMICAL_PARK,
    Industry.OTHER: Park.OUTSIDE_PARKS,
}
#: Projects of 2023 by lead cluster (facts.md 0): 58, 38 and 51; the rest stands for everybody else.
INDUSTRY_WEIGHTS = {
    Industry.BIOMEDICINE: 58,
    Industry.ELECTRONICS: 38,
    Industry.NEW_MATERIALS: 51,
    Industry.OTHER: 40,
}
JOBS = (
    "研发工程师",
    "工艺工程师",
    "质量工程师",
    "算法工程师",
    "注册专员",
    "设备工程师",
    "项目经理",
    "检测工程师",
    "临床监查员",
)
SCHOOLS = (
    "示例理工大学",
    "虚构师范大学",
    "样例医科大学",
    "演示科技大学",
    "示例化工大学",
    "虚构交通大学",
)


@dataclass(frozen=True)
class InventedPerson:
    """Somebody who does not exist."""

    name: str
    name_latin: str
    number: str
    birth_on: date
    phone: str


@dataclass(frozen=True)
class InventedEmployer:
    """A company that does not exist."""

    name: str
    credit_code: str
    industry: Industry
    park: Park


def people(random: Random) -> Iterator[InventedPerson]:
    """Endless people of working age with valid resident numbers, no number twice."""
    seen: set[str] = set()
    while True:
        birth_on = date(1984, 1, 1) + timedelta(days=random.randrange(365 * 20))
        number = resident_number(random.choice(AREAS), birth_on, random.randrange(1, 1000))
        if number in seen:
            continue
        seen.add(number)
        given = "".join(random.sample(GIVEN, random.choice((1, 2, 2, 2))))
        name = random.choice(SURNAMES) + given
        phone = f"+86{random.choice(('138', '139', '150', '158', '186', '188'))}{random.randrange(10**8):08d}"
        yield InventedPerson(name, "", number, birth_on, phone)


def employers(random: Random) -> Iterator[InventedEmployer]:
    """Endless companies at the zone's proportions, no name or code twice."""
    industries, weights = list(INDUSTRY_WEIGHTS), list(INDUSTRY_WEIGHTS.values())
    names: set[str] = set()
    for number in range(1, 10**7):
        industry = random.choices(industries, weights)[0]
        trade = random.choice(TRADES[industry])
        given = "".join(random.sample(GIVEN, 2))
        name = f"河北{random.choice(PLACES)}{given}{trade}{random.choice(FORMS)}"
        if name in names:
            continue
        names.add(name)
        yield InventedEmployer(
            name, credit_code_for(f"91130101MA{number:06d}"), industry, PARK_OF[industry]
        )
