"""Which papers are asked of whom."""

from talentsvc.policy.rules.evidence import items_needed, missing_items
from talentsvc.policy.rules.facts import ApplicantFacts
from talentsvc.policy.terms import EvidenceNeed, EvidenceSource, Tier
from tests.policy.applicants import RULES, engineer

BACHELOR = RULES.category(Tier.C, "full_time_bachelor")
SKILLED = RULES.category(Tier.C, "title_or_scarce_trade")
SPECIAL = RULES.category(Tier.C, "special_skill")
EVERYBODY = {"id_document_front", "id_document_back", "portrait", "contract", "insurance_proof"}


def codes(items) -> set[str]:
    return {item.code for item in items}


def needs(category, facts: ApplicantFacts) -> dict[str, EvidenceNeed]:
    return {item.code: item.need for item in items_needed(category, facts)}


def test_a_graduate_of_a_mainland_university_brings_the_online_verification():
    missing = missing_items(BACHELOR, engineer(), frozenset())
    assert codes(missing) == EVERYBODY | {"diploma", "chsi_record"}
    assert needs(BACHELOR, engineer())["chsi_record"] is EvidenceNeed.REQUIRED
    assert needs(BACHELOR, engineer())["foreign_degree_certificate"] is EvidenceNeed.OPTIONAL


def test_degrees_from_abroad_and_from_hong_kong_need_certifying():
    for country in ("DE", "HK"):
        missing = missing_items(BACHELOR, engineer(graduation_country=country), frozenset())
        assert "foreign_degree_certificate" in codes(missing)
        assert "chsi_record" not in codes(missing)


def test_while_the_country_is_unknown_either_paper_will_do():
    facts = engineer(graduation_country=None)
    assert needs(BACHELOR, facts)["chsi_record"] is EvidenceNeed.ONE_OF
    both = {"chsi_record", "foreign_degree_certificate"}
    assert both <= codes(missing_items(BACHELOR, facts, frozenset()))
    for code in both:
        assert not both & codes(missing_items(BACHELOR, facts, frozenset({code})))


def test_one_of_a_group_is_enough():
    missing = missing_items(SKILLED, engineer(), EVERYBODY)
    assert codes(missing) == {"title_certificate", "skill_certificate"}
    assert missing_items(SKILLED, engineer(), EVERYBODY | {"skill_certificate"}) == ()


def test_a_passport_has_one_side():
    facts = engineer(is_document_two_sided=False)
    assert "id_document_back" not in codes(missing_items(BACHELOR, facts, frozenset()))
    unknown = engineer(is_document_two_sided=None)
    assert "id_document_back" in codes(missing_items(BACHELOR, unknown, frozenset()))


def test_a_special_circumstance_asks_for_papers_only_when_it_is_claimed():
    for claimed in (None, False):
        facts = engineer(is_founder=claimed, is_dispatched=claimed)
        missing = codes(missing_items(BACHELOR, facts, frozenset()))
        assert "contract" in missing
        assert not {"founder_proof", "dispatch_agreement"} & missing
    founder = codes(missing_items(BACHELOR, engineer(is_founder=True), frozenset()))
    assert "founder_proof" in founder
    assert "contract" not in founder
    dispatched = codes(missing_items(BACHELOR, engineer(is_dispatched=True), frozenset()))
    assert {"contract", "dispatch_agreement"} <= dispatched


def test_what_is_on_the_employers_record_is_never_asked_for():
    for rules in RULES.tiers:
        for category in rules.categories:
            asked = items_needed(category, ApplicantFacts())
            assert all(item.source is EvidenceSource.APPLICANT for item in asked)
            # On the list of papers all the same, for the officer's checklist.
            assert "employer_licence" in codes(category.evidence)


def test_every_category_asks_for_identity_and_a_portrait():
    for rules in RULES.tiers:
        for category in rules.categories:
            asked = {item.code: item for item in items_needed(category, engineer())}
            assert asked["id_document_front"].is_sensitive
            assert asked["id_document_back"].is_sensitive
            assert "portrait" in asked
            assert not asked["portrait"].is_sensitive


def test_special_skills_are_shown_by_material():
    assert codes(missing_items(SPECIAL, engineer(), EVERYBODY)) == {"special_skill_material"}
