"""The floor: the least a page with one form and one insert costs with the same libraries.

Nothing is left out that every such page has (the token against forged posts, a template that is
compiled once), and nothing is done that it need not do.
"""

from __future__ import annotations

import os

from flask import Flask, redirect, render_template
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import FlaskForm
from jinja2 import DictLoader
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from wtforms import StringField
from wtforms.validators import InputRequired

PAGES = {
    "form.html": "<form method=post>{{ form.csrf_token }}{{ form.name.label }} {{ form.name }}<button>ok</button></form>",
    "receipt.html": "<p>{{ row.name }}</p>",
}


class Base(DeclarativeBase):
    """Nothing but SQLAlchemy's own."""


class NameForm(FlaskForm):
    """One field."""

    name = StringField("name", validators=[InputRequired()])


def floor_app(url: str) -> Flask:
    """A page with one form that inserts one row, and a receipt."""
    app = Flask("floor")
    app.config.update(SECRET_KEY="floor", SQLALCHEMY_DATABASE_URI=url)
    app.jinja_loader = DictLoader(PAGES)
    db = SQLAlchemy(model_class=Base)
    db.init_app(app)

    class Row(db.Model):  # type: ignore[name-defined, misc]
        __tablename__ = "floor_row"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    @app.route("/", methods=["GET", "POST"])
    def form():
        answers = NameForm()
        if answers.validate_on_submit():
            row = Row(name=answers.name.data)
            db.session.add(row)
            db.session.commit()
            return redirect(f"/receipt/{row.id}")
        return render_template("form.html", form=answers)

    @app.get("/receipt/<int:number>")
    def receipt(number: int):
        return render_template("receipt.html", row=db.get_or_404(Row, number))

    @app.get("/healthz")
    def healthz():
        return "ok"

    with app.app_context():
        db.create_all()
    return app


def served() -> Flask:
    """The floor for gunicorn."""
    return floor_app(os.environ["FLOOR_DATABASE_URL"])
