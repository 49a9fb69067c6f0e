"""Forbidden wording: what is found, what is left alone, and that no disguise hides it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talentsvc.events.rules.wording import WordingRule, flags_in
from talentsvc.events.rules.wording_patterns import TO_SIMPLIFIED

_W = WordingRule
FOUND = {
    _W.SCHOOL_LIST: (
        "限985、211高校毕业生",
        "限985 211",
        "985/211优先",
        "限211、985",
        "９８５／２１１院校優先",
        "9 8 5 高校",
        "9.8.5、2.1.1高校",
        "98\u200b5院校",
        "须为985院校",
        "毕业于211大学",
        "第一学历985",
        "九八五院校",
        "雙一流高校",
        "双一流高校硕士",
        "只招双一流",
        "C9高校毕业",
    ),
    _W.SEX: (
        "限男",
        "限 男 性",
        "限女性",
        "仅招男生",
        "不招女生",
        "男士优先",
        "男，25-35岁",
        "男，本科",
        "男3名",
        "性别：女",
        "性别要求：男",
        "性别不限男士优先",
        "女工程师优先",
        "適合女生",
        "女性勿扰",
        "要求男性",
        "须为男性",
        "招聘女生",
        "male candidates preferred",
        "Males only, please",
        "must be male",
    ),
    _W.MARRIAGE: (
        "已婚已育",
        "已婚优先",
        "單身優先",
        "未婚未育优先",
        "無生育計劃",
        "三年内不生育",
        "近两年不结婚",
        "婚否",
        "孕妇勿投",
        "入职后不得怀孕",
    ),
    _W.HOUSEHOLD: (
        "限本市户籍",
        "本地户口",
        "本市户口优先",
        "限石家庄户籍",
        "具有北京市户籍",
        "须有北京户口",
        "外地人勿扰",
        "非农户口",
        "只招本地人",
        "外地人不招",
    ),
    _W.HEALTH: (
        "无乙肝",
        "乙肝携带者除外",
        "大三阳除外",
        "HIV阴性",
        "hiv negative",
        "无残疾",
        "残疾人勿投",
        "体检无传染病",
        "不得患有传染病",
        "五官端正",
    ),
    _W.FAITH: (
        "汉族优先",
        "限汉族",
        "少数民族除外",
        "无宗教信仰",
        "信教者除外",
        "限少数民族",
        "民族：汉",
    ),
    _W.AGE: (
        "年龄不超过30岁",
        "年龄不超过30",
        "35周岁以下",
        "25-35岁",
        "22-35周岁",
        "限95后",
        "95后优先",
        "年满14周岁",
        "满15岁即可",
        "aged 25-30",
    ),
}
ALONE = (
    "办公地点 211室，电话 85985985",
    "A座211会议室",
    "乘坐211路公交",
    "工号985",
    "985元",
    "985号仓库",
    "第985名客户",
    "版本2.985",
    "价格 211.5",
    "月薪 9850 元",
    "不限985/211",
    "不要求双一流",
    "双一流企业",
    "男装设计师",
    "女装买手",
    "女装、男装、童装",
    "女士包袋",
    "男科医生",
    "熟悉男性健康产品",
    "男女皆可",
    "男女不限",
    "性别不限",
    "性别不限，男女均可",
    "性别：男女不限",
    "男单女单比赛",
    "极限男子运动",
    "有限男装品牌",
    "无限男女",
    "限女装类目运营",
    "要求女装行业经验",
    "子女教育补贴",
    "单身公寓",
    "单身宿舍",
    "婚庆策划",
    "婚纱摄影师",
    "结婚礼金",
    "婚育假、产假",
    "婚育状况不限",
    "生育津贴",
    "户外拓展",
    "户型设计",
    "户籍管理系统开发",
    "户籍不限",
    "协助解决户口",
    "协助办理落户",
    "乙肝疫苗研发",
    "HIV诊断试剂研究",
    "乙肝表面抗原检测试剂开发",
    "乙型肝炎病毒载量检测试剂研发",
    "艾滋病疫苗研究员",
    "传染病防治研究",
    "遗传病诊断研究",
    "残疾人就业服务",
    "残障辅具设计",
    "身体健康",
    "民族品牌",
    "民族不限",
    "民族团结",
    "少数民族优先",
    "藏药研发",
    "回族美食",
    "限民族药研发",
    "宗教建筑保护",
    "年龄不限",
    "3-5年工作经验",
    "面向18-35岁用户群体",
    "10-15岁青少年课程",
    "0-3岁婴幼儿",
    "16岁以上",
    "35岁以下青年科学基金",
    "email only",
    "women in tech",
    "female founders programme",
    "management only",
)


def rules_in(text, field="requirements"):
    return {flag.rule for flag in flags_in({field: text})}


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, one) for rule, texts in FOUND.items() for one in texts]
)
def test_what_limits_is_found_and_named(rule, text):
    assert rule in rules_in(text)
    assert rule in rules_in(f"本科及以上学历，{text}。")


@pytest.mark.parametrize("text", ALONE)
def test_ordinary_words_are_left_alone(text):
    assert flags_in({"title": text, "requirements": f"熟悉业务，{text}。", "welfare": text}) == []


@pytest.mark.parametrize(
    "text", ["35岁以下员工可住人才公寓", "已婚员工探亲假，未婚者优先安排宿舍", "可解决本市户口"]
)
def test_what_a_company_offers_may_speak_of_age_marriage_and_register(text):
    assert flags_in({"welfare": text}) == []


def _disguises(text):
    full_width = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    traditional = {simple: old for old, simple in TO_SIMPLIFIED.items()}
    yield full_width
    yield "\u3000".join(text)
    yield "\u200b".join(text)
    yield "".join(traditional.get(c, c) for c in text)


SURE = [(rule, text) for rule, texts in FOUND.items() for text in texts if " " not in text]


@given(st.sampled_from(SURE), st.integers(0, 3), st.text("，。；测研发a1 ", max_size=6))
def test_no_disguise_hides_it(case, which, before):
    rule, text = case
    disguised = list(_disguises(text))[which]
    assert rule in rules_in(f"{before}。{disguised}")


@given(st.sampled_from(SURE), st.integers(0, 3))
def test_the_words_are_given_as_they_were_typed(case, which):
    text = f"要求如下：{list(_disguises(case[1]))[which]}，能出差"
    for flag in flags_in({"duties": text}):
        assert flag.words
        assert flag.words in text


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    flags = flags_in({"title": text, "requirements": text})
    assert [flag.words for flag in flags if flag.field == "title"] == [
        flag.words for flag in flags if flag.field == "requirements"
    ]


@given(st.text("研发制剂工艺质量办公室测试电池材料销售数据，。；、 0123456789", max_size=60))
def test_text_without_any_word_of_the_rules_has_no_flag(text):
    assert flags_in({"duties": text.replace("985", "").replace("211", "")}) == []
