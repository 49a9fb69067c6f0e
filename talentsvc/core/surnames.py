"""Surnames whose reading differs from the character's usual one, and surnames of two characters.

Dictionaries put 曾 under ceng and 单 under dan; the people are called Zeng and Shan. The first
reading orders lists, all of them find the person.
"""

from __future__ import annotations

from typing import Final

SURNAME_READINGS: Final[dict[str, tuple[str, ...]]] = {
    "万俟": ("mo qi",),
    "单于": ("chan yu",),
    "尉迟": ("yu chi",),
    "澹台": ("tan tai",),
    "长孙": ("zhang sun",),
    "乐": ("yue", "le"),
    "乜": ("nie",),
    "仇": ("qiu", "chou"),
    "仉": ("zhang",),
    "任": ("ren",),
    "会": ("gui", "hui"),
    "佴": ("nai",),
    "冯": ("feng",),
    "卜": ("bu",),
    "区": ("ou", "qu"),
    "华": ("hua",),
    "单": ("shan", "dan"),
    "句": ("gou", "ju"),
    "召": ("shao", "zhao"),
    "员": ("yun", "yuan"),
    "哈": ("ha",),
    "谌": ("chen", "shen"),
    "隗": ("wei", "kui"),
    "尉": ("wei", "yu"),
    "尹": ("yin",),
    "应": ("ying",),
    "折": ("she", "zhe"),
    "撒": ("sa",),
    "晟": ("cheng", "sheng"),
    "曲": ("qu",),
    "曾": ("zeng", "ceng"),
    "朴": ("piao", "pu"),
    "查": ("zha", "cha"),
    "柏": ("bai", "bo"),
    "洗": ("xian", "xi"),
    "炅": ("gui", "jiong"),
    "牟": ("mu", "mou"),
    "盖": ("ge", "gai"),
    "盛": ("sheng", "cheng"),
    "眭": ("sui",),
    "石": ("shi",),
    "祭": ("zhai", "ji"),
    "秘": ("bi", "mi"),
    "种": ("chong", "zhong"),
    "笮": ("ze", "zuo"),
    "繁": ("po", "fan"),
    "纪": ("ji",),
    "缪": ("miao", "mou", "miu"),
    "翟": ("zhai", "di"),
    "能": ("nai", "neng"),
    "臧": ("zang",),
    "藏": ("zang", "cang"),
    "葛": ("ge",),
    "薄": ("bo", "bao"),
    "蕃": ("pi", "fan"),
    "行": ("xing", "hang"),
    "褚": ("chu", "zhu"),
    "解": ("xie", "jie"),
    "覃": ("qin", "tan"),
    "仝": ("tong",),
    "车": ("che",),
    "过": ("guo",),
    "逄": ("pang",),
    "那": ("na", "nuo"),
    "郇": ("xun", "huan"),
    "郗": ("xi", "chi"),
    "都": ("du", "dou"),
    "重": ("chong", "zhong"),
    "宓": ("mi", "fu"),
    "阚": ("kan",),
    "黑": ("he", "hei"),
    "适": ("kuo", "shi"),
    "不": ("fou", "bu"),
    "燕": ("yan",),
    "相": ("xiang",),
    "宿": ("su", "xiu"),
    "殷": ("yin",),
    "令": ("ling",),
    "钭": ("tou",),
    "干": ("gan",),
    "奇": ("qi", "ji"),
    "幸": ("xing",),
    "母": ("mu",),
    "费": ("fei", "bi"),
    "贾": ("jia",),
    "呙": ("guo",),
    "靳": ("jin",),
    "亓": ("qi",),
    "麴": ("qu",),
}
"""Surname → toneless readings, the usual one first; syllables of one reading apart by a space."""

_COMPOUND = """
万俟 上官 东方 东郭 亓官 令狐 公冶 公孙 公羊 单于 南宫 司徒 司空 司马 呼延 太史 夏侯 太叔 宇文
完颜 宗政 尉迟 左丘 巫马 慕容 拓跋 拓拔 梁丘 欧阳 歐陽 淳于 漆雕 澹台 濮阳 独孤 申屠 申徒 百里 皇甫
第五 纳兰 终黎 羊舌 耶律 西门 诸葛 諸葛 谷梁 赫连 轩辕 达奚 钟离 长孙 闻人 闾丘 段干 仲孙 仲长
端木 鲜于 颛孙 乐正 叶赫 爱新 纥干 即墨 哥舒 贺兰 宰父 微生 东里 东门 子车 公良 公西 夹谷 南门
"""

COMPOUND_SURNAMES: Final[frozenset[str]] = frozenset(_COMPOUND.split())
"""Surnames of two characters; they count only when a given name follows."""
