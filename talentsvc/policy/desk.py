"""Desk pages of the rule sets: what judges applications, number by number, with where it comes from."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template

from talentsvc.access.route import requires
from talentsvc.policy import labels
from talentsvc.policy.queries import rule_sets as stored_rule_sets
from talentsvc.policy.queries import rules_of, stored_rule_set

blueprint = Blueprint("policy_desk", __name__, url_prefix="/desk/policy")


@blueprint.get("/")
@requires("policy.read")
def rule_sets() -> str:
    """Every version, the one in force first."""
    return render_template("policy/desk/rule_sets.html", stored=stored_rule_sets(), labels=labels)


@blueprint.get("/<uuid:rule_set_id>")
@requires("policy.read")
def rule_set(rule_set_id: UUID) -> str:
    """One version: parameters, categories with their criteria, and evidence."""
    stored = stored_rule_set(rule_set_id)
    if stored is None:
        abort(404)
    return render_template(
        "policy/desk/rule_set.html", stored=stored, rules=rules_of(rule_set_id), labels=labels
    )
